"""Measures how soon certificates are found that rest on one price, inside an Odoo process.

``python measure_drift.py CONFIGURATION DATABASE CERTIFICATES`` makes so many issued certificates of forty goods, of
which four hold one material in a part of theirs, changes its price, and prints the figures as one JSON line. The
database is a throw-away copy.
"""

import datetime
import json
import sys
import time

from odoo import SUPERUSER_ID, api, fields
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tools import config

GOODS, CONCERNED, MATERIALS, DAYS = 40, 4, 8, 250


def make(env, count):
    """The firm, its goods and its certificates; the price that is to change."""
    from odoo.addons.rcep_eco.tests.common import place  # noqa: PLC0415 - found once the configuration is read

    company = env["res.company"].search([("rcep_uscc", "!=", False)], limit=1)
    env = env(context={"allowed_company_ids": company.ids, "tracking_disable": True, "mail_notrack": True})
    supplier = env["res.partner"].create({"name": "Supplier", "country_id": env.ref("base.cn").id})
    customer = env["res.partner"].create({"name": "Customer", "street": "1", "country_id": env.ref("base.vn").id})

    def good(name, code, price=0.0, bought=0.0, **values):
        seller = {"partner_id": supplier.id, "price": bought, "currency_id": company.currency_id.id}
        return env["product.product"].create(
            {"name": name, "hs_code": code, "type": "consu", "list_price": price, "company_id": company.id,
             "weight": 1.0, "rcep_package_qty": 10, "taxes_id": False, "default_code": name.upper(),
             "seller_ids": [Command.create(seller)] if bought else [], **values}
        )  # fmt: skip

    def bill(product, parts):
        lines = [Command.create({"product_id": part.id, "product_qty": 1}) for part in parts]
        env["mrp.bom"].create({"product_tmpl_id": product.product_tmpl_id.id, "company_id": company.id,
                               "bom_line_ids": lines})  # fmt: skip

    materials = [good(f"material {at}", "850440", bought=4.0) for at in range(MATERIALS)]
    rare, common = (good(name, "850440", bought=4.0) for name in ("rare", "common"))
    goods = []
    for at in range(GOODS):
        part = good(f"part {at}", "850490", sale_ok=False)
        bill(part, [*materials[:4], rare if at < CONCERNED else common])
        sold = good(f"good {at}", "850440", price=100.0)
        bill(sold, [*materials, part])
        goods.append(sold)
    today = fields.Date.today()
    certificates = env["rcep.certificate"]
    for at in range(count):
        line = {
            "product_id": goods[at % GOODS].id,
            "quantity": 10,
            "price_unit": 100.0 + at % 7,
            "tax_ids": [Command.clear()],
        }
        invoice = env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": customer.id, "company_id": company.id,
             "currency_id": company.currency_id.id, "invoice_date": today - datetime.timedelta(days=at % DAYS),
             "invoice_incoterm_id": env.ref("account.incoterm_FOB").id, "invoice_line_ids": [Command.create(line)]}
        )  # fmt: skip
        invoice.action_post()
        certificates |= certificates.browse(invoice.action_create_rcep_certificate()["res_id"])
    certificates.action_check()
    place(certificates, state="issued", valid_until=today + datetime.timedelta(days=100))
    return env, rare.seller_ids, certificates


def measure(env, count):
    env, price, certificates = make(env, count)
    env.cr.commit()
    drift, job = env["rcep.drift"].sudo(), env.ref("rcep_eco.ir_cron_drift")
    job.method_direct_trigger()  # what was marked while they were made is not counted
    env.cr.commit()
    drift.search([]).unlink()
    env.cr.commit()
    price.price = 60.0
    began = time.perf_counter()
    env.cr.commit()
    marked = time.perf_counter() - began
    waiting = drift.search_count([("stale", "=", True)])
    began = time.perf_counter()
    job.method_direct_trigger()
    env.cr.commit()
    looked = time.perf_counter() - began
    began = time.perf_counter()
    for line in certificates.line_ids[:50]:
        line._determined()
    alone = (time.perf_counter() - began) / 50
    return {
        "certificates": count,
        "concerned": waiting,
        "mark_s": marked,
        "look_again_s": looked,
        "at_risk": drift.search_count([("at_risk", "=", True)]),
        "one_by_itself_s": alone,
    }


def main():
    configuration, database, count = sys.argv[1:]
    config.parse_config(["-c", configuration, "--log-level=error"])
    with Registry(database).cursor() as cr:
        print(json.dumps(measure(api.Environment(cr, SUPERUSER_ID, {}), int(count))))


if __name__ == "__main__":
    main()
