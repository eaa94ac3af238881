"""Publishes the page of one certificate: ``python publish_page.py CONFIGURATION DATABASE`` prints its token as JSON.

The database is a throw-away copy of the demo.
"""

import datetime
import json
import sys

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.modules.registry import Registry
from odoo.tools import config

GOOD, QUANTITY, PRICE, DAYS = "YJ-H110", 8000, 0.74, 200


def publish(env):
    """A certificate from an invoice of the demo firm, issued; its page's token."""
    from odoo.addons.rcep_eco.tests.common import place  # noqa: PLC0415 - found once the configuration is read

    env = env(context={"allowed_company_ids": env.ref("rcep_eco_demo.company").ids, "lang": "en_US"})
    product = env["product.product"].search([("default_code", "=", GOOD)])
    line = {"product_id": product.id, "quantity": QUANTITY, "price_unit": PRICE, "tax_ids": [Command.clear()]}
    today = fields.Date.today()
    invoice = env["account.move"].create({
        "move_type": "out_invoice", "partner_id": env.ref("rcep_eco_demo.customer_vn").id, "invoice_date": today,
        "currency_id": env.ref("base.USD").id, "invoice_incoterm_id": env.ref("account.incoterm_FOB").id,
        "invoice_line_ids": [Command.create(line)],
    })
    invoice.action_post()
    certificate = env["rcep.certificate"].browse(invoice.action_create_rcep_certificate()["res_id"])
    certificate.action_check()
    certificate._give_pages()
    place(certificate, state="issued", certificate_no="26C3302B0007/90001", issued_at=fields.Datetime.now(),
          valid_until=today + datetime.timedelta(days=DAYS), issuer_check_url="https://check.example/c/90001")
    return {"token": certificate.verification_ids.token}


def main():
    configuration, database = sys.argv[1:]
    config.parse_config(["-c", configuration, "--log-level=error"])
    with Registry(database).cursor() as cr:
        print(json.dumps(publish(api.Environment(cr, SUPERUSER_ID, {}))))


if __name__ == "__main__":
    main()
