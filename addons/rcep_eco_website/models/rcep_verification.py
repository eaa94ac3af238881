"""The published record of a certificate: what anyone may know, written at each change, and nothing else.

A page behind a QR code is one indexed read of this record. It never touches invoices, costs or customers.
"""

import hashlib
import hmac
import re
import secrets

from odoo import api, fields, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tools import languages
from odoo.addons.rcep_eco.values import amounts

TOKEN_BYTES = 16  # 128 bits of chance
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
NOBODY = "0" * 64  # compared with where nothing is found, so that it takes as long
TEXTS = ("en", "zh")  # languages in which the page has its texts
CODES = {name: code for code, name in link.form.PARTIES.items()}
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
    valid_until = fields.Date(readonly=True)
    facts = fields.Json(readonly=True, help="What the page shows.")
    invoice_digests = fields.Json(readonly=True, help="Keyed hashes of the invoice numbers, for the form at /eco.")
    published_at = fields.Datetime("Last check", readonly=True)

    _token_unique = models.Constraint("UNIQUE(token)", "This token is in use.")
    _certificate_unique = models.Constraint("UNIQUE(certificate_id)", "This certificate has its page already.")

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
                    "certificate_no": _clean(certificate.certificate_no) if state else False,
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
        return self.search([("token", "=", token), ("state", "!=", False)])

    @api.model
    def _of_numbers(self, certificate_no, invoice_no):
        """The published record of a certificate's number and one of its invoices' numbers; both must match."""
        number = _clean(certificate_no)
        domain = [("certificate_no", "=", number), ("state", "!=", False)]
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
        if self.state == "valid" and self.valid_until and self.valid_until < amounts.today():  # the issuing body's day
            return "expired"
        return self.state

    def _facts_read(self):
        """The facts with their countries in the reader's language: in English as the form has them."""
        self.ensure_one()
        facts = self.facts
        goods = [{**good, "origin": self._origin_read(good["origin"])} for good in facts["goods"]]
        return {**facts, "importing_party": self._country_read(facts["importing_party"]), "goods": goods}

    def _languages(self):
        """The languages in which we have the page, those of the importing Party first, English last."""
        party = self.certificate_id.importing_party_id
        tags = (self.env["rcep.market"]._of_party(party).languages or "").replace("-", "_").split()
        return [tag for tag in tags if tag.startswith(TEXTS)] + [languages.ENGLISH]

    def _copy_block(self, facts):
        """What is typed abroad, to be copied: only what the page shows, and so no invoice."""
        day = facts["issued_on"]
        if facts.get("issued_local"):
            day = f"{day} ({facts['issued_local']})"
        lines = [
            self.env._("Certificate number: %s", facts["certificate_no"]),
            self.env._("Date of issue: %s", day),
            self.env._("Exporting country: %s", "CN"),
        ]
        return "\n".join(lines)

    def _origin_read(self, origin):
        code, *mark = origin.split(" ")
        return " ".join((self._country_read(code), *mark))

    @api.model
    def _country_read(self, message):
        """A country by its code of two letters, or by the English name with which older pages were published."""
        code = CODES.get(message, message)
        if (self.env.lang or "en").startswith("en"):
            return link.form.country_name(code)
        country = self.env["res.country"].sudo().search([("code", "=", code)], limit=1)  # a visitor reads no countries
        return country.name or message

    def _digest(self, invoice_no):
        """Keyed with the page's own token, so that a database which was duplicated answers all the same."""
        self.ensure_one()
        return _keyed(self.token, invoice_no)


def _keyed(key, invoice_no):
    return hmac.new(key.encode(), _clean(invoice_no).encode(), hashlib.sha256).hexdigest()


def _clean(number):
    """A number as people type it: without spaces around and in capitals."""
    return (number or "").strip().upper()
