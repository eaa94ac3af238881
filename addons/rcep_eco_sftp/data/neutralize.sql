-- A copy of a production database must not reach the client's folders.
UPDATE rcep_platform SET storage_id = NULL;
