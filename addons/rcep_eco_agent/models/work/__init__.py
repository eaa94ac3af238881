from . import account_move, rcep_border, rcep_certificate
