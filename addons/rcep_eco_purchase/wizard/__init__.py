from . import rcep_declaration_proposal
