from . import origin_data, rcep_border, rcep_certificate, rcep_data_read, rcep_platform, rcep_verification, res_company
