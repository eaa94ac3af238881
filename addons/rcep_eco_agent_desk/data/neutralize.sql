-- A copy asks no principal's system.
UPDATE rcep_principal SET client_secret = NULL, etag = NULL;
