"""A group in one database: the statement that one company signs for another is there at once, without the wire.

The other's certificate rests on it and names its dossier by the hash; what that holds of costs stays where it was made.
"""

import base64
import datetime

from odoo import fields, models
from odoo.addons.rcep_eco.models.declaration.rcep_supplier_declaration import VERIFY
from odoo.addons.rcep_eco.states import actors
from odoo.addons.rcep_eco.values import amounts

from ..statements import jose, statement
from .rcep_supplier_declaration import FILE_NAME

ASKED = "requested"


class RcepOriginStatement(models.Model):
    _inherit = "rcep.origin.statement"

    handed_ids = fields.One2many("rcep.supplier.declaration", "statement_id", "Handed over", groups="base.group_system")

    def _sign(self, values):
        result = super()._sign(values)
        self._hand_over()
        return result

    def _revoke(self, reason, holds_until=False, by=None):
        result = super()._revoke(reason, holds_until, by)
        # Whoever revokes it may not see the other company's declarations, which learn it at once.
        self.sudo().handed_ids._ask_status()
        return result

    def _sister(self):
        """The company of this database for which it is, or an empty record."""
        buyer = self.partner_id.commercial_partner_id
        companies = self.env["res.company"].sudo()  # that a buyer is a company here is no secret
        found = companies.search([("partner_id", "=", buyer.id), ("id", "!=", self.company_id.id)], limit=1)
        return found.filtered(lambda company: company.rcep_uscc == self.buyer_code)

    def _hand_over(self):
        """Have the declaration of it stand in the other company: received, for its own cost engineer to verify."""
        buyer, product, maker = self._sister(), self.product_id, self.company_id.partner_id
        if not buyer or (product.company_id and product.company_id != buyer):
            return
        # The signer has no right in the other company; what stands in its declaration is what it signed.
        declarations = self.env["rcep.supplier.declaration"].sudo().with_company(buyer)
        declarations = declarations.with_context(allowed_company_ids=buyer.ids)
        stated = statement.read(jose.read(self.signed_text).claims, datetime.datetime.now(datetime.timezone.utc))
        party = declarations.env["rcep.party"].search([("country_id.code", "=", stated.origin.party)], limit=1)
        values = declarations._values_of(stated, party)
        moved = {name: values.pop(name) for name in list(values) if name.startswith("statement_")}
        values |= {"document": base64.b64encode(self.signed_text.encode()), "document_name": FILE_NAME}
        whose = {"partner_id": maker.id, "product_id": product.id, "company_id": buyer.id}
        asked = declarations.search([*((name, "=", value) for name, value in whose.items()), ("state", "=", ASKED)])[:1]
        if asked:
            asked._receive(actors.SUPPLIER, **values)
        else:
            asked = declarations.create({**whose, **values})
            asked._remind_engineer(VERIFY, asked.env._("Read the declaration of the group's own company and verify it"))
        asked._write_moved(**moved, statement_id=self.id, statement_sha256=self.sha256)
        asked._warn_where_made(product.sudo(), buyer)


class RcepSupplierDeclaration(models.Model):
    _inherit = "rcep.supplier.declaration"

    statement_id = fields.Many2one(
        "rcep.origin.statement", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        help="Of a company of this database.",
    )  # fmt: skip

    def _status_there(self):
        """What its producer says of it; a company of this database is not asked over the wire."""
        own = self.sudo().statement_id  # the other company's
        return own._status() if own else super()._status_there()

    def _warn_where_made(self, product, company):
        """Say so where this company's own bill of materials would decide, and not what was handed over."""
        if product._rcep_production_once(company, amounts.today()) is not None:
            words = self.env._(
                "%(product)s has a bill of materials that holds in %(company)s too: it decides there, and this "
                "declaration does not. Give the bill the company that makes."
            )
            self.message_post(body=words % {"product": product.display_name, "company": company.name})

    def _in_words(self):
        said = super()._in_words()
        if not self.statement_dossier:
            return said
        words = self.env._("%(declaration)s, signed, of dossier %(hash)s")
        return words % {"declaration": said, "hash": self.statement_dossier}
