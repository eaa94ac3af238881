"""Makes what a simulated MES reports of: ``python make_orders.py CONFIGURATION DATABASE REQUEST``.

The request is a JSON object: ``made``, ``made_each``, ``products`` ({reference: [unit's XML id, tracking, [lot, …]]}),
``stock`` of each lot of a material, ``orders`` and ``items``: so many orders of what is made, and so many lots over
many materials for one large report. The answer, one JSON line, names the orders, where materials lie, and the large
report's materials. The database is a throw-away copy of the demo.
"""

import json
import sys

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.tools import config

LOTS_EACH = 100  # lots of one material of the large report


def make(env, request):
    """The answer."""
    company = env.ref("rcep_eco_demo.company")
    env = env(context={"allowed_company_ids": company.ids, "tracking_disable": True, "mail_notrack": True})
    products = {code: _product(env, company, code, values) for code, values in request["products"].items()}
    made = products[request["made"]]
    materials = [product for code, product in products.items() if code != request["made"]]
    bom = env["mrp.bom"].create({
        "product_tmpl_id": made.product_tmpl_id.id, "company_id": company.id, "bom_line_ids": [
            Command.create({"product_id": each.id, "product_qty": 1, "product_uom_id": each.uom_id.id})
            for each in materials if each.tracking == "lot"]})
    values = {"product_id": made.id, "bom_id": bom.id, "product_qty": request["made_each"], "company_id": company.id}
    orders = env["mrp.production"].create([dict(values) for _order in range(request["orders"] + 1)])
    orders.action_confirm()
    shelf = orders.location_src_id
    for lot in env["stock.lot"].search([("product_id", "in", [each.id for each in materials])]):
        env["stock.quant"]._update_available_quantity(lot.product_id, shelf, request["stock"], lot_id=lot)
    large = []
    for number in range(-(-request["items"] // LOTS_EACH)):
        code = f"LARGE-{number}"
        lots = [f"{code}/{at}" for at in range(min(LOTS_EACH, request["items"] - number * LOTS_EACH))]
        _product(env, company, code, ("uom.product_uom_unit", "lot", lots))
        large += [[code, lot] for lot in lots]
    names = orders.mapped("name")
    return {"orders": names[:-1], "large_order": names[-1], "large": large, "company": company.id, "shelf": shelf.id,
            "products": {code: product.id for code, product in products.items()}}


def _product(env, company, code, values):
    unit, tracking, lots = values
    product = env["product.product"].create({
        "name": code, "default_code": code, "type": "consu", "is_storable": True, "tracking": tracking,
        "uom_id": env.ref(unit).id, "company_id": company.id})
    env["stock.lot"].create([{"name": lot, "product_id": product.id, "company_id": company.id} for lot in lots])
    return product


def main():
    configuration, database, request = sys.argv[1:]
    config.parse_config(["-c", configuration, "--log-level=error"])
    with Registry(database).cursor() as cr:
        print(json.dumps(make(api.Environment(cr, SUPERUSER_ID, {}), json.loads(request))))


if __name__ == "__main__":
    main()
