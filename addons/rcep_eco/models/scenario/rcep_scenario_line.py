"""One material in a scenario: what is another of it, beside what it is today."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...cases.changed_case import Change
from ...values import amounts, hs_codes


class RcepScenarioLine(models.Model):
    _name = "rcep.scenario.line"
    _description = "Material in a scenario"
    _order = "at_hand desc, id"

    scenario_id = fields.Many2one("rcep.scenario", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="scenario_id.company_id", store=True)
    currency_id = fields.Many2one(related="scenario_id.currency_id")
    place = fields.Char(required=True, readonly=True, help="The way to it in the bill, by which it is known.")
    name = fields.Char("Material", required=True, readonly=True)
    at_hand = fields.Boolean(readonly=True, help="The one from which the scenario was opened: it stands first.")
    value = fields.Monetary("Value in one unit", help="Price times quantity; of an own part: what it costs.")
    times = fields.Float("Quantity ×", default=1.0, digits=(12, 4), help="So many times what the bill says.")
    seller_id = fields.Many2one(
        "product.supplierinfo",
        "Supplier",
        help="Takes over its country, and whether it declares that the material originates.",
    )
    hs_code = fields.Char("HS code")
    origin_id = fields.Many2one("res.country", "Comes from")
    originating = fields.Selection([("yes", "With evidence"), ("no", "Without")], "Originates")
    left_out = fields.Boolean("Left out")
    today_value = fields.Monetary("Value today", readonly=True, store=False, compute="_compute_today")
    today = fields.Char("As it is today", compute="_compute_today")

    def _compute_today(self):
        for line in self:
            line.today = line.today_value = False
        self.scenario_id.mapped("verdict")  # which notes on its lines what they are today

    def _note_today(self, materials):
        """What the material is in today's case."""
        material = materials.get(self.place)
        if material is None:
            self.today = self.env._("Not in it any more")
            return
        self.today_value = float(material.value or 0)
        words = [material.hs and f"HS {material.hs}", material.origin]
        if material.self_produced is not None:
            words.append(self.env._("made here"))
        elif material.originating:
            words.append(self.env._("originating"))
        self.today = " · ".join(filter(None, words))

    @api.constrains("hs_code", "times", "value")
    def _check_can_be(self):
        for line in self:
            if line.hs_code and line.hs_code not in hs_codes.partial_codes():
                raise ValidationError(
                    self.env._("%(name)s: %(code)s is no code of HS 2022.", name=line.name, code=line.hs_code)
                )
            if line.times <= 0 or line.value < 0:
                raise ValidationError(
                    self.env._("%s: quantity is above zero and a value not below it; or leave it out.", line.name)
                )

    def write(self, vals):
        """Whoever changes a material keeps the scenario."""
        if any(self._fields[name].store for name in vals):
            self.scenario_id.filtered(lambda scenario: not scenario.kept).kept = True
        return super().write(vals)

    @api.onchange("seller_id")
    def _onchange_seller_id(self):
        seller = self.seller_id
        if not seller:
            return
        self.origin_id = seller.partner_id.country_id
        product = seller.product_id or seller.product_tmpl_id.product_variant_id
        declaration = product._rcep_declaration(self.company_id, amounts.today())
        declared = declaration.partner_id.commercial_partner_id == seller.partner_id.commercial_partner_id
        self.originating = "yes" if declared else "no"

    def _change(self):
        """What is another than today: :class:`.changed_case.Change`, None where nothing is."""
        change = Change(
            # None entered is none changed: what is not known today never counts as nothing.
            value=amounts.exact(self.value) if self.value else None,
            times=amounts.exact(self.times),
            hs=self.hs_code or None,
            origin=self.origin_id.code or None,
            originating={"yes": True, "no": False}.get(self.originating),
            left_out=self.left_out,
        )
        return change if change != Change() else None
