from . import openapi, platform_elsewhere, platform_events, platform_reads, verification
