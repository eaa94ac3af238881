"""Production orders whose MES reports what they consumed: the reports count in place of the moves.

Reports are believed as far as they agree with the order that is done: each of its components is spoken of, what was
made is what the order made, of no component less than its moves say was consumed, and nothing waits or is unmatched.
Else what the order consumed is not known.
"""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from odoo import fields, models
from odoo.addons.rcep_eco import groups
from odoo.addons.rcep_eco.values import amounts
from odoo.addons.rcep_eco_mrp.bills.stock_moves import Used

from .. import states


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    rcep_report_ids = fields.One2many(
        "rcep.production.report", "production_id", "Production reports", groups=groups.ENGINEER
    )
    rcep_report_count = fields.Integer("MES reports", compute="_compute_rcep_report_count", groups=groups.ENGINEER)

    def _compute_rcep_report_count(self):
        counted = self.env["rcep.production.report"]._read_group(
            [("production_id", "in", self.ids)], ["production_id"], ["__count"]
        )
        numbers = {order.id: number for order, number in counted}
        for order in self:
            order.rcep_report_count = numbers.get(order.id, 0)

    def action_rcep_reports(self):
        """Show what was reported of this order."""
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("rcep_eco_mes.action_production_report")
        return {**action, "domain": [("production_id", "in", self.ids)], "context": {}}

    # --- what an order consumed --------------------------------------------------------------------------
    def _rcep_reported(self, orders, used):
        orders, used, problems = super()._rcep_reported(orders, used)
        reports = self.env["rcep.production.report"].search(
            [("production_id", "in", list(orders)), ("state", "in", ("applied", *states.OPEN))]
        )
        orders, used, problems = dict(orders), dict(used), defaultdict(list, problems)
        for production, told in reports.grouped("production_id").items():
            own = orders[production.id]
            applied = told.filtered(lambda report: report.state == "applied")
            problems[production.id] += production._rcep_open_reports(told - applied)
            if not applied:
                continue
            by_use = _by_use(applied.line_ids)
            problems[production.id] += production._rcep_gaps(own, used.get(production.id, ()), by_use)
            used[production.id] = _as_used(production, by_use)
            if not production._rcep_by_products_told(by_use):
                orders[production.id] = own._replace(given=Decimal(0))
        return orders, used, problems

    def _rcep_open_reports(self, waiting):
        return [
            self.env._(
                "Production report %(report)s of order %(order)s is not applied: what it says is not known. Mend what "
                "it names and press Replay.",
                report=report.report_id,
                order=self.name,
            )
            for report in waiting
        ]

    def _rcep_gaps(self, own, moved, by_use):
        """Sentences of what the reports leave open, beside the order as it was done."""
        made = sum(by_use["produced"].values())
        if made != own.made:
            words = self.env._(
                "Order %(order)s finished %(made)s, the production reports say %(reported)s: a report is missing, or "
                "one has to be corrected."
            )
            yield words % {"order": self.name, "made": amounts.text(own.made), "reported": amounts.text(made)}
        told, expected = _by_product(by_use), defaultdict(Decimal)
        for each in moved:
            expected[each.product_id] += each.quantity
        finest = Decimal(1).scaleb(-self.env["decimal.precision"].precision_get("Product Unit"))
        components = self.move_raw_ids.filtered(lambda move: move.state != "cancel").product_id
        for product in components:
            if product.id not in told:
                words = self.env._(
                    "No production report says what order %(order)s consumed of %(material)s: report it, with quantity "
                    "0 where none was used."
                )
                yield words % {"order": self.name, "material": product.display_name}
            # A step that used nothing says so too: less than the moves, were it none, may be a report that is missing.
            elif _as_counted(told[product.id], finest) < _as_counted(expected[product.id], finest):
                words = self.env._(
                    "Order %(order)s: the production reports say %(reported)s of %(material)s, the order %(moved)s: a "
                    "report is missing, or the order's quantity has to be corrected."
                )
                yield words % {
                    "order": self.name,
                    "reported": amounts.text(told[product.id]),
                    "material": product.display_name,
                    "moved": amounts.text(expected[product.id]),
                }

    def _rcep_by_products_told(self, by_use):
        """Whether the reports speak of each by-product; one that nobody saw bears no share of the cost."""
        told = {product.id for product, _lot in by_use["by_product"]}
        shares = self.move_byproduct_ids.filtered(lambda move: move.state == "done" and move.cost_share)
        return set(shares.product_id.ids) <= told


def _by_use(lines):
    """{use: {(product, lot): quantity}}."""
    found = {use: defaultdict(Decimal) for use in ("consumed", "scrap", "produced", "by_product", "consumable")}
    for line in lines:
        found[line.use][line.product_id, line.lot_id] += Decimal(line.own_quantity)
    return found


def _materials(by_use):
    """{(product, lot): (consumed, scrapped)}: what was scrapped is part of what was consumed, and at least that."""
    scrap = by_use["scrap"]
    return {
        key: (max(by_use["consumed"].get(key, Decimal(0)), scrap.get(key, Decimal(0))), scrap.get(key, Decimal(0)))
        for key in (*by_use["consumed"], *(key for key in scrap if key not in by_use["consumed"]))
    }


def _by_product(by_use):
    """{product id: quantity} of what was consumed."""
    found = defaultdict(Decimal)
    for (product, _lot), (quantity, _scrapped) in _materials(by_use).items():
        found[product.id] += quantity
    return found


def _as_counted(quantity, finest):
    """A quantity as moves would count it: a report may be finer."""
    return quantity.quantize(finest, ROUND_HALF_UP)


def _as_used(production, by_use):
    """The reports' materials as the moves would have them; a good of the order that was scrapped is no material."""
    return [
        Used(production.id, product.id, lot.id or None, quantity, scrapped)
        for (product, lot), (quantity, scrapped) in _materials(by_use).items()
        if quantity and product != production.product_id
    ]
