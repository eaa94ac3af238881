from . import account_move, promised_origin, rcep_certificate, sale_certificates, sale_order
