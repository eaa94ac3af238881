"""Whether the mail that asks a supplier arrived: one that did not is a task, and stands on the request."""

from odoo import fields, models

REQUEST = "rcep.declaration.request"


class RcepDeclarationRequest(models.Model):
    _inherit = REQUEST

    mail_problem = fields.Char(
        "Mail not delivered", readonly=True, copy=False, help="Why the supplier did not get the last mail."
    )

    def _mail_failed(self, reason):
        """The supplier has not got it: whoever asked is told, and what to do."""
        for request in self:
            request._step(mail_problem=reason)
            for declaration in request.open_ids:
                declaration._message_log(
                    body=self.env._("%(supplier)s did not get the mail: %(reason)s",
                                    supplier=request.partner_id.display_name, reason=reason)
                )  # fmt: skip
            asked = request.open_ids[:1]
            user = request.company_id._rcep_origin_user(request.user_id)
            if asked and user:
                asked.activity_schedule(
                    "mail.mail_activity_data_warning",
                    summary=self.env._("The supplier did not get the mail"),
                    note=self.env._(
                        "%(supplier)s (%(email)s) was not reached: %(reason)s. Correct the address on the contact, "
                        "then ask again; or send the link of the request by another way.",
                        supplier=request.partner_id.display_name,
                        email=request.partner_id.email or "",
                        reason=reason,
                    ),
                    user_id=user.id,
                )

    def _message_receive_bounce(self, email, partner):
        self._mail_failed(self.env._("the mail to %s came back", email))
        return super()._message_receive_bounce(email, partner)


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(self, success_pids, success_emails, failure_reason=False, failure_type=None):
        # The mails of a supplier's request; a mail may be gone once this was called.
        asked = {mail.res_id for mail in self if mail.model == REQUEST}
        result = super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )
        requests = self.env[REQUEST].browse(asked).exists()
        if failure_type:
            requests._mail_failed(failure_reason or self._rcep_reason(failure_type))
        else:
            requests.filtered("mail_problem")._step(mail_problem=False)
        return result

    def _rcep_reason(self, failure_type):
        known = dict(self.env["mail.mail"]._fields["failure_type"]._description_selection(self.env))
        return known.get(failure_type, failure_type)
