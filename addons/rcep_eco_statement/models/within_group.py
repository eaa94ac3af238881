"""A group in one database: the statement that one company signs for another is there at once, without the wire.

The other's certificate rests on it and names its dossier by the hash; what that holds of costs stays where it was made.
"""

import datetime

from odoo import fields, models
from odoo.addons.rcep_eco.models.declaration.rcep_supplier_declaration import VERIFY
from odoo.addons.rcep_eco.states import actors
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError

from .. import states
from ..statements import jose, statement
from .rcep_supplier_declaration import OPEN

ASKED = "requested"


class RcepOriginStatement(models.Model):
    _inherit = "rcep.origin.statement"

    handed_ids = fields.One2many("rcep.supplier.declaration", "statement_id", "Handed over", groups="base.group_system")

    def _check_can_be_signed(self):
        if circle := self._why_circle():
            raise UserError(circle)
        return super()._check_can_be_signed()

    def _why_not_today(self):
        return self.with_context(lang=self.signer_id.lang)._why_circle() or super()._why_not_today()

    def _why_circle(self):
        """Why it would prove itself, or an empty text: where what it states goes into what this company states of.

        Two companies that each rest on the other's statement would both stand when nothing else does any more.
        """
        whole = self.sudo()  # the other companies' statements; told is only the number of one that this one meets
        seen, following = set(), whole._where_it_counts()
        while following:
            company, product = place = following.pop()
            if place in seen:
                continue
            seen.add(place)
            above = product.with_company(company)._rcep_ids_above(company)
            if company == whole.company_id and whole.product_id.id in above:
                words = self.env._(
                    "%(statement)s: what it states comes back to %(company)s by statements of the group, and would "
                    "prove itself. State only what rests on other evidence."
                )
                return words % {"statement": self.display_name, "company": company.name}
            stated = [("company_id", "=", company.id), ("product_id", "in", list(above))]
            for other in whole.search([*stated, ("state", "=", states.IN_FORCE)]):
                following |= other._where_it_counts()
        return ""

    def _where_it_counts(self):
        """{(company, product)} of this database of which it is evidence, or would be once it is signed and verified."""
        if self.state == "draft":
            buyer = self._sister()
            return {(buyer, self.product_id)} if buyer else set()
        read = [("statement_sha256", "=", self.sha256), ("state", "in", OPEN)]
        found = self.env["rcep.supplier.declaration"].search(read)
        return {(declaration.company_id, declaration.product_id) for declaration in found}

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
        values |= {"statement_id": self.id, "statement_sha256": self.sha256}
        whose = {"partner_id": maker.id, "product_id": product.id, "company_id": buyer.id}
        asked = declarations.search([*((name, "=", value) for name, value in whose.items()), ("state", "=", ASKED)])[:1]
        recorded = declarations._record_stated(asked, whose, self.signed_text, values, actors.SUPPLIER)
        if not asked:
            words = recorded.env._("Read the declaration of the group's own company and verify it")
            recorded._remind_engineer(VERIFY, words)
        recorded._warn_where_made(product.sudo(), buyer)


class RcepSupplierDeclaration(models.Model):
    _inherit = "rcep.supplier.declaration"

    statement_id = fields.Many2one(
        "rcep.origin.statement", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        help="Of a company of this database.",
    )  # fmt: skip

    def action_verify(self):
        """Nothing is verified by which a good would prove itself."""
        statements = self.env["rcep.origin.statement"].sudo()  # the other company's; told is that it is in a circle
        for declaration in self.filtered("statement_sha256"):
            if circle := statements.search([("sha256", "=", declaration.statement_sha256)])._why_circle():
                raise UserError(circle)
        return super().action_verify()

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
