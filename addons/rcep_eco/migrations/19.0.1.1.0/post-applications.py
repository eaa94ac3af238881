"""What was approved is kept from now on: as it was sent; what has not left, as it would be said today."""

import json
import logging

from odoo import SUPERUSER_ID, api
from odoo.addons.rcep_eco import link

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    """Fill in the applications that older versions did not store."""
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    approved = env["rcep.certificate"].search([("state", "!=", "draft"), ("application", "=", False)])
    for certificate in approved.filtered(lambda each: each.signer_id or each.revision):
        told = (_sent(certificate) or certificate._preview()).to_json()
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        cr.execute("UPDATE rcep_certificate SET application = %s WHERE id = %s", (text, certificate.id))


def _sent(certificate):
    """The application that the platform holds, read from the very bytes; None where none was written."""
    messages = certificate.message_line_ids.filtered(
        lambda each: each.kind == "application" and each.revision == certificate.revision
    )
    for message in messages.sorted("id")[-1:]:
        profile = link.profiles.registry().get(message.profile)
        if not hasattr(profile, "read_application_body"):
            return None
        try:
            return profile.read_application_body(message.body.encode())
        except link.errors.Unreadable as error:  # words of another time: what the records say is the best there is
            _logger.warning("What was sent of %s cannot be read any more: %s", certificate.name, error)
    return None
