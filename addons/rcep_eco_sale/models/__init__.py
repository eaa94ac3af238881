from . import account_move, rcep_certificate, sale_certificates, sale_order
