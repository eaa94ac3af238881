from . import rcep_declaration_proposal, rcep_table_import
