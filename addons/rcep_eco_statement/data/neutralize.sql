-- A copy signs nothing in the firm's name, and asks nobody.
DELETE FROM ir_attachment
 WHERE res_model = 'certificate.key'
   AND res_id IN (SELECT private_key_id FROM rcep_signing_key);
UPDATE rcep_signing_key
   SET private_key_id = NULL,
       state = 'retired',
       ended_on = now() AT TIME ZONE 'UTC'
 WHERE state = 'in_use';
UPDATE rcep_supplier_declaration
   SET statement_issuer = 'https://neutralized.invalid'
 WHERE statement_issuer IS NOT NULL;
