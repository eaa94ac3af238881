from . import openapi, platform_events, platform_reads, platform_unknown, verification, verifier
