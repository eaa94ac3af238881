"""A certificate and its papers sent to the customer in one mail; a mail that does not arrive is a task."""

import base64

from odoo import api, models, tools
from odoo.exceptions import UserError

from ...texts.coded_messages import as_html
from .notifications import ISSUED

CERTIFICATE = "rcep.certificate"
TEMPLATE = "rcep_eco.mail_template_certificate"
SENT = "rcep_sent"  # in the context of a mail that is the certificate's own


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def action_send(self):
        """Open the mail to the consignee: the document, the papers and the page, in its language."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "issued":
            raise UserError(self._not_from_here())
        if not self.partner_id.email:
            raise UserError(
                self.env._(
                    "No mail address: %s. Enter it on the contact, then send again.", self.partner_id.display_name
                )
            )
        self._advise_server()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send to the customer"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": self.env.ref(TEMPLATE).id,
                "default_composition_mode": "comment",
                "default_email_layout_xmlid": "mail.mail_notification_layout_with_responsible_signature",
                "force_email": True,
                SENT: True,
            },
        }

    def _advise_server(self):
        """Who sends without a server of the firm is told where to enter one; the mail may go all the same."""
        # Whoever sends mails may not see the servers.
        known = self.env["ir.mail_server"].sudo().search_count([], limit=1)
        if known or tools.config["smtp_server"] not in (False, "localhost"):
            return
        self.env.user._bus_send(
            "simple_notification",
            {
                "type": "warning",
                "title": self.env._("No outgoing mail server"),
                "message": self.env._(
                    "Mails leave over this machine alone, and many receivers refuse them. An administrator enters the "
                    "firm's server under Settings, Outgoing Mail Servers."
                ),
            },
        )

    # --- what the mail says ------------------------------------------------------------------------------
    def _market_languages(self):
        return (self.market_id.languages or "").split()

    def _mail_facts(self, language):
        day = self._issued_on()
        return super()._mail_facts(language) | {
            "number": self.certificate_no or self.name,
            "invoices": self._box_13_numbers(),
            "day": day and self._day_at_market(day),
            "country": "CN",
        }

    def _mail_link(self, language=None):
        page = self._qr_url()
        return page and f"{page}?lang={language or self._reader_language()}"

    def message_post(self, **kwargs):
        if self.env.context.get(SENT):
            self.sudo().activity_unlink([ISSUED])  # whoever's task it was to send it
        return super().message_post(**kwargs)

    def _process_attachments_for_template_post(self, mail_template):
        """What the mail brings along: the issuing body's document and the papers that are for the consignee."""
        if mail_template != self.env.ref(TEMPLATE, raise_if_not_found=False):
            return {}
        return {
            certificate.id: {
                "attachments": [
                    (name, base64.b64encode(content))
                    for name, content in certificate._documents(certificate._consignee_papers()).items()
                ]
            }
            for certificate in self
        }

    # --- what does not arrive ----------------------------------------------------------------------------
    def _mail_failed(self, address, reason):
        """The customer has not got it: whoever is responsible is told, and what to do."""
        for certificate in self:
            theirs = certificate._theirs()
            sentence = theirs.env._(
                "%(address)s was not reached: %(reason)s. Correct the address on the contact, then send the "
                "certificate again; or send the papers by another way.",
                address=address,
                reason=reason,
            )
            theirs.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=theirs.env._("The customer did not get the mail"),
                note=as_html(sentence),
                user_id=certificate._responsible().id,
            )

    def _message_receive_bounce(self, email, partner):
        self._mail_failed(email, self.env._("the mail to %s came back", email))
        return super()._message_receive_bounce(email, partner)


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(self, success_pids, success_emails, failure_reason=False, failure_type=None):
        # A mail may be gone once this was called.
        failed = [mail._rcep_to_customer() for mail in self if failure_type and mail.model == CERTIFICATE]
        result = super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )
        for number, addresses in failed:
            if addresses:
                certificate = self.env[CERTIFICATE].browse(number).exists()
                certificate._mail_failed(addresses, failure_reason or self._rcep_reason(failure_type))
        return result

    @api.model
    def _rcep_is_customer(self, partner):
        return not partner.user_ids or all(user.share for user in partner.user_ids)

    def _rcep_to_customer(self):
        """(number of the certificate, addresses of customers): what goes to colleagues is no mail to a customer."""
        partners = self.recipient_ids.filtered(self._rcep_is_customer)
        addresses = [partner.email_formatted or partner.display_name for partner in partners]
        return self.res_id, ", ".join([*addresses, *filter(None, [self.email_to])])
