from . import platform_events, verification
