-- Links of shares: what signs them is another now, and what was written of them leads nowhere.
UPDATE rcep_share
   SET nonce = md5(random()::text || clock_timestamp()::text || id::text);
UPDATE mail_message
   SET body = regexp_replace(body, '/rcep/share/[A-Za-z0-9_=-]+', '/rcep/share/neutralized', 'g')
 WHERE body ~ '/rcep/share/';
UPDATE mail_mail
   SET body_html = regexp_replace(body_html, '/rcep/share/[A-Za-z0-9_=-]+', '/rcep/share/neutralized', 'g')
 WHERE body_html ~ '/rcep/share/';
