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
       client_id = NULL,
       client_secret = NULL,
       platform_key_name = NULL,
       platform_public_key = NULL,
       announced_keys = NULL,
       key_name = NULL,
       home = NULL,
       folder = NULL,
       filer_person_id = NULL,
       private_key_id = NULL;
-- Sent applications that hold the number of an identity card: it is no use in a copy.
UPDATE rcep_platform_message
   SET body_personal = regexp_replace(body_personal, '<Applicant>[^<]*</Applicant>', '<Applicant></Applicant>')
 WHERE body_personal IS NOT NULL;
DELETE FROM rcep_platform_setup;
-- Suppliers' and consignees' links: what signs them is another now, and what was written of them leads nowhere.
UPDATE rcep_declaration_request
   SET nonce = md5(random()::text || clock_timestamp()::text || id::text),
       is_revoked = TRUE,
       next_reminder = NULL;
UPDATE rcep_recognition_request
   SET nonce = md5(random()::text || clock_timestamp()::text || id::text),
       is_revoked = TRUE;
UPDATE mail_message
   SET body = regexp_replace(body, '/rcep/(declare|outcome)/[A-Za-z0-9_=-]+', '/rcep/\1/neutralized', 'g')
 WHERE body ~ '/rcep/(declare|outcome)/';
UPDATE mail_mail
   SET body_html = regexp_replace(body_html, '/rcep/(declare|outcome)/[A-Za-z0-9_=-]+', '/rcep/\1/neutralized', 'g')
 WHERE body_html ~ '/rcep/(declare|outcome)/';
-- No consignee is asked from a copy.
UPDATE res_company
   SET rcep_ask_days = -1;
-- A copy signs nothing in the firm's name.
DELETE FROM ir_attachment
 WHERE res_model = 'certificate.key'
   AND res_id IN (SELECT private_key_id FROM rcep_signing_key);
UPDATE rcep_signing_key
   SET private_key_id = NULL,
       state = 'retired',
       ended_on = now() AT TIME ZONE 'UTC'
 WHERE state = 'in_use';
