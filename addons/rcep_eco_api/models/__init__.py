from . import rcep_borders, rcep_change, rcep_integration_call, rcep_integration_key, rcep_integration_secret
