"""The code that proves itself: made when a certificate is issued and at each change of its state, with the firm's key.

It stands behind ``#`` in the QR code of our own print, where no server sees it. The signature is the exporter's, not
the issuing body's.
"""

import base64
import datetime

from odoo import api, fields, models
from odoo.addons.rcep_eco.values import amounts, qr_code

from .. import proof
from ..proof.claims import digest_of

LARGEST = 13  # version of a code with a proof: 0.33 mm a module in a print of 25 mm
STATES = tuple(proof.status_list.CODES)


class RcepVerification(models.Model):
    _inherit = "rcep.verification"

    proof = fields.Char(readonly=True, help="Digits behind # in the QR code: what the exporter's key has signed.")
    proof_basis = fields.Char(readonly=True, help="What the proof is of: it is made anew only where that changes.")
    key_id = fields.Many2one("rcep.signing.key", "Signed with", readonly=True, index=True)

    def _sign_published(self):
        """Sign what has just been published, and the list where something ended."""
        self._prove()
        ended = self.filtered(lambda record: record.certificate_id.state in STATES)
        ended.company_id._rcep_make_status_list()

    @api.model
    def _home(self):
        """The address of the site that is asked now: that of its company."""
        website = self.env["website"].get_current_website().sudo()  # its company is no secret
        return website.company_id._rcep_base_url()

    def _prove(self):
        """Sign what is public of each; without a key that can, or where nothing is public, there is no proof."""
        # A public page is made by whoever moves the certificate, who may not use a key.
        keys = self.env["rcep.signing.key"].sudo()
        key_of = {company: keys._current(company)._able() for company in self.company_id}
        for record in self:
            key = key_of[record.company_id]
            basis = f"{key.name} {record.certificate_id.state} {digest_of(record._proved()).hex()}" if key else False
            if not record.state or not basis:
                record.write({"proof": False, "proof_basis": False, "key_id": False})
            elif basis != record.proof_basis:
                record.write({"proof": record._proved_by(key), "proof_basis": basis, "key_id": key.id})

    def _proved(self):
        return {"facts": self.facts or {}, "state": self.state or "", "until": str(self.valid_until or "")}

    def _proved_by(self, key):
        """The digits of the fullest claims that fit into the code, or False where not even the least do."""
        for payload in self._claims().payloads():
            message = proof.cose.sign(payload, key._short_id(), key._sign_bytes)
            digits = proof.digits.to_digits(message)
            if qr_code.version(f"{self._url()}#{digits}") <= LARGEST:
                return digits
        return False

    def _claims(self):
        certificate = self.certificate_id
        application, now = certificate._application(), fields.Datetime.now()
        return proof.claims.Claims(
            number=certificate.certificate_no,
            agreement=application.agreement,
            issued_on=certificate._issued_on(),
            valid_until=certificate.valid_until or None,
            exporter=application.exporter.name_en,
            credit_code=application.exporter.uscc,
            importing_party=application.importing_party,
            invoices=tuple(invoice.number for invoice in application.invoices),
            goods=tuple(
                (item.hs6, item.origin_country, amounts.text(item.quantity), item.unit) for item in application.items
            ),
            digest=digest_of(self.facts),
            made_at=now.replace(tzinfo=datetime.timezone.utc),
            revision=certificate.revision,
            specimen=self.state == "specimen",
            index=self.id,
            state=certificate.state if certificate.state in STATES else "",
        )

    def _as_json(self):
        """What machines are told: the state now, and the facts with the digest that the code carries."""
        self.ensure_one()
        digest = base64.urlsafe_b64encode(digest_of(self.facts)).rstrip(b"=").decode()
        checked = f"{self.published_at:%Y-%m-%dT%H:%M:%SZ}"
        ended = self._would_have_ended()
        behind = {"would_read": ended} if ended else {}
        return {"state": self._state_now(), **behind, "checked_at": checked, "digest": digest, "facts": self.facts}


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _qr_text(self):
        url = super()._qr_text()
        digits = url and self.sudo().verification_ids.proof  # whoever prints it may hand it out
        return f"{url}#{digits}" if digits else url


class RcepSigningKey(models.Model):
    _inherit = "rcep.signing.key"

    def _short_id(self):
        """The first bytes of the thumbprint, by which a code names its key."""
        return base64.urlsafe_b64decode(self.name + "=" * (-len(self.name) % 4))[: proof.cose.KEY_ID_BYTES]

    def _in_use(self):
        result = super()._in_use()
        unproved = [("company_id", "in", self.company_id.ids), ("key_id", "=", False)]
        self.env["rcep.verification"].search(unproved)._prove()
        self.company_id._rcep_make_status_list()
        return result

    def _lost(self):
        result = super()._lost()
        self.env["rcep.verification"].search([("key_id", "in", self.ids)])._prove()
        self.company_id._rcep_make_status_list()
        return result


def known_keys(env):
    """What the verifier knows of this server: its address, the published keys, whose they are, the lists, the day.

    For anyone: nothing but what is published stands in it.
    """
    published = env["rcep.signing.key"].sudo()._published()["keys"]  # public halves are for everybody
    base = env["rcep.verification"]._home()
    firms = env["res.company"].sudo().search([("rcep_uscc", "in", [key["sub"] for key in published])])  # names are, too
    names = {firm.rcep_uscc: firm.partner_id._rcep_name() for firm in firms if firm._rcep_base_url() == base}
    keys = [key for key in published if key["sub"] in names]  # another firm's site answers for its own
    lists = {firm.rcep_uscc: firm.rcep_status_list for firm in firms if firm.rcep_uscc in names}
    lists = {code: text for code, text in lists.items() if text}
    return {"base": base, "keys": keys, "names": names, "lists": lists, "day": amounts.today().isoformat()}
