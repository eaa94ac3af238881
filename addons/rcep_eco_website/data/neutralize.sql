-- The codes of the original are not printed again by a copy.
UPDATE rcep_verification
   SET proof = NULL,
       proof_basis = NULL,
       key_id = NULL;
