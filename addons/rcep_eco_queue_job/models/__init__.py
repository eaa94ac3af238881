from . import rcep_origin, rcep_platform_message
