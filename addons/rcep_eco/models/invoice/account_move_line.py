"""A line of an invoice: whether it sells a good, and what a certificate says first of it."""

import math

from odoo import api, models
from odoo.exceptions import UserError

from ...tools import languages
from ...values import amounts, units

# What a certificate tells of a line: that stays while it is approved or with the platform.
TOLD_OF_LINES = {"product_id", "product_uom_id", "quantity", "price_unit", "discount"}
# What a line is worth follows from these, and a verdict from that: it is computed, whatever a program sends.
WORTH = {"price_subtotal", "price_total"}


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "rcep.priced.line"]

    @api.depends(
        "product_id", "quantity", "product_uom_id", "move_id.invoice_line_ids.price_subtotal", "move_id.currency_id",
        "move_id.company_id", "move_id.invoice_date", "move_id.invoice_currency_rate", "move_id.partner_id",
        "move_id.partner_shipping_id",
        "move_id.move_type", "move_id.state",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_rcep_price(self):
        return super()._compute_rcep_price()

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_without_worth(values) for values in vals_list])

    def write(self, vals):
        vals = _without_worth(vals)
        if TOLD_OF_LINES & vals.keys():
            self.move_id._rcep_check_not_certified()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_not_certified(self):
        """What stands on a certificate that is more than a draft stays."""
        named = self._rcep_certificate_lines()
        if named:
            self.move_id._rcep_check_not_certified()
            ended = named.filtered(lambda line: line.state != "draft")
            if ended:
                raise UserError(
                    self.env._(
                        "%(invoice)s stands on certificate %(certificate)s, which is kept: its lines cannot be "
                        "deleted. "
                        "Credit the invoice instead.",
                        invoice=", ".join(self.move_id.mapped("name")),
                        certificate=", ".join(ended.certificate_id.mapped("name")),
                    )
                )

    def unlink(self):
        """A draft certificate follows its invoice."""
        self._unlink_not_certified()
        named = self._rcep_certificate_lines()
        certificates = named.certificate_id
        named.unlink()
        certificates._renumber()
        return super().unlink()

    def _rcep_certificate_lines(self):
        # Whoever changes an invoice need not be allowed to see certificates.
        return self.env["rcep.certificate.line"].sudo().search([("invoice_line_id", "in", self.ids)])

    def _rcep_is_good(self):
        """Whether this line sells goods: not a service, a discount, freight, a section or a note.

        A discount is one however its product is typed; what takes goods back has a negative quantity.
        """
        self.ensure_one()
        if self.display_type != "product" or self.product_id.type != "consu" or self.product_id.rcep_charge:
            return False
        return self.quantity < 0 or self.price_subtotal >= 0

    def _rcep_is_discount(self):
        """Whether this line takes something off the price of the goods."""
        self.ensure_one()
        takes_off = self.display_type == "product" and not self._rcep_is_good() and self.price_subtotal < 0
        return takes_off and not self._rcep_is_advance()

    def _rcep_is_advance(self):
        """Whether this line is what was paid before: the goods cost what they cost; bridges know of more such lines."""
        self.ensure_one()
        return self.product_id.rcep_charge == "advance"

    def _rcep_price_document(self):
        return self.move_id

    def _rcep_price_quantity(self):
        return self.quantity

    def _rcep_chosen(self):
        """Hook for bridges: the values that the customer chose of attributes that make no variants."""
        return self.env["product.template.attribute.value"]

    def _rcep_own_units(self, quantity):
        """A quantity in the product's own unit, of which package and weight speak; as invoiced where none fits."""
        unit, own = self.product_uom_id, self.product_id.uom_id
        if not unit._has_common_reference(own):
            return amounts.exact(quantity)
        return amounts.exact(unit._compute_quantity(quantity, own, round=False))

    def _rcep_unit(self):
        """The unit of the line as box 12 has it."""
        return units.unit_text(self.product_uom_id)

    def _rcep_packed(self, quantity):
        """Transport packages and gross weight in kilograms of a quantity, as the product tells them."""
        self.ensure_one()
        product, units = self.product_id, self._rcep_own_units(quantity)
        per_package = amounts.exact(product.rcep_package_qty)
        return {
            "packages_count": math.ceil(units / per_package) if per_package > 0 else 0,
            "gross_weight": product.product_tmpl_id._rcep_kilograms(product.weight) * float(units),
        }

    def _rcep_certificate_line_values(self, certificate=None):
        """What a certificate says first of this line: of what is left of it, see :meth:`_rcep_certifiable`."""
        self.ensure_one()
        product = self.product_id
        quantity = self._rcep_certifiable(certificate or self.env["rcep.certificate"])
        declaration = product.sudo()._rcep_declaration(self.company_id, self.move_id.invoice_date)
        return {
            "invoice_line_id": self.id,
            "product_id": product.id,
            "description": self._rcep_description(),
            "description_zh": languages.chinese(product).name,
            "quantity": quantity,
            "unit": self._rcep_unit(),
            **self._rcep_packed(quantity),
            "packages_kind": product.rcep_package_kind,
            "producer_id": (declaration.partner_id or self.company_id.partner_id).id,
        }


def _without_worth(values):
    return {name: value for name, value in values.items() if name not in WORTH}
