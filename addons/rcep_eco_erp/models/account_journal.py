"""The journal of invoices that are in another ERP's books: here they carry certificates, and are worth nothing.

Its invoices are booked between two accounts of its own that nothing else uses: no sales, no tax, no trade receivable.
"""

from odoo import api, fields, models
from odoo.addons.rcep_eco.tools import languages

LAST = 1000  # no invoice that a person makes is proposed to be in it
CODES = ("XERP", "XERP1", "XERP2", "XERP3")
ACCOUNT = "199900"


class AccountJournal(models.Model):
    _inherit = "account.journal"

    rcep_is_of_erp = fields.Boolean("Of another ERP", readonly=True, copy=False)
    rcep_receivable_id = fields.Many2one(
        "account.account", "Beside it", readonly=True, copy=False, check_company=True,
        help="What the customer owes stands here, and not among what the firm has to receive.",
    )  # fmt: skip

    @api.model
    def _rcep_of_erp_if_any(self, company):
        """The journal of a company's invoices of another ERP; empty before the first of them came."""
        ours = [("rcep_is_of_erp", "=", True), ("company_id", "=", company.id)]
        return self.with_context(active_test=False).search(ours, limit=1)

    @api.model
    def _rcep_of_erp(self, company):
        """The same, made when the first of them comes."""
        found = self._rcep_of_erp_if_any(company)
        if found:
            return found
        journal = self._rcep_make_of_erp(company)
        for lang in languages.others(self.env, self.env.lang):  # a program's call has no language of its people
            theirs = journal.with_context(lang=lang)
            theirs.name = theirs.rcep_receivable_id.name = theirs._rcep_name_of_erp()
            theirs.default_account_id.name = theirs._rcep_name_of_other_side()
        return journal

    def _rcep_name_of_erp(self):
        return self.env._("Invoices of another ERP")

    def _rcep_name_of_other_side(self):
        return self.env._("Invoices of another ERP, other side")

    def _rcep_make_of_erp(self, company):
        accounts = self.env["account.account"].with_company(company)
        owed, against = (
            accounts.create({
                "name": name,
                "code": accounts._search_new_account_code(ACCOUNT),
                "account_type": kind,
                "company_ids": [fields.Command.set(company.ids)],
                "non_trade": True,
                "reconcile": kind == "asset_receivable",
            })
            for name, kind in (
                (self._rcep_name_of_erp(), "asset_receivable"),
                (self._rcep_name_of_other_side(), "asset_current"),
            )
        )  # fmt: skip
        taken = self.with_context(active_test=False).search([("company_id", "=", company.id)]).mapped("code")
        return self.create({
            "name": self._rcep_name_of_erp(),
            "code": next(code for code in CODES if code not in taken),
            "type": "sale",
            "company_id": company.id,
            "default_account_id": against.id,
            "rcep_receivable_id": owed.id,
            "rcep_is_of_erp": True,
            "show_on_dashboard": False,
            "sequence": LAST,
        })  # fmt: skip
