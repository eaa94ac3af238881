-- A copy asks no producer.
UPDATE rcep_supplier_declaration
   SET statement_issuer = 'https://neutralized.invalid'
 WHERE statement_issuer IS NOT NULL;
