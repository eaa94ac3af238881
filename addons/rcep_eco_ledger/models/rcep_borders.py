"""The border of shares: what whoever has the address of one sees."""

from odoo import api, models
from odoo.addons.rcep_eco.values.borders import Border, fields_of

SHOWN = (
    "number certificate_no state is_withdrawn stands withdrawn_on exporter exporter_zh buyer given_on issued_on "
    "valid_until goods.number goods.hs6 goods.description goods.description_zh goods.quantity goods.unit goods.origin"
)


RECEIVED, ITEM = "rcep.received.certificate", "rcep.received.certificate.line"
READ = "number hs6 description criterion uses_acu uses_dmi origin_party_id origin_mark quantity"


class RcepBorders(models.AbstractModel):
    _inherit = "rcep.borders"

    @api.model
    def _borders(self):
        return super()._borders() | {
            "shares": Border(
                addresses=("/rcep/share/",),
                pages={"rcep_eco_ledger.share_page": {}, "rcep_eco_ledger.share_dead": {}},
                leaves=frozenset({"shown", *SHOWN.split()}),
                counted=("rcep.share", "given_on", []),
            ),
            "received": Border(
                leaves=fields_of(RECEIVED, "looked_up_at"),
                enters=fields_of(RECEIVED, "name issued_on valid_until importing_party_id") | fields_of(ITEM, READ),
            ),
        }

    @api.model
    def _words(self):
        return super()._words() | {
            "shares": (
                self.env._("Buyers of a part of the goods of a certificate, and whom they show it"),
                self.env._("A link for one share; whoever gave the share can withdraw it"),
            ),
            "received": (
                self.env._("Websites of firms whose certificates came with goods"),
                self.env._("The page behind a certificate's code, on the website that stands on the firm's contact"),
            ),
        }

    @api.model
    def _value_words(self):
        return super()._value_words() | {"shown": self.env._("one share, without the others")}
