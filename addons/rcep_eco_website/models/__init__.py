from . import rcep_certificate
from . import rcep_platform
from . import rcep_verification
