"""The structured proof of a certificate, for the issuing body's platform: no cost, no price, no supplier.

It is read out of the dossier that was sealed with each good, so what is proven is what was applied for. Values are
told as shares of the FOB value only, in per cent with two decimals.
"""

import json
from decimal import ROUND_HALF_UP, Decimal

from odoo import api, fields, models
from odoo.addons.rcep_eco.models import amounts

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
            "importing_party": self.importing_party_id.code,
            "parts": [part for part in PARTS if part in parts],
            "goods": [line._origin_data(parts) for line in self.line_ids],
        }


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _origin_data(self, parts):
        dossier = json.loads(self.dossier) if self.dossier else {}
        case = dossier.get("case", {})
        told = {
            "number": self.number,
            "hs6": self.hs6,
            "description": self.description,
            "rule": self.rule or "",
            "criterion": self.criterion,
            "modifiers": self.modifiers or "",
            "rvc": self.rvc or None,
            "origin": self.origin_party_id.code or "",
            "dossier_sha256": self.dossier_sha256,
        }
        if MATERIALS in parts:
            fob = Decimal(case.get("good", {}).get("fob") or 0) if SHARES in parts else None
            # Whoever may be told of a certificate may be told of the parts in it; the store itself is nobody's.
            fetch = self.env["rcep.dossier"].sudo()._fetch
            told["materials"] = [_material(each, fob, fetch) for each in case.get("materials", ())]
        if PROCESSES in parts:
            told["processes"] = [dict(each) for each in case.get("processes", ())]
        if INVOICES in parts:
            told["invoice"] = {
                "number": self.invoice_id.name,
                "date": fields.Date.to_string(self.invoice_id.invoice_date),
                "quantity": amounts.text(amounts.exact(self.quantity)),
                "unit": self.unit,
            }
        return told


def _material(material, fob, fetch, times=Decimal(1)):
    """
    :param fetch: function of a hash that gives the dossier of an intermediate
    :param times: how much of the material's value counts in the good
    """
    made = material.get("self_produced") or {}
    told = {
        "name": material.get("name", ""),
        "hs": material.get("hs") or "",
        "origin": material.get("origin") or "",
        "originating": material.get("originating"),
        "role": material.get("role", "material"),
    }
    if fob and material.get("value") is not None:
        share = Decimal(material["value"]) * times / fob * 100
        told["share"] = str(share.quantize(HUNDREDTH, ROUND_HALF_UP))
    inside = made.get("materials") or ()
    if made.get("dossier_sha256"):
        part = fetch(made["dossier_sha256"]) or {}
        inside = part.get("case", {}).get("materials", ())
        times = times * Decimal(made["times"]) * Decimal(made.get("share") or 1)
    if inside:
        told["made_of"] = [_material(each, fob, fetch, times) for each in inside]
    return told
