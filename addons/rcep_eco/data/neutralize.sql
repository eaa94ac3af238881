-- A copy of a production database must not speak to the platform, nor be able to sign: not with earlier keys either.
DELETE FROM ir_attachment
 WHERE res_model = 'certificate.key'
   AND res_id IN (
       SELECT key.id
         FROM certificate_key AS key
         JOIN rcep_platform AS platform ON platform.company_id = key.company_id
         JOIN res_company AS company ON company.id = key.company_id
        WHERE key.id = platform.private_key_id
           OR key.name LIKE company.rcep_uscc || '-%'
           OR key.name LIKE 'company-' || company.id || '-%'
   );
UPDATE rcep_platform
   SET environment = 'sandbox',
       base_url = 'https://neutralized.invalid',
       client_secret = NULL,
       announced_keys = NULL,
       private_key_id = NULL;
