"""What our shipments draw down of a certificate that was received: never more than it names, whoever ships first.

A draw is counted in the unit of the original, rounded up. It is made and taken back while our own certificate is a
draft; from then on it stands, unless the application is rejected or withdrawn.
"""

from decimal import Decimal

from odoo import api, fields, models
from odoo.addons.rcep_eco.states import certificate_states
from odoo.addons.rcep_eco.tools.row_claims import claim
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import LockError, UserError

from ..states import received_states

GIVEN_BACK = ("rejected", "withdrawn")  # what was applied for and never issued


class RcepReceivedDraw(models.Model):
    _name = "rcep.received.draw"
    _description = "Quantity drawn from a certificate received"
    _order = "id desc"
    _rec_name = "certificate_line_id"

    line_id = fields.Many2one(
        "rcep.received.certificate.line", "Original's item", required=True, index=True, ondelete="restrict",
        domain=[("certificate_id.state", "=", received_states.CHECKED)],
    )  # fmt: skip
    received_id = fields.Many2one(related="line_id.certificate_id", string="Original", store=True, index=True)
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="line_id.product_id")
    certificate_line_id = fields.Many2one(
        "rcep.certificate.line", "Good shipped", required=True, index=True, ondelete="cascade",
        domain=[("certificate_id.state", "=", "draft")], help="The item of our own certificate.",
    )  # fmt: skip
    certificate_id = fields.Many2one(
        related="certificate_line_id.certificate_id", string="Our certificate", store=True, index=True
    )
    shipped = fields.Float(digits="Product Unit", required=True, help="In the unit of our invoice.")
    quantity = fields.Float("Drawn", digits="Product Unit", readonly=True, help="In the unit of the original.")
    uom_id = fields.Many2one(related="line_id.uom_id")

    _shipped_positive = models.Constraint("CHECK(shipped > 0)", "The quantity shipped is above 0.")

    # --- CRUD --------------------------------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        lines = self.env["rcep.received.certificate.line"].browse({values["line_id"] for values in vals_list})
        lines._claim()  # before it is counted what is left
        for values in vals_list:
            values["quantity"] = self._in_original_unit(values)
        draws = super().create(vals_list)
        for draw in draws:
            wrong = draw._wrong()
            if wrong:
                raise UserError(wrong)
        draws.line_id._check_left()
        draws.certificate_line_id._drawn_otherwise()
        return draws

    def write(self, vals):
        if self:
            raise UserError(self.env._("What was drawn is not changed: take it back, and draw anew."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        for draw in self:
            own = draw.sudo().certificate_id  # only its state
            if own.state not in certificate_states.EDITABLE:
                words = own.env._("%(quantity)s were shipped on certificate %(name)s, which is %(state)s: that stays.")
                facts = {"quantity": amounts.text(amounts.exact(draw.shipped)), "name": own.name}
                raise UserError(words % {**facts, "state": own._state_name()})

    def unlink(self):
        goods = self.certificate_line_id
        result = super().unlink()
        goods.exists()._drawn_otherwise()
        return result

    def _in_original_unit(self, values):
        """What is shipped, in the unit of the original, rounded up."""
        line = self.env["rcep.received.certificate.line"].browse(values["line_id"])
        # Whoever prepares a certificate may not read invoices.
        good = self.env["rcep.certificate.line"].sudo().browse(values["certificate_line_id"])
        unit = good.invoice_line_id.product_uom_id
        if not unit._has_common_reference(line.uom_id):
            words = self.env._(
                "%(product)s is sold in %(ours)s, which cannot be counted in %(theirs)s of certificate %(name)s."
            )
            facts = {"product": good.product_id.display_name, "ours": unit.name, "theirs": line.uom_id.name}
            raise UserError(words % {**facts, "name": line.certificate_id.name})
        return unit._compute_quantity(values.get("shipped") or 0, line.uom_id, rounding_method="UP")

    # --- checks ------------------------------------------------------------------------------------------
    def _wrong(self):
        """Why this cannot be drawn, or an empty text."""
        own, original = self.sudo().certificate_line_id, self.received_id  # its state, product and company
        if own.state not in certificate_states.EDITABLE:
            return own.certificate_id._not_from_here()
        if own.company_id != self.company_id:
            return self.env._("Certificate %s is another company's.", original.name)
        if own.product_id != self.product_id:
            words = self.env._("Item %(item)s of certificate %(name)s is %(theirs)s, and not %(ours)s.")
            facts = {"item": self.line_id.number, "name": original.name, "theirs": self.product_id.display_name}
            return words % {**facts, "ours": own.product_id.display_name}
        return original._why_not_drawn()


class RcepReceivedCertificate(models.Model):
    _inherit = "rcep.received.certificate"

    def _why_not_drawn(self):
        """Why nothing can rest on it today, or an empty text."""
        if self.state != received_states.CHECKED:
            words = self.env._("Certificate %(name)s is %(state)s: nothing can be shipped on it.")
            return words % {"name": self.name, "state": self._state_name()}
        return self._why_not_today()


class RcepReceivedCertificateLine(models.Model):
    _inherit = "rcep.received.certificate.line"

    draw_ids = fields.One2many("rcep.received.draw", "line_id", "Drawn by", readonly=True)
    drawn = fields.Float(compute="_compute_left", digits="Product Unit")
    left = fields.Float(compute="_compute_left", digits="Product Unit", help="What can still be shipped on it.")

    @api.depends("quantity", "draw_ids.quantity", "draw_ids.certificate_id.state")
    def _compute_left(self):
        for line in self:
            exact = line._drawn()
            line.drawn = float(exact)
            line.left = float(amounts.exact(line.quantity) - exact)

    @api.depends("number", "certificate_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.certificate_id.name} / {line.number}"

    def _drawn(self):
        """What our certificates ship of it; one that takes another's place ships the same goods, which count once."""
        counting = self.sudo().draw_ids.filtered(lambda each: each.certificate_id.state not in GIVEN_BACK)
        chains = {}
        for own, draws in counting.grouped("certificate_id").items():
            shipped = sum((amounts.exact(each.quantity) for each in draws), Decimal(0))
            first = own._first_of_chain()
            chains[first] = max(shipped, chains.get(first, Decimal(0)))
        return sum(chains.values(), Decimal(0))

    def _claim(self):
        """No two people draw on one item at once."""
        try:
            claim(self.sudo())  # only that nobody else has it
        except LockError as error:
            words = self.env._("Somebody else is drawing on certificate %s just now: look at what is left in a moment.")
            raise LockError(words % ", ".join(self.certificate_id.mapped("name"))) from error

    def _check_left(self):
        for line in self:
            drawn = line._drawn()
            if drawn > amounts.exact(line.quantity):
                words = self.env._(
                    "Item %(item)s of certificate %(name)s names %(all)s %(unit)s, and %(drawn)s would be shipped on "
                    "it: ship less, or draw the rest from another original."
                )
                facts = {"item": line.number, "name": line.certificate_id.name, "unit": line.uom_id.name}
                numbers = {"all": amounts.text(amounts.exact(line.quantity)), "drawn": amounts.text(drawn)}
                raise UserError(words % {**facts, **numbers})


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    draw_ids = fields.One2many("rcep.received.draw", "certificate_id", "Drawn from originals", readonly=True)

    def _first_of_chain(self):
        """The certificate that was made first of those that took each other's place."""
        first = self
        while first.old_certificate_id:
            first = first.old_certificate_id
        return first

    def _goods_problems(self):
        """As the core's; where an item draws on an original, that still holds and covers the item."""
        yield from super()._goods_problems()
        for good, draws in self.env["rcep.received.draw"].search([("certificate_id", "in", self.ids)]).grouped(
            "certificate_line_id"
        ).items():  # fmt: skip
            for original in draws.received_id:
                yield original._why_not_drawn()
            if not good.certificate_id.back_to_back:  # else its determination says so
                yield good._why_not_covered(draws)


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    draw_ids = fields.One2many("rcep.received.draw", "certificate_line_id", "Drawn from", readonly=True)

    def _why_not_covered(self, draws):
        """Why what is drawn for this good is not what it ships, or an empty text."""
        shipped = sum((amounts.exact(draw.shipped) for draw in draws), Decimal(0))
        if shipped == amounts.exact(self.quantity):
            return ""
        words = self.env._(
            "Item %(item)s ships %(quantity)s, and %(drawn)s are drawn from originals: draw as much as is shipped."
        )
        facts = {"item": self.number, "quantity": amounts.text(amounts.exact(self.quantity))}
        return words % {**facts, "drawn": amounts.text(shipped)}
