"""A proof of origin that came with goods, from a supplier or a foreign exporter: what it says, who checked it where.

It counts for nothing until somebody has looked it up with its issuer and found the same there. What it says is then
fixed; a wrong copy is cancelled and entered anew. Its file is known by its hash from then on.
"""

import base64
import hashlib

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError, ValidationError

from ..states import received_states

KINDS = [
    ("certificate", "Certificate of origin"),
    ("back_to_back", "Back-to-back certificate"),
    ("declaration", "Declaration of origin"),
]
# Under which agreement it was issued: only RCEP's carries a back-to-back certificate of RCEP (Art. 3.19).
AGREEMENTS = [("RCEP", "RCEP"), ("ACFTA", "ACFTA (Form E)"), ("other", "Another one")]
# What its issuer's page, or the issuer itself, was found to say of it.
OUTCOMES = [
    ("same", "Valid, and says the same"),
    ("differs", "Says something else"),
    ("unknown", "Not known there"),
    ("cancelled", "Cancelled there"),
]
CONTENT = frozenset({
    "name", "kind", "agreement", "partner_id", "party_id", "importing_party_id", "exporter_code", "issued_on",
    "valid_until", "document", "document_name", "looked_up_at", "outcome", "line_ids",
})  # fmt: skip
MOVED = frozenset({"state", "company_id", "checked_by_id", "checked_on", "cancelled_reason", "document_sha256"})


class RcepReceivedCertificate(models.Model):
    _name = "rcep.received.certificate"
    _description = "Certificate received"
    _inherit = ["rcep.moves.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "valid_until desc, id desc"
    _moves = received_states.MOVES
    _moved = MOVED
    _set_at_creation = frozenset({"company_id"})
    _initial_values = {"state": "draft"}

    name = fields.Char("Number", required=True, tracking=True, help="As the original says it.")
    state = fields.Selection(
        received_states.STATES, required=True, readonly=True, default="draft", copy=False, tracking=True
    )
    kind = fields.Selection(KINDS, required=True, default="certificate")
    agreement = fields.Selection(AGREEMENTS, required=True, default="RCEP", help="As the head of the original says it.")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner", "Received from", required=True, index=True, help="The supplier, or the exporter whom it names."
    )
    party_id = fields.Many2one(
        "rcep.party", "Issued in", required=True, ondelete="restrict", help="The Party whose issuing body issued it."
    )
    importing_party_id = fields.Many2one(
        "rcep.party", "Issued for import into", required=True, ondelete="restrict",
        default=lambda self: self.env["rcep.party"]._of_country(self.env.company.country_id),
        help="The importing Party that the original names: ours, where goods are to go on back-to-back.",
    )  # fmt: skip
    exporter_code = fields.Char(
        "Approved exporter's code", help="Of a declaration of origin: the authorisation of its maker (Art. 3.18)."
    )
    issued_on = fields.Date(required=True)
    valid_until = fields.Date(required=True, tracking=True, help="Its last day: a year after its issue at most.")
    document = fields.Binary("Original", attachment=True, copy=False)
    document_name = fields.Char("File", copy=False)
    document_sha256 = fields.Char("SHA-256 of the file", readonly=True, copy=False, help="Of the one that was checked.")
    looked_up_at = fields.Char(
        "Looked up at", tracking=True, help="The address of its issuer's page, or how else the issuer was asked."
    )
    outcome = fields.Selection(OUTCOMES, "What was found", copy=False, tracking=True)
    checked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    checked_on = fields.Datetime(readonly=True, copy=False)
    cancelled_reason = fields.Char("Why it does not count", readonly=True, copy=False, tracking=True)
    line_ids = fields.One2many("rcep.received.certificate.line", "certificate_id", "Goods", copy=True)

    _number_unique = models.UniqueIndex(
        "(company_id, party_id, name) WHERE state != 'cancelled'", "A certificate of this number is here already."
    )
    _days_in_order = models.Constraint("CHECK(issued_on <= valid_until)", "A certificate ends before it was issued.")

    # --- CRUD --------------------------------------------------------------------------------------------
    def write(self, vals):
        self._check_moved(vals)
        if vals.keys() & CONTENT:
            self._check_editable()
        return super().write(vals)

    def _check_editable(self):
        for record in self.filtered(lambda each: each.state != received_states.EDITABLE):
            words = record.env._(
                "Certificate %(name)s is %(state)s, and what it says is fixed: cancel it, and enter it anew."
            )
            raise UserError(words % {"name": record.name, "state": record._state_name()})

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for record in self.filtered(lambda each: each.state != received_states.EDITABLE):
            raise UserError(self.env._("Certificate %s was relied on or judged: it is kept.", record.name))

    @api.constrains("issued_on", "valid_until")
    def _check_validity(self):
        for record in self:
            last = record.issued_on + relativedelta(years=received_states.VALIDITY_YEARS)
            if record.valid_until > last:
                words = record.env._(
                    "Certificate %(name)s ends on %(last)s at the latest, a year after its issue (Art. 3.16)."
                )
                raise ValidationError(words % {"name": record.name, "last": last})

    # --- steps -------------------------------------------------------------------------------------------
    def action_check(self):
        """Somebody has looked it up with its issuer: from now on it counts, and says what it says."""
        self.check_access("write")
        for record in self:
            lacking = record._lacking()
            if lacking:
                raise UserError(lacking)
            record._move(
                "checked",
                checked_by_id=self.env.user.id,
                checked_on=fields.Datetime.now(),
                document_sha256=record._file_hash(),
            )
        return True

    def _file_hash(self):
        """The hash of its file as it is kept now; an empty text where there is none."""
        kept = self.with_context(bin_size=False).document
        return hashlib.sha256(base64.b64decode(kept)).hexdigest() if kept else ""

    def _lacking(self):
        """What keeps it from counting, in one sentence."""
        if not self.document:
            return self.env._("Certificate %s has no file: upload the original.", self.name)
        if not self.line_ids:
            return self.env._("Certificate %s names no goods: enter its items.", self.name)
        if self.kind == "declaration" and not self.exporter_code:
            return self.env._("Declaration %s lacks the approved exporter's code (Art. 3.18).", self.name)
        return self._why_not_looked_up() or self._why_not_today()

    def _why_not_looked_up(self):
        if not (self.looked_up_at and self.outcome):
            return self.env._("Certificate %s was not looked up: enter at which page, and what was found.", self.name)
        if self.outcome != "same":
            found = dict(self._fields["outcome"]._description_selection(self.env))[self.outcome]
            words = self.env._("Certificate %(name)s does not count, for its issuer's word on it is “%(found)s”.")
            return words % {"name": self.name, "found": found}
        return ""

    def _why_not_today(self):
        if self.issued_on <= amounts.today() <= self.valid_until:
            return ""
        words = self.env._("Certificate %(name)s holds from %(first)s to %(last)s: today it does not.")
        return words % {"name": self.name, "first": self.issued_on, "last": self.valid_until}

    def action_cancel(self):
        """Its issuer cancelled it, or the copy is wrong: it counts no more."""
        self.check_access("write")
        for record in self:
            found = record.outcome and dict(self._fields["outcome"]._description_selection(self.env))[record.outcome]
            record._move("cancelled", cancelled_reason=found or self.env._("Entered wrongly"))
            record._counts_no_more()
        return True

    def _counts_no_more(self):
        """Hook: what rests on it is told."""

    @api.model
    def _cron_calendar(self):
        """Once a day: end what is over."""
        over = [("state", "in", ("draft", "checked")), ("valid_until", "<", amounts.today())]
        for record in self.search(over):
            record._move("expired", "calendar")
