"""What was approved before is kept as it would be said on the day of the upgrade: from then on nothing changes it."""

import json

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    approved = env["rcep.certificate"].search([("state", "!=", "draft"), ("application", "=", False)])
    for certificate in approved.filtered("signer_id"):
        told = certificate._preview().to_json()
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        cr.execute("UPDATE rcep_certificate SET application = %s WHERE id = %s", (text, certificate.id))
