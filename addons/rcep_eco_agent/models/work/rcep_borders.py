"""The border between a principal and its agents: what the portal shows them, and what they fill in."""

from odoo import api, models
from odoo.addons.rcep_eco.values.borders import Border, fields_of

CERTIFICATE, LINE, AUTHORITY = "rcep.certificate", "rcep.certificate.line", "rcep.authorisation"
REQUEST, DECLARATION = "rcep.declaration.request", "rcep.supplier.declaration"
FILLED = "departure_date means vessel port_loading port_discharge remarks"
OF_LINE = "marks packages_count packages_kind gross_weight"


class RcepBorders(models.AbstractModel):
    _inherit = "rcep.borders"

    @api.model
    def _borders(self):
        return super()._borders() | {
            "agent": Border(
                addresses=("/my/eco",),
                pages={
                    "rcep_eco_agent.portal_worklist": {
                        "authority": AUTHORITY, "over": AUTHORITY, "certificate": CERTIFICATE,
                        "invoice": "account.move",
                    },
                    "rcep_eco_agent.portal_requests": {"authority": AUTHORITY, "asked": REQUEST},
                    "rcep_eco_agent.portal_request": {"authority": AUTHORITY, "asked": REQUEST, "good": DECLARATION},
                    "rcep_eco_agent.portal_certificate": {
                        "authority": AUTHORITY, "certificate": CERTIFICATE, "papers": "rcep.certificate.attachment",
                        "line": LINE,
                    },
                },
                leaves=frozenset({"res.company.name", "res.partner.name", "res.partner.commercial_partner_id", "work",
                                  "rcep.party.display_name", "kinds", "may_fill", "may_submit", "means", "requests",
                                  "returned", "uploads"})
                | fields_of(AUTHORITY, "_why_over() _headline() company_id id may_prepare may_submit")
                | fields_of(CERTIFICATE, f"{FILLED} _goods() certificate_no id importing_party_id invoice_numbers name")
                | fields_of(CERTIFICATE, "is_specimen partner_id state takes_attachments")
                | fields_of("account.move", "id invoice_date name partner_id")
                | fields_of(REQUEST, "asked_on expires_on id mail_problem open_ids partner_id reminders")
                | frozenset({f"{DECLARATION}.product_id", "product.product.display_name"})
                | fields_of("rcep.certificate.attachment", "name state")
                | fields_of(LINE, f"{OF_LINE} id number description hs6 verdict"),
                enters=fields_of(CERTIFICATE, FILLED) | fields_of(LINE, OF_LINE)
                | fields_of("rcep.certificate.attachment", "kind name content") | {"suppliers_paper"},
                counted=("rcep.authorised.act", "create_date", []),
            ),
        }  # fmt: skip

    @api.model
    def _words(self):
        return super()._words() | {
            "agent": (
                self.env._("Agents, in the portal"),
                self.env._("An authority that a signer brought into force, within its days, markets, goods and value"),
            ),
        }

    @api.model
    def _value_words(self):
        return super()._value_words() | {
            f"{AUTHORITY}._why_over()": self.env._("why the authority is over"),
            f"{AUTHORITY}._headline()": self.env._("what the authority allows"),
            f"{CERTIFICATE}._goods()": self.env._("goods"),
            "work": self.env._("what is to be done, and until when"),
            "kinds": self.env._("possible answers"),
            "means": self.env._("possible answers"),
            "uploads": self.env._("possible answers"),
            "may_fill": self.env._("what the authority allows"),
            "may_submit": self.env._("what the authority allows"),
            "suppliers_paper": self.env._("papers that suppliers gave the agent"),
            "requests": self.env._("declarations that suppliers owe"),
            "returned": self.env._("why the issuing body sent it back"),
        }
