-- A copy of a production database must not speak to the platform, nor be able to sign.
UPDATE rcep_platform
   SET environment = 'sandbox',
       base_url = 'https://neutralized.invalid',
       client_secret = NULL,
       private_key_id = NULL;
