from . import rcep_platform
