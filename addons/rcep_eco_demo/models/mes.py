"""What the MES of the motor line said: a report, the correction that replaced it, and one that matches nothing here."""

import json

from odoo import api, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tools.languages import ENGLISH
from odoo.addons.rcep_eco_mes.reports import canonical
from odoo.fields import Command, Datetime

from .range import MODULE

KEY = "MES of the motor line"
SITE = "NB-2"
LOT = "M30-2647-B"
MADE = 40
OUTSIDE = {"product": "M-3020", "lot": "TW-CB7-2641"}  # boards that were contract-made
FROM_OUTSIDE = 8
UNKNOWN = "MES-2611-0057"


class RcepProductionReport(models.Model):
    _inherit = "rcep.production.report"

    @api.model
    def _rcep_demo_mes(self):
        """Make an order of motors, the key of the MES, and what it handed in."""
        company = self.env.ref(f"{MODULE}.company")
        of_company = self.with_context(allowed_company_ids=company.ids)
        manager = self.env.ref(f"{MODULE}.user_manager")
        keys = of_company.env(user=manager.id, su=False)["rcep.integration.key"]
        keys.create({"name": KEY, "may_report": True}).action_give()
        order = of_company._rcep_demo_order(company)
        first = {"report_id": "MES-2611-0055", "kind": "report", "order": order.name, "items": _items(order)}
        mended = {
            **first, "report_id": "MES-2611-0056", "kind": "correction", "corrects": first["report_id"],
            "reason": "8 boards were contract-made: the SMT line stood", "items": _items(order, FROM_OUTSIDE),
        }  # fmt: skip
        other = {**first, "report_id": UNKNOWN, "order": "WH/MO/20931"}
        for said in (first, mended, other):
            of_company._rcep_demo_hand_in(company, said)
        order.action_rcep_determine()

    def _rcep_demo_order(self, company):
        good = self.env.ref(f"{MODULE}.good_motor")
        lot = self.env["stock.lot"].create({"name": LOT, "product_id": good.id, "company_id": company.id})
        order = self.env["mrp.production"].create(
            {
                "product_id": good.id, "product_qty": MADE, "bom_id": self.env.ref(f"{MODULE}.bom_motor").id,
                "company_id": company.id, "user_id": self.env.ref(f"{MODULE}.user_engineer").id,
            }
        )  # fmt: skip
        order.action_confirm()
        order.write({"qty_producing": MADE, "lot_producing_ids": [Command.set(lot.ids)]})
        order._set_qty_producing()
        order.with_context(skip_consumption=True, skip_backorder=True).button_mark_done()
        return order

    def _rcep_demo_hand_in(self, company, said):
        now = f"{Datetime.now():%Y-%m-%dT%H:%M:%S}+00:00"
        said = {**said, "operation": "assembly", "site": SITE, "produced_at": now}
        report, _is_new = self._receive(company, canonical.read(said), json.dumps(said, indent=1), "http")
        report._apply()


def _items(order, from_outside=0):
    """What an order was to consume and to make, as an MES says it; some of its boards from outside."""
    items = []
    for move in order.move_raw_ids:
        product, unit = move.product_id, move.product_id.uom_id.with_context(lang=ENGLISH)
        quantity = move.product_qty
        if from_outside and product.default_code == "YJ-CB7":
            quantity -= from_outside
            items.append({"use": "consumed", **OUTSIDE, "quantity": str(from_outside), "uom": "C62"})
        items.append({"use": "consumed", "product": product.default_code, "quantity": f"{quantity:g}",
                      "uom": link.units.code(unit.name)})  # fmt: skip
    made = {"use": "produced", "product": order.product_id.default_code, "lot": LOT}
    return [*items, {**made, "quantity": str(MADE), "uom": "C62"}]
