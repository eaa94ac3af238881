"""The published record of a certificate: what anyone may know, written at each change, and nothing else.

A page behind a QR code is one indexed read of this record. It never touches invoices, costs or customers.
"""

import hashlib
import hmac
import re
import secrets

from odoo import api, fields, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.values import amounts

TOKEN_BYTES = 16  # 128 bits of chance
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
READ = ("token", "state", "would_read", "valid_until", "edition", "company_id", "certificate_id")  # at each look
NOBODY = "0" * 64  # compared with where nothing is found, so that it takes as long
STATES = [
    ("specimen", "Specimen"),
    ("valid", "Valid"),
    ("expired", "Expired"),
    ("cancelled", "Cancelled"),
    ("replaced", "Replaced"),
]


class RcepVerification(models.Model):
    _name = "rcep.verification"
    _description = "Published record of a certificate"
    _rec_name = "certificate_no"

    certificate_id = fields.Many2one("rcep.certificate", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="certificate_id.company_id", store=True, index=True)
    token = fields.Char(
        required=True, readonly=True, copy=False, default=lambda self: secrets.token_urlsafe(TOKEN_BYTES)
    )
    state = fields.Selection(STATES, readonly=True, help="As last published; empty while nothing is public.")
    certificate_no = fields.Char(readonly=True, index=True)
    folded_no = fields.Char(compute="_compute_folded_no", store=True, index=True, help="As people may type it.")
    would_read = fields.Selection(STATES, readonly=True, help="Of a specimen: what would be published otherwise.")
    valid_until = fields.Date(readonly=True)
    facts = fields.Json(readonly=True, help="What the page shows.")
    invoice_digests = fields.Json(readonly=True, help="Keyed hashes of the invoice numbers, for the form at /eco.")
    published_at = fields.Datetime("Last check", readonly=True)
    edition = fields.Char(readonly=True, default=lambda self: _new_edition(), help="Another one at each change.")

    _token_unique = models.Constraint("UNIQUE(token)", "This token is in use.")
    _certificate_unique = models.Constraint("UNIQUE(certificate_id)", "This certificate has its page already.")

    @api.depends("certificate_no")
    def _compute_folded_no(self):
        for record in self:
            record.folded_no = link.plain_text.folded(record.certificate_no or "") or False

    def write(self, vals):
        return super().write({**vals, "edition": _new_edition()})

    def _url(self):
        """The public address of the page, on the website of the certificate's company."""
        self.ensure_one()
        return f"{self.company_id._rcep_base_url()}/eco/{self.token}"

    def _publish(self):
        """Write what is public of each certificate now."""
        for record in self:
            certificate = record.certificate_id
            state = certificate._public_state()
            record.write(
                {
                    "state": state,
                    "would_read": certificate._would_read() if state == "specimen" else False,
                    "certificate_no": (certificate.certificate_no or "").strip().upper() if state else False,
                    "valid_until": certificate.valid_until if state else False,
                    "facts": certificate._public_facts() if state else False,
                    "invoice_digests": [record._digest(number) for number in certificate.invoice_ids.mapped("name")]
                    if state
                    else False,
                    "published_at": fields.Datetime.now(),
                }
            )
        self._sign_published()

    # --- reading, by anyone ------------------------------------------------------------------------------
    @api.model
    def _of_token(self, token):
        """The published record of a token, or an empty record; whether unknown or not public is not told."""
        if not TOKEN.fullmatch(token or ""):
            return self.browse()
        return self.search_fetch([("token", "=", token), ("state", "!=", False)], READ)

    @api.model
    def _of_numbers(self, certificate_no, invoice_no):
        """The published record of a certificate's number and one of its invoices' numbers; both must match."""
        number = link.plain_text.folded(certificate_no)
        domain = [("folded_no", "=", number), ("state", "!=", False)]
        found = self.search(domain) if number else self.browse()  # an empty text would find what has no number
        if not found:
            hmac.compare_digest(_keyed(NOBODY, invoice_no), NOBODY)
        return found.filtered(lambda record: record._has_invoice(invoice_no))[:1]  # two issuing bodies may number alike

    def _has_invoice(self, invoice_no):
        """Whether one of the digests is that; all are compared, so that it takes as long for each."""
        asked = self._digest(invoice_no)
        return sum(hmac.compare_digest(asked, digest) for digest in self.invoice_digests or [NOBODY]) > 0

    def _state_now(self):
        """The state that holds today: what was valid when published may have expired since."""
        self.ensure_one()
        return self._today(self.state)

    def _would_have_ended(self):
        """How a specimen would have ended by now were it none; of one that would hold nothing says that it is valid."""
        state = self._today(self.would_read)
        return state if state != "valid" else False

    def _today(self, published):
        over = self.valid_until and self.valid_until < amounts.today()  # the issuing body's day
        return "expired" if published == "valid" and over else published

    def _digest(self, invoice_no):
        """Keyed with the page's own token, so that a database which was duplicated answers all the same."""
        self.ensure_one()
        return _keyed(self.token, invoice_no)


def _new_edition():
    return secrets.token_hex(8)


def _keyed(key, invoice_no):
    return hmac.new(key.encode(), link.plain_text.folded(invoice_no or "").encode(), hashlib.sha256).hexdigest()
