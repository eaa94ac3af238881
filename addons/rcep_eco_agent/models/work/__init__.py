from . import account_move, rcep_borders, rcep_certificate, rcep_declaration_request
