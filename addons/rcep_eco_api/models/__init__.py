from . import rcep_integration_call, rcep_integration_key, rcep_integration_secret
