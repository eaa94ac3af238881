from . import rcep_origin_statement_revoke, rcep_statement_read
