"""Attachments on their way: their messages in the outbox, and what the office says of them in the inbox."""

import json
from functools import partial

from odoo import api, fields, models
from odoo.tools import mute_logger

from ... import link
from ...states import attachment_states, message_states
from ...texts.coded_messages import CodedMessage
from ...tools.isolated import Result, within_savepoint
from ...values import amounts

WAITS_FOR_APPLICATION = 15  # seconds until a paper looks again whether its application has arrived


class RcepPlatformMessage(models.Model):
    _inherit = "rcep.platform.message"

    attachment_id = fields.Many2one("rcep.certificate.attachment", readonly=True, ondelete="restrict", index=True)

    def _subject(self):
        return self.attachment_id or super()._subject()

    def _certificate(self):
        return self.attachment_id.certificate_id or super()._certificate()

    def _is_overtaken(self):
        """A paper whose application goes back, or goes under another number, does not leave."""
        attachment = self.attachment_id
        if not attachment:
            return super()._is_overtaken()
        if self.state != message_states.SENDABLE:
            return False
        certificate, is_latest = attachment.certificate_id, attachment.revision == self.revision
        is_wanted = (
            certificate.state in (*attachment_states.AT_OFFICE, "issued")
            and attachment.sent_as == certificate.application_no
            and self._application_message().state != "failed"
        )
        if is_latest and not is_wanted:
            attachment._take_back(self)
        return not (is_latest and is_wanted)

    def _to(self, state, **values):
        """Papers leave as soon as their application has arrived."""
        moved = super()._to(state, **values)
        if state == "delivered" and self.kind == "application":
            papers = self.certificate_id.attachment_line_ids.message_line_ids
            waiting = papers.filtered(lambda each: each.state == message_states.SENDABLE)
            if waiting:
                waiting.next_try = fields.Datetime.now()
                self._wake_senders()
        return moved

    def _application_message(self):
        """The message of the application that this paper goes with."""
        sent = self.attachment_id.certificate_id.message_line_ids
        return sent.filtered(lambda each: each.kind == "application")[:1]

    def _stays_here(self):
        """A paper that has not left goes with the next submission."""
        if self.attachment_id and self.state == message_states.SENDABLE:
            self.attachment_id._take_back(self)
        return super()._stays_here()

    def _waits_for_earlier(self):
        """A paper waits for its application to arrive."""
        if not self.attachment_id or self.state != message_states.SENDABLE:
            return super()._waits_for_earlier()
        waits = self._application_message().state in message_states.OPEN
        if waits:
            self._later(seconds=WAITS_FOR_APPLICATION)
        return waits


class RcepPlatformEvent(models.Model):
    _inherit = "rcep.platform.event"

    attachment_id = fields.Many2one("rcep.certificate.attachment", readonly=True, ondelete="restrict", index=True)

    @api.model
    def _take_in_attachment(self, platform, receipt, source):
        """Keep what the office says of an attachment, and apply it; what cannot be kept is set aside.

        :param link.event.AttachmentReceipt receipt:
        :return: whether it was new; None where somebody is at work on the certificate just now, and nothing was kept
        """
        receive = partial(self._receive_attachment, platform, receipt, source)
        with mute_logger("odoo.sql_db"):
            came, new = within_savepoint(self.env, receive, f"reply {link.errors.plain(receipt.event_id)}")
        if came is Result.DONE:
            return new
        if came is Result.BUSY:
            return None
        odd = link.event.OddEvent(
            coded=CodedMessage("could_not_be_kept").to_json(), event_id=receipt.event_id, client_ref=receipt.client_ref,
            text=receipt.text,
        )  # fmt: skip
        return self._set_aside(platform, odd, source)

    @api.model
    def _receive_attachment(self, platform, receipt, source):
        attachment = self.env["rcep.certificate.attachment"].search(
            [("client_ref", "=", receipt.client_ref), ("company_id", "=", platform.company_id.id)]
        )
        values = {
            **self._place(platform, receipt.event_id, receipt.client_ref, source),
            "attachment_id": attachment.id,
            "sequence": 0,
            "handling": "foreign",
            "occurred_at": amounts.utc(receipt.occurred_at),
            "content": {**receipt.to_json(), "reply": ""},
            "raw": json.dumps({"reply": receipt.reply}, ensure_ascii=False),
        }
        if not self._keep(values):
            return False
        if attachment:
            stored = self.search([("platform_id", "=", platform.id), ("event_id", "=", receipt.event_id)], limit=1)
            stored.handling = attachment._take_receipt(receipt)
        return True
