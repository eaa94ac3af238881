from . import (
    origin_data,
    rcep_borders,
    rcep_certificate,
    rcep_data_read,
    rcep_platform,
    rcep_verification,
    res_company,
    verification_proof,
)
