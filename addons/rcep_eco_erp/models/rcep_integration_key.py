"""What a key lets another ERP write here, and as whom: what this person may not do, its program does not."""

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups

IN_PERSON = ("may_write_master_data",)  # what it writes with the rights of a person
GRANTS = (*IN_PERSON, "may_hand_in_invoices")


class RcepIntegrationKey(models.Model):
    _inherit = "rcep.integration.key"

    may_write_master_data = fields.Boolean(
        "Writes items, prices, bills and receipts",
        help="Hands in sheets of items, purchase prices, bills of materials and receipts, as far as Manufacturing and "
        "Inventory are there. It reads no cost and writes no verdict and no declaration; the role of a material and "
        "the kind of work count as its sheets say.",
    )
    may_hand_in_invoices = fields.Boolean(
        "Hands in invoices to certify",
        help="Hands in, changes and cancels invoices that are in the books of another ERP, and reads where their "
        "certificates stand. It says who was sold what at which price and makes new customers; whether a good "
        "originates is decided here, and people make and sign the certificates.",
    )
    acts_as_id = fields.Many2one(
        "res.users", "Acts as", copy=False, ondelete="restrict",
        domain=lambda self: [("group_ids", "in", self.env.ref(groups.ENGINEER).ids), ("share", "=", False)],
        help="The cost engineer with whose rights it writes, and whose name stands on what came.",
    )  # fmt: skip

    @api.model
    def _grants(self):
        return (*super()._grants(), *GRANTS)

    @api.model
    def _bound_to(self):
        return (*super()._bound_to(), "acts_as_id")

    def _lacking(self):
        if lacking := super()._lacking():
            return lacking
        if any(self[name] for name in IN_PERSON) and not self.acts_as_id:
            words = self.env._("Key “%s” writes into Odoo: choose the cost engineer as whom it acts.")
            return words % self.name
        return self._why_not()

    def _why_not(self):
        person = self.acts_as_id.sudo()  # whoever makes keys need not see all users
        is_of_company = self.company_id in person.company_ids
        if not person or (person.active and is_of_company and person.has_group(groups.ENGINEER)):
            return super()._why_not()
        words = self.env._("%(user)s is no cost engineer of %(company)s: a key that acts as somebody else is needed.")
        return words % {"user": person.name, "company": self.company_id.name}

    def _acts_for(self):
        return self.acts_as_id or super()._acts_for()
