"""Asking a consignee what its customs decided: one mail, one signed link, one answer."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...texts import consignee_words
from ...values import amounts
from ..base.rcep_signed_link import OF_THE_LINK
from .rcep_recognition import UNKNOWN

ASKED = "rcep_eco.mail_template_recognition_request"


class RcepRecognitionRequest(models.Model):
    _name = "rcep.recognition.request"
    _description = "Question to a consignee"
    _inherit = ["rcep.signed.link.mixin", "rcep.reader.mixin", "mail.thread"]
    _order = "id desc"
    _rec_name = "certificate_id"
    _link_scope = "rcep_eco.outcome"
    _link_path = "/rcep/outcome"
    _steps = OF_THE_LINK | {"certificate_id", "partner_id", "language", "asked_on", "answered_on", "report_id"}
    _given = frozenset({"certificate_id"})

    certificate_id = fields.Many2one("rcep.certificate", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="certificate_id.company_id", store=True, index=True)
    partner_id = fields.Many2one("res.partner", "Consignee", compute="_compute_partner_id", store=True)
    language = fields.Char(compute="_compute_partner_id", store=True, help="Of the mail and of the page at first.")
    asked_on = fields.Datetime(readonly=True, default=fields.Datetime.now)
    answered_on = fields.Date(readonly=True)
    report_id = fields.Many2one("rcep.recognition", "Answer", readonly=True)

    @api.depends("certificate_id")
    def _compute_partner_id(self):
        for request in self:
            certificate = request.certificate_id
            request.partner_id = certificate.partner_id
            request.language = certificate._reader_language()

    def _is_alive(self):
        return super()._is_alive() and self.certificate_id.state == "issued"

    def action_revoke_link(self):
        """The link is dead from now on."""
        self.check_access("write")
        self._step(is_revoked=True)

    # --- asking ------------------------------------------------------------------------------------------
    @api.model
    def _ask(self, certificates):
        """Ask the consignee of each certificate, by a new link; an earlier one that nobody used is dead from now on.

        :raises UserError: where a certificate can have no outcome or a consignee has no address; nobody is asked then
        """
        for certificate in certificates:
            certificate._check_has_outcome()
            if not certificate.partner_id.email:
                raise UserError(
                    self.env._(
                        "No mail address: %s. Enter it on the contact, then ask again.",
                        certificate.partner_id.display_name,
                    )
                )
        certificates.recognition_request_ids.filtered(lambda each: not each.answered_on)._step(is_revoked=True)
        requests = self.create([{"certificate_id": certificate.id} for certificate in certificates])
        for request in requests:
            self.env.ref(ASKED).send_mail(request.id)
            certificate = request.certificate_id
            # The mail with its link stays with the request: whoever has the link can answer.
            certificate._message_log(
                body=self.env._("%s was asked by mail what its customs decided.", certificate.partner_id.display_name)
            )
        # Whoever asks does not keep the jobs; the consignee should not wait for the hourly one.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return requests

    def _text(self, key, language=None):
        """A text of mail or page in the consignee's language, with the facts of the certificate."""
        return self._words(language)[key] % self._facts()

    def _words(self, language=None):
        return consignee_words.words(language or self.language)

    def _facts(self):
        """What mail and page say of the certificate: nothing that does not stand on it."""
        certificate = self.certificate_id
        return {
            "number": certificate.certificate_no or certificate.name,
            "invoices": certificate._box_13_numbers(),
            "name": self.partner_id.name or "",
            "day": self.expires_on.date().isoformat(),
        }

    def _reader_language(self):
        return self.language  # of the mail that was sent; the market has a say in it

    # --- the answer --------------------------------------------------------------------------------------
    def _answer(self, values):
        """What the consignee says; by it the link is used up. *Not decided yet* leaves it open.

        :param values: of the report, ``outcome`` among them
        """
        self.ensure_one()
        if values["outcome"] == UNKNOWN:
            self.certificate_id._message_log(
                body=self.env._("%s says that its customs have not decided yet.", self.partner_id.display_name)
            )
            return
        report = self.env["rcep.recognition"].create(
            {"certificate_id": self.certificate_id.id, "source": "consignee", **values}
        )
        self._step(answered_on=amounts.today(), report_id=report.id)
