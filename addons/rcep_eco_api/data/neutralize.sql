-- Nobody calls a copy of a production database by a key of the original.
UPDATE rcep_integration_key
   SET digest = NULL,
       state = 'revoked',
       revoked_on = now() AT TIME ZONE 'UTC'
 WHERE state = 'in_force';
