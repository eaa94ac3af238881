# ruff: noqa: I001  a model stands before what extends it
"""The connection to an issuing body's platform: outbox, inbox, product filings, health, conformance."""

from . import rcep_platform
from . import rcep_platform_connection
from . import rcep_platform_keys
from . import rcep_signing_key
from . import rcep_conformance_run
from . import rcep_filing
from . import rcep_platform_message
from . import rcep_platform_sender
from . import rcep_platform_event
from . import rcep_platform_event_retry
from . import rcep_platform_feed
from . import rcep_platform_clock
from . import rcep_platform_copy
from . import rcep_platform_health
from . import rcep_platform_files
from . import rcep_platform_attachments
from . import rcep_platform_documents
from . import rcep_platform_replies
