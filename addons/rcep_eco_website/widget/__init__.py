"""Our check on somebody else's page: one script for a tag of its own, and what it says in nine languages."""

from . import origins, script, site_file

__all__ = ["origins", "script", "site_file"]
