"""Connections know where they are at home, events for which place they were signed, keys leave the file store."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Fill in what older versions did not write down."""
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["rcep.platform"].search([("client_id", "!=", False)])._bind()
    for platform in env["rcep.platform"].search([]):
        # What waits or was applied was of the place of its certificate; of the others the connection's is as good.
        events = env["rcep.platform.event"].search([("platform_id", "=", platform.id), ("environment", "=", False)])
        for environment, known in events.grouped(lambda event: event.certificate_id.environment).items():
            known.environment = environment or platform.environment
    env["ir.attachment"]._rcep_take_keys_in()
