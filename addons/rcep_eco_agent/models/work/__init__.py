from . import account_move, rcep_certificate
