from . import (
    goods,
    openapi,
    own_sites,
    platform_events,
    platform_reads,
    platform_unknown,
    verification,
    verifier,
    widget,
)
