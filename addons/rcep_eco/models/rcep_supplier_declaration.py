"""A supplier's declaration that what it sells originates in a Party: evidence for a material or a bought-in good."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import origin
from . import amounts, sentences


class RcepSupplierDeclaration(models.Model):
    _name = "rcep.supplier.declaration"
    _description = "Supplier declaration of origin"
    _inherit = ["mail.thread"]
    _order = "date_to desc, id desc"

    name = fields.Char("Reference", required=True, tracking=True, help="As the supplier numbered it.")
    partner_id = fields.Many2one("res.partner", "Supplier", required=True, index=True)
    product_id = fields.Many2one("product.product", required=True, index=True, ondelete="restrict")
    product_tmpl_id = fields.Many2one(related="product_id.product_tmpl_id", store=True, index=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    party_id = fields.Many2one("rcep.party", "Originates in", required=True)
    criterion = fields.Selection(sentences.CRITERIA, required=True)
    rvc = fields.Float("RVC %", digits=(5, 2), help="As the supplier states it, where the criterion is RVC.")
    date_from = fields.Date("Valid from", required=True)
    date_to = fields.Date("Valid to", required=True)
    document = fields.Binary(attachment=True)
    document_name = fields.Char()
    state = fields.Selection(
        [("received", "Received"), ("verified", "Verified"), ("revoked", "Revoked")],
        default="received",
        required=True,
        readonly=True,
        tracking=True,
        copy=False,
    )

    @api.constrains("criterion", "rvc")
    def _check_rvc(self):
        for declaration in self:
            if declaration.criterion == "RVC" and not 0 < declaration.rvc <= 100:
                raise ValidationError(
                    self.env._(
                        "Declaration %s rests on regional value: enter its percentage, as the supplier states it.",
                        declaration.name,
                    )
                )

    def write(self, vals):
        content = vals.keys() & self._content()
        for declaration in self:
            if content and declaration.state != "received":
                raise UserError(
                    self.env._(
                        "Declaration %s has been verified: revoke it and record the new one beside it.",
                        declaration.name,
                    )
                )
        return super().write(vals)

    @api.model
    def _content(self):
        """What the supplier declared, and nobody may change once it is verified."""
        return {
            "name", "partner_id", "product_id", "company_id", "party_id", "criterion", "rvc", "date_from", "date_to",
            "document", "document_name",
        }  # fmt: skip

    @api.constrains("date_from", "date_to", "party_id")
    def _check_dates(self):
        for declaration in self:
            if declaration.date_from > declaration.date_to:
                raise ValidationError(
                    self.env._("Declaration %s ends before it begins: correct its dates.", declaration.name)
                )
            if declaration.date_from < declaration.party_id.in_force:
                raise ValidationError(
                    self.env._(
                        "Declaration %(name)s begins before the agreement entered into force in %(party)s on %(date)s.",
                        name=declaration.name,
                        party=declaration.party_id.display_name,
                        date=declaration.party_id.in_force,
                    )
                )

    def action_verify(self):
        """The cost engineer has read the document and believes it: from now on it counts."""
        self._move("verified", "received")

    def action_revoke(self):
        """The declaration no longer counts."""
        self._move("revoked", "received", "verified")

    def _move(self, after, *before):
        for declaration in self:
            if declaration.state not in before:
                raise UserError(
                    self.env._(
                        "Declaration %(name)s is %(state)s and cannot be changed so.",
                        name=declaration.name,
                        state=dict(self._fields["state"]._description_selection(self.env))[declaration.state],
                    )
                )
        self.write({"state": after})

    @api.model
    def _holding(self, products, company, date):
        """The verified declarations that hold on a date.

        :return: {product.product: declaration}, without the products that have none
        """
        held = self.search(
            [
                ("product_id", "in", products.ids),
                ("company_id", "=", company.id),
                ("state", "=", "verified"),
                ("date_from", "<=", date),
                ("date_to", ">=", date),
            ],
            order="date_to, id",  # the one that holds longest is kept
        )
        return {declaration.product_id: declaration for declaration in held}

    def _evidence(self, exporting_party, good, date):
        """The engine's :class:`origin.Evidence` for a good on a date."""
        self.ensure_one()
        return origin.Evidence(
            exporting_party=exporting_party,
            good=good,
            date=date,
            party=self.party_id.code,
            criterion=self.criterion,
            reference=self.name,
            valid_from=self.date_from,
            valid_to=self.date_to,
            rvc=amounts.exact(self.rvc) if self.criterion == "RVC" else None,
        )
