from . import rcep_declaration_proposal
from . import rcep_table_import
