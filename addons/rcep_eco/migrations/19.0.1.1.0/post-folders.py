"""Messages whose files may lie in a folder know in which: until now it was the connection's."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Fill it in where it was not written down; what was delivered or refused needs none."""
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    waits = [("begun_in", "=", False), ("carried_at", "=", False), ("state", "in", ("sending", "unknown"))]
    for platform, messages in env["rcep.platform.message"].search(waits).grouped("platform_id").items():
        messages.begun_in = platform._root()
