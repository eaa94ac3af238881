from . import platform_events
from . import verification
