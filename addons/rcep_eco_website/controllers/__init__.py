from . import platform_events, platform_reads, verification
