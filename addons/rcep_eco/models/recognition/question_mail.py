"""Whether the question reached the consignee: where it did not, it is a task on the certificate."""

from odoo import models

REQUEST = "rcep.recognition.request"


class RcepRecognitionRequest(models.Model):
    _inherit = REQUEST

    def _mail_failed(self, reason):
        """The consignee was not reached: whoever is responsible for the certificate is told, and what to do."""
        for request in self:
            theirs = request.certificate_id._theirs()
            theirs.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=theirs.env._("The consignee was not asked what its customs decided"),
                note=theirs.env._(
                    "%(consignee)s (%(email)s) was not reached: %(reason)s. Correct the address on the contact, then "
                    "press “Ask the consignee”.",
                    consignee=request.partner_id.display_name,
                    email=request.partner_id.email or "",
                    reason=reason,
                ),
                user_id=theirs._responsible().id,
            )

    def _message_receive_bounce(self, email, partner):
        self._mail_failed(self.env._("the mail to %s came back", email))
        return super()._message_receive_bounce(email, partner)


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(self, success_pids, success_emails, failure_reason=False, failure_type=None):
        # A mail may be gone once this was called.
        asked = {mail.res_id for mail in self if mail.model == REQUEST and failure_type}
        result = super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )
        if asked:
            self.env[REQUEST].browse(asked).exists()._mail_failed(failure_reason or self._rcep_reason(failure_type))
        return result
