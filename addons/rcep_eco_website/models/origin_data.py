"""The structured proof of a certificate, for the issuing body's platform: no cost, no price, no supplier.

It is read out of the dossier that was sealed with each good, so what is proven is what was applied for. Values are
told as shares of the FOB value only, in per cent with two decimals.
"""

import json
from decimal import ROUND_HALF_UP, Decimal

from odoo import api, fields, models
from odoo.addons.rcep_eco.values import amounts

HUNDREDTH = Decimal("0.01")
MATERIALS, SHARES, PROCESSES, INVOICES = PARTS = ("materials", "shares", "processes", "invoices")
# What is known of a certificate there once it was issued; before that, nobody can ask by its identity.
PROVEN = ("issued", "cancelled", "replaced")


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    @api.model
    def _of_platform(self, platforms, certificate_ref):
        """The certificate that one of these connections was given under this identity."""
        domain = [("certificate_ref", "=", certificate_ref), ("state", "in", PROVEN)]
        found = self.search([*domain, ("company_id", "in", platforms.company_id.ids)])
        places = {platform.company_id: platform.environment for platform in platforms}
        return found.filtered(lambda each: each.environment == places[each.company_id])[:1]

    def _origin_data(self, parts):
        """
        :param parts: those of :data:`PARTS` that may be told
        """
        self.ensure_one()
        return {
            "certificate_id": self.certificate_ref,
            "certificate_no": self.certificate_no,
            "client_ref": self.client_ref,
            "revision": self.revision,
            "state": self.state,
            "issued_on": fields.Date.to_string(self._issued_on()),
            "importing_party": self._application().importing_party,
            "parts": [part for part in PARTS if part in parts],
            "goods": self._goods_data(parts),
        }

    def _goods_data(self, parts):
        """Each good as it was approved, proved by the dossier that was sealed with it."""
        application = self._application()
        invoices = {invoice.number: invoice for invoice in application.invoices}
        lines = {line.dossier_sha256: line for line in self.line_ids}
        return [
            lines[item.dossier_sha256]._origin_data(parts, item, invoices.get(item.invoice_number))
            for item in application.items
        ]


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _origin_data(self, parts, item, invoice):
        """
        :param item: :class:`link.application.Item` of this good, as it was approved
        :param invoice: :class:`link.application.Invoice` on which it stands
        """
        dossier = json.loads(self.dossier) if self.dossier else {}
        case = dossier.get("case", {})
        values = {
            "number": item.number,
            "hs6": item.hs6,
            "description": item.description,
            "rule": self.rule or "",
            "criterion": item.criterion,
            "modifiers": " ".join(item.modifiers),
            "rvc": self.rvc or None,
            "origin": item.origin_country,
            "origin_mark": item.origin_mark,
            "dossier_sha256": item.dossier_sha256,
        }
        if MATERIALS in parts:
            fob = Decimal(case.get("good", {}).get("fob") or 0) if SHARES in parts else None
            # Whoever may be told of a certificate may be told of the parts in it; the store itself is nobody's.
            fetch = self.env["rcep.dossier"].sudo()._fetch
            values["materials"] = [_material(each, fob, fetch) for each in case.get("materials", ())]
        if PROCESSES in parts:
            values["processes"] = [dict(each) for each in case.get("processes", ())]
        if INVOICES in parts:
            values["invoice"] = {
                "number": invoice.number,
                "date": invoice.date.isoformat(),
                "quantity": amounts.text(item.quantity),
                "unit": item.unit,
            }
        return values


def _material(material, fob, fetch, times=Decimal(1)):
    """
    :param fetch: function of a hash that gives the dossier of an intermediate
    :param times: how much of the material's value counts in the good
    """
    made = material.get("self_produced") or {}
    values = {
        "name": material.get("name", ""),
        "hs": material.get("hs") or "",
        "origin": material.get("origin") or "",
        "originating": material.get("originating"),
        "role": material.get("role", "material"),
    }
    if fob and material.get("value") is not None:
        share = Decimal(material["value"]) * times / fob * 100
        values["share"] = str(share.quantize(HUNDREDTH, ROUND_HALF_UP))
    inside = made.get("materials") or ()
    if made.get("dossier_sha256"):
        part = fetch(made["dossier_sha256"]) or {}
        inside = part.get("case", {}).get("materials", ())
        times = times * Decimal(made["times"]) * Decimal(made.get("share") or 1)
    if inside:
        values["made_of"] = [_material(each, fob, fetch, times) for each in inside]
    return values
