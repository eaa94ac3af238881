from . import rcep_authorisation, rcep_authorised_act, rcep_borders, rcep_integration_key
