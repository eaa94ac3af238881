from . import stock, account_move, rcep_certificate
