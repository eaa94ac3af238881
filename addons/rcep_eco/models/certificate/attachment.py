"""Papers that go with an application, where its platform takes them: each travels as a message of its own.

A paper is of the number under which the certificate is applied for. It leaves once the application has arrived, and
once more where that is applied for under another number.
"""

import base64
import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ... import groups, link
from ...states import actors, attachment_states
from ...texts import coded_messages
from ...values import amounts

KINDS = [
    ("invoice", "Commercial invoice"),
    ("third_party_invoice", "Third party's invoice"),
    ("transport", "Transport document"),
    ("customs_declaration", "Export declaration"),
    ("cost_statement", "Cost statement"),
    ("purchase", "Purchase document"),
    ("original", "Original certificate"),
    ("other", "Other"),
]
BEFORE_DECISION = ("draft", "ready", "submitted", "under_review", "returned")


class RcepCertificateAttachment(models.Model):
    _name = "rcep.certificate.attachment"
    _description = "Attachment to an application"
    _inherit = "rcep.moves.mixin"
    _order = "id"
    _moves = attachment_states.MOVES
    _moved = frozenset(
        {"certificate_id", "state", "client_ref", "revision", "sent_as", "reported_at", "rejected_coded"}
    )
    _set_at_creation = frozenset({"certificate_id"})
    _initial_values = {"state": "not_sent"}

    certificate_id = fields.Many2one("rcep.certificate", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="certificate_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True, default="invoice")
    name = fields.Char("File name", required=True, help="Without spaces: they become underscores.")
    content = fields.Binary("File", required=True, attachment=False, help="PDF, picture, Word or Excel, at most 5 MB.")
    state = fields.Selection(attachment_states.STATES, required=True, readonly=True, default="not_sent")
    client_ref = fields.Char("Name of its message's file", readonly=True, copy=False)
    revision = fields.Integer("Times sent", readonly=True)
    sent_as = fields.Char("Sent for the number", readonly=True)
    reported_at = fields.Datetime("Reported on", readonly=True)
    rejected_coded = fields.Json("Why it was rejected, by code", readonly=True)
    rejected_text = coded_messages.translated_field("rejected_coded", "Why it was rejected")
    message_line_ids = fields.One2many("rcep.platform.message", "attachment_id", "Messages")

    _name_unique = models.Constraint(
        "UNIQUE(certificate_id, name)", "An attachment of this name is there already: give this one another name."
    )

    # --- CRUD --------------------------------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            values["name"] = link.attachment.file_name(values.get("name") or "")
        attachments = super().create(vals_list)
        for attachment in attachments:
            attachment._write_moved(client_ref=str(uuid.uuid4()))
            attachment._check_takes_attachments()
        return attachments

    def write(self, vals):
        if vals.keys() & {"kind", "name", "content"}:
            for attachment in self:
                attachment._check_may_change()
            self.filtered(lambda each: each.state == "rejected")._move("not_sent")  # it is mended
        if vals.get("name"):
            vals = {**vals, "name": link.attachment.file_name(vals["name"])}
        return super().write(vals)

    @api.constrains("kind", "name", "content")
    def _check_paper(self):
        for attachment in self:
            wrong = [
                coded_messages.translated(self.env, each.coded) for each in link.attachment.broken(attachment._paper())
            ]
            if wrong:
                raise ValidationError("\n".join(wrong))

    @api.ondelete(at_uninstall=False)
    def _unlink_not_sent(self):
        for attachment in self.filtered("revision"):
            raise UserError(self.env._("“%s” was sent to the issuing office: it is kept.", attachment.name))

    def _check_may_change(self):
        if self.state not in attachment_states.EDITABLE:
            raise UserError(
                self.env._("“%s” was sent to the issuing office and cannot be changed: add another.", self.name)
            )

    def _check_takes_attachments(self):
        certificate = self.certificate_id
        if not certificate.takes_attachments:
            raise UserError(
                self.env._(
                    "Nothing can be attached to certificate %s: its platform takes no attachments, or it is decided.",
                    certificate.name,
                )
            )
        if len(certificate.attachment_line_ids) > link.attachment.MOST:
            raise UserError(self.env._("An application takes at most %s attachments.", link.attachment.MOST))

    # --- out ---------------------------------------------------------------------------------------------
    def _paper(self):
        content = base64.b64decode(self.with_context(bin_size=False).content or b"")
        return link.attachment.Attachment(kind=self.kind, name=self.name, content=content)

    def _is_to_send(self, number):
        """Whether it has to leave for a number: it never did as it is now, or for another one."""
        return self.state == "not_sent" or self.sent_as != number

    def _sent_last(self):
        """Its message as it is now."""
        return self.message_line_ids.filtered(lambda each: each.revision == self.revision)[:1]

    def _queue(self, platform, application, filer):
        """Put its message into the outbox."""
        body = platform._profile().attachment_body(application, filer, self._paper())
        self._move(
            "sent", actors.OUTBOX, revision=self.revision + 1, sent_as=filer.number, reported_at=False,
            rejected_coded=False,
        )  # fmt: skip
        self.env["rcep.platform.message"]._put(platform, "attachment", body, attachment=self)

    # --- what came of it ---------------------------------------------------------------------------------
    def _apply(self, _outcome):
        """It arrived; what the office says of it comes later."""

    def _not_delivered(self, message, coded):
        """The single window's client did not take its file: whoever signed gets the task.

        :param coded: as :func:`coded_messages.stored` gives it
        """
        if message.revision == self.revision and self.state == "sent":
            self._reject(coded)

    def _take_back(self, message):
        """Its message must not leave any more, so it has not been sent."""
        if message.revision == self.revision and self.state == "sent":
            self._move("not_sent", actors.OUTBOX)

    def _take_receipt(self, receipt):
        """What the office says of it (:class:`link.event.AttachmentReceipt`).

        :return: ``applied``, ``kept`` where it is no newer than what is known, ``not_taken`` where it was never sent
        """
        self.certificate_id._lock()
        moment = amounts.utc(receipt.occurred_at)
        if self.reported_at and moment < self.reported_at:
            return "kept"
        left = self._sent_last()._left_at()
        if not left or self.state == "not_sent":
            return "not_taken"
        if self.revision > 1 and moment < left:
            return "kept"  # of what was sent before it was mended
        self.message_line_ids._note_arrived()
        if receipt.accepted:
            self._move_or_update("accepted", actors.PLATFORM, reported_at=moment, rejected_coded=False)
        else:
            self._reject(coded_messages.stored(receipt.text or coded_messages.CodedMessage("no_reason")), moment)
        return "applied"

    def _reject(self, message, moment=False):
        self._move_or_update("rejected", actors.PLATFORM, reported_at=moment, rejected_coded=message)
        theirs = self.certificate_id._theirs()
        theirs.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=theirs.env._("An attachment was rejected"),
            note=coded_messages.as_html(f"{self.name}: {coded_messages.translated_lines(theirs.env, message)}"),
            user_id=theirs._responsible().id,
        )


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    attachment_line_ids = fields.One2many("rcep.certificate.attachment", "certificate_id", "Attachments")
    takes_attachments = fields.Boolean(compute="_compute_takes_attachments", help="Its platform takes papers with it.")
    has_unsent_attachments = fields.Boolean(compute="_compute_takes_attachments")

    @api.depends("state", "company_id", "attachment_line_ids.state")
    def _compute_takes_attachments(self):
        platforms = self.env["rcep.platform"].sudo()  # only what its profile offers
        found = platforms.search([("company_id", "in", self.company_id.ids)])
        taking = found.filtered(lambda each: each._offers("attachment")).company_id
        for certificate in self:
            certificate.takes_attachments = certificate.company_id in taking and certificate.state in BEFORE_DECISION
            waiting = certificate.attachment_line_ids.filtered(lambda each: each.state == "not_sent")
            certificate.has_unsent_attachments = bool(waiting) and certificate.state in attachment_states.AT_OFFICE

    def action_send_attachments(self):
        """Send what was added or mended since the application was sent."""
        self.check_access("write")
        self.ensure_one()
        self._lock()
        if self.state not in attachment_states.AT_OFFICE:
            raise UserError(self._not_from_here())
        self._check_is_one_of([groups.SIGNER])
        platform = self._get_platform()
        if not platform._offers("attachment"):
            raise UserError(self.env._("The platform of certificate %s takes no attachments.", self.name))
        if self.environment != platform.environment or not self.application_no:
            raise UserError(
                self.env._(
                    "Certificate %s was applied for over another connection: its attachments do not go over this one.",
                    self.name,
                )
            )
        whole = self.sudo()  # its messages are the system's; what it was sent as stands on the certificate
        whole._queue_attachments(platform, whole._application(), whole._filer_of(platform, self.application_no))
        return True

    def _queue_attachments(self, platform, application, filer):
        """Put the messages of all attachments that the office has not under this number into the outbox."""
        for attachment in self.attachment_line_ids:
            if attachment._is_to_send(filer.number):
                attachment._queue(platform, application, filer)
