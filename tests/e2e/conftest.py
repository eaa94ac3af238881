"""What takes a server of its own is tried before a release (``./eco test --long``) and not each day."""

import os

collect_ignore = [] if os.environ.get("ECO_LONG") else ["test_smb.py"]
