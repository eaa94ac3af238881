"""Quotations that promise origin: what was offered as originating is looked at again when its verdict changes."""

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups

ACTIVITY = "rcep_eco_sale.activity_promise_at_risk"
OFFERED = ("sent", "sale")  # states in which a customer counts on what it was offered


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    rcep_promised = fields.Boolean(
        "Offered as originating",
        readonly=True,
        copy=False,
        groups=groups.READER,
        help="When the quotation was sent the good originated at this price.",
    )

    def _rcep_keeps_promise(self):
        """Whether the good still originates at this price, by the verdict of today."""
        self.ensure_one()
        return self.rcep_verdict == "originating" and not self.rcep_price_warning


class SaleOrder(models.Model):
    _inherit = "sale.order"

    rcep_promise_at_risk = fields.Text(
        "Origin at risk", readonly=True, copy=False, groups=groups.READER,
        help="Goods that were offered as originating and, by today's facts, are not at this price.",
    )  # fmt: skip

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in OFFERED:
            # Whoever sends a quotation may not see verdicts; what was offered is noted all the same.
            self.sudo()._rcep_note_promise()
        return result

    def _rcep_note_promise(self):
        """What is offered as originating when a quotation is sent or an order confirmed; it stays once it was noted."""
        for line in self.order_line.filtered(lambda line: not line.rcep_promised):
            if line._rcep_keeps_promise():
                line.rcep_promised = True

    @api.model
    def _rcep_look_again(self, company, product_ids):
        """Open offers of goods whose verdicts changed: whoever sells learns of a promise that does not hold."""
        lines = self.env["sale.order.line"].search(
            [
                ("product_id", "in", product_ids),
                ("company_id", "=", company.id),
                ("rcep_promised", "=", True),
                ("order_id.state", "in", OFFERED),
                ("order_id.invoice_status", "!=", "invoiced"),
            ]
        )
        for order in lines.order_id:
            broken = order.order_line.filtered(lambda line: line.rcep_promised and not line._rcep_keeps_promise())
            order._rcep_note_risk(broken)

    def _rcep_note_risk(self, broken):
        theirs = self.with_context(lang=self.user_id.lang)
        sentences = [
            line.rcep_price_warning
            or theirs.env._("%s was offered as originating; by today's facts it is not.", line.product_id.display_name)
            for line in broken.with_env(theirs.env)
        ]
        self.rcep_promise_at_risk = "\n".join(sentences) or False
        tasks = self.activity_ids.filtered(lambda each: each.activity_type_id == self.env.ref(ACTIVITY))
        if not broken:
            tasks.unlink()
        elif not tasks:
            theirs.activity_schedule(
                ACTIVITY,
                summary=theirs.env._("Origin was promised and does not hold any more"),
                note=self.rcep_promise_at_risk,
                user_id=self.user_id.id or self.env.uid,
            )


class RcepOrigin(models.Model):
    _inherit = "rcep.origin"

    @api.model
    def _kept(self, company, product_ids):
        # Verdicts are kept by the system, whoever asked for them; orders are looked at by the same.
        self.env["sale.order"].sudo()._rcep_look_again(company, product_ids)
        return super()._kept(company, product_ids)
