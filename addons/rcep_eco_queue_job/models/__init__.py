from . import rcep_platform_message
