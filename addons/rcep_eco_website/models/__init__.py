from . import rcep_certificate, rcep_platform, rcep_verification, res_company
