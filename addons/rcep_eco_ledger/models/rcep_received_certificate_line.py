"""An item of a certificate that was received, as the original says it."""

import re

from odoo import api, fields, models
from odoo.addons.rcep_eco.texts import explanations
from odoo.exceptions import ValidationError

HS6 = re.compile(r"[0-9]{6}")


class RcepReceivedCertificateLine(models.Model):
    _name = "rcep.received.certificate.line"
    _description = "Item of a certificate received"
    _order = "certificate_id, number, id"

    certificate_id = fields.Many2one("rcep.received.certificate", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="certificate_id.company_id", store=True, index=True)
    number = fields.Integer("Item", required=True, default=1)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="restrict",
        help="What we call it; with our stock's unit.",
    )
    hs6 = fields.Char("HS code", required=True, size=6, help="Six digits, as the original says.")
    description = fields.Char(required=True, help="As the original says.")
    criterion = fields.Selection(explanations.CRITERIA, required=True)
    uses_acu = fields.Boolean("ACU", help="Stands beside the criterion on the original: cumulation was used.")
    uses_dmi = fields.Boolean("DMI", help="Stands beside the criterion on the original: de minimis was used.")
    rvc = fields.Float("RVC %", digits=(5, 2), help="As its exporter states it, where the criterion is RVC.")
    origin_mark = fields.Selection(
        [("*", "*"), ("**", "**")], "Mark", help="Beside the Party of origin on the original, if there is one (box 11)."
    )
    origin_party_id = fields.Many2one("rcep.party", "Originates in", required=True, ondelete="restrict")
    quantity = fields.Float(digits="Product Unit", required=True)
    uom_id = fields.Many2one("uom.uom", "Unit", required=True, ondelete="restrict", help="Of the original.")
    invoice_number = fields.Char("Invoice", help="Number and date, as the original says.")

    _number_unique = models.Constraint("UNIQUE(certificate_id, number)", "This item number is there already.")
    _number_positive = models.Constraint("CHECK(number > 0)", "Items are numbered from 1.")
    _rvc_percent = models.Constraint("CHECK(rvc BETWEEN 0 AND 100)", "A regional value is 0 to 100 per cent.")
    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "The quantity of an item is above 0.")

    # --- CRUD --------------------------------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.certificate_id._check_editable()
        return lines

    def write(self, vals):
        self.certificate_id._check_editable()
        result = super().write(vals)
        self.certificate_id._check_editable()  # nor is it moved into one that is fixed
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        self.certificate_id._check_editable()

    @api.constrains("hs6")
    def _check_hs6(self):
        for line in self:
            if not HS6.fullmatch(line.hs6):
                words = line.env._("Item %(number)s: “%(code)s” is no HS code of six digits.")
                raise ValidationError(words % {"number": line.number, "code": line.hs6})

    @api.constrains("product_id", "uom_id")
    def _check_unit(self):
        for line in self:
            if not line.uom_id._has_common_reference(line.product_id.uom_id):
                words = line.env._(
                    "Item %(number)s: %(product)s is kept in %(ours)s, which cannot be counted in %(theirs)s: choose a "
                    "unit of the same kind, or another product."
                )
                facts = {"number": line.number, "product": line.product_id.display_name}
                raise ValidationError(
                    words % {**facts, "ours": line.product_id.uom_id.name, "theirs": line.uom_id.name}
                )

    @api.onchange("product_id")
    def _onchange_product_id(self):
        if self.product_id:
            self.uom_id = self.product_id.uom_id
            self.hs6 = self.hs6 or self.product_id._rcep_hs6()
            self.description = self.description or self.product_id.name
