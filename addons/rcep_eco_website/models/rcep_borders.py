"""The borders of the website: the public page, and what the platform reads and sends here."""

from odoo import api, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.models.border.rcep_borders import members_of
from odoo.addons.rcep_eco.values.borders import Border, fields_of

from .rcep_platform import PARTS

GOODS = "/eco/goods"  # which of them originate
DOMAIN = "/.well-known/rcep-eco/domain.json"  # whose websites are ours

FACTS = (
    "certificate_no issued_on issued_local paper_original valid_until exporter exporter_zh importing_party "
    "issuer_check_url goods.number goods.hs6 goods.description goods.description_zh goods.quantity goods.criterion "
    "goods.origin originals.number originals.issued_on originals.issued_in originals.origin"
)
SHOWN = "goods.name goods.hs6 goods.criterion goods.origin"  # of goods that originate
PROOF = (
    "certificate_id certificate_no client_ref revision state issued_on importing_party parts goods.number goods.hs6 "
    "goods.description goods.rule goods.criterion goods.modifiers goods.rvc goods.origin goods.origin_mark "
    "goods.dossier_sha256"
)


class RcepBorders(models.AbstractModel):
    _inherit = "rcep.borders"

    @api.model
    def _borders(self):
        return super()._borders() | {
            "public": Border(
                addresses=("/eco",),
                pages={
                    "rcep_eco_website.verification_page": {},
                    "rcep_eco_website.verification_form": {},
                    "rcep_eco_website.verifier": {},
                    "rcep_eco_website.widget_frame": {},
                },
                leaves=frozenset({"facts", "block", "state", "said", "checked", "certificate_no", "invoice_no",
                                  "sites", "problem", "action", "brand", "heading", "tag", "data", "inline", "shell",
                                  "elsewhere", "own_page", "sha256", "would_read", "spoken", *FACTS.split()}),
                enters=frozenset({"certificate_no", "invoice_no"})
                | fields_of("rcep.scan", "country_id city device language"),
                counted=("rcep.scan", "seen_at", []),
            ),
            "goods": Border(
                addresses=(GOODS,),
                pages={"rcep_eco_website.goods_page": {}},
                leaves=frozenset({"goods", "notes", "brand", "heading", "tag", "shell", *SHOWN.split()}),
            ),
            "own_sites": Border(
                addresses=(DOMAIN,), leaves=fields_of("res.company", "rcep_uscc rcep_own_sites") | {"address"},
            ),
            "platform_reads": Border(
                addresses=("/rcep/platform",),
                leaves=frozenset({*PROOF.split(), *(f"goods.{part}" for part in PARTS)}),
                enters=frozenset(members_of(link.event.Event)),
                counted=("rcep.data.read", "create_date", []), company="certificate_id.company_id",
            ),
        }  # fmt: skip

    @api.model
    def _words(self):
        return super()._words() | {
            "public": (
                self.env._("Anybody, on the public page"),
                self.env._("The address in the QR code, or the certificate's number with an invoice's (Art. 3.17.7)"),
            ),
            "goods": (
                self.env._("Anybody, which goods originate"),
                self.env._("Goods that were chosen for the website, while their verdict of today is: it originates"),
            ),
            "own_sites": (
                self.env._("Anybody, whose websites are ours"),
                self.env._("They are public: a website's own file says the other half"),
            ),
            "platform_reads": (
                self.env._("The issuing body's platform, reading here"),
                self.env._("A signed question; parts of the proof that the connection grants"),
            ),
        }

    @api.model
    def _value_words(self):
        return super()._value_words() | {
            "address": self.env._("our public address"),
            "block": self.env._("the same, to be copied"),
            "state": self.env._("state"),
            "data": self.env._("public keys and the firm's name"),
            "inline": self.env._("the verifier itself"),
            "shell": self.env._("the verifier itself"),
            "sha256": self.env._("hash of the verifier"),
            "would_read": self.env._("state"),
            "said": self.env._("state"),
            "checked": self.env._("when it was last published"),
            "problem": self.env._("that it is not published, or that there were too many tries"),
            "action": self.env._("the form's own address"),
            "brand": self.env._("name, logo and website of the certificate's company"),
            "elsewhere": self.env._("whose website it is, where it is not the exporter's"),
            "own_page": self.env._("address of the public page"),
            "sites": self.env._("the company's websites"),
            "goods": self.env._("name, HS code, criterion and country of origin of each good"),
            "notes": self.env._("the day of the verdict and the importing Parties"),
            "heading": self.env._("title of the page"),
            "tag": self.env._("language of the page"),
            "spoken": self.env._("the language asked for"),
        }
