"""A certificate on its way to the platform: how it is submitted, taken back and cancelled."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...states import certificate_states, message_states
from ..platform.rcep_platform_message import REQUESTS


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    pending_request = fields.Selection(
        REQUESTS,
        "Asked of the platform",
        compute="_compute_pending_request",
        help="The state changes once the platform says that it is done.",
    )

    @api.depends("message_line_ids.state", "state")
    def _compute_pending_request(self):
        for certificate in self:
            # Whoever reads the certificate sees what was asked, not the messages' bodies.
            waiting = certificate.sudo().message_line_ids.filtered(lambda each: each.state in message_states.OPEN)
            asked = [message.kind for message in waiting if message.kind in certificate_states.REQUESTS]
            certificate.pending_request = asked[0] if asked else False

    # --- out ---------------------------------------------------------------------------------------------
    def action_submit(self):
        """Put the application into the outbox; it leaves once this is committed."""
        self.check_access("write")
        for certificate in self:
            certificate._lock()
            if certificate.state == "ready" and certificate.signer_id != self.env.user:
                raise UserError(
                    self.env._(
                        "Certificate %(name)s was approved by %(signer)s, who must submit it; or take it back to draft "
                        "and approve it yourself.",
                        name=certificate.name,
                        signer=certificate.signer_id.name,
                    )
                )
            certificate._submit()
        return True

    def _submit(self, by=None):
        """Put what a signer approved into the outbox.

        :param by: who outside does it, of :mod:`..states.actors`; without it the person who asks
        """
        platform = self._get_platform()
        self._check_still_holds()
        self._move(
            "submitted", by, environment=platform.environment, revision=self.revision + 1, returned_coded=False
        )
        self._queue(platform)

    def _check_still_holds(self):
        """What was approved is what would be found today: bills, prices and declarations may have changed since."""
        changed = self._goods().filtered(lambda line: line.certificate_id.state == "ready" and not line._holds())
        if changed:
            raise UserError(
                self.env._(
                    "Since certificate %(name)s was approved, the origin of %(goods)s has changed: take it back to "
                    "draft and check it anew.",
                    name=self.name,
                    goods=", ".join(changed.mapped("product_id.display_name")),
                )
            )

    def _get_platform(self):
        """The connection of the certificate's company, as a record that may sign.

        :raises UserError: where there is none, or it is not complete
        """
        # A signer submits over the company's connection without seeing its secret; only the outbox uses it.
        platform = self.env["rcep.platform"].sudo().search([("company_id", "=", self.company_id.id)], limit=1)
        if not platform:
            raise UserError(
                self.env._(
                    "%s has no connection to the platform: a connection manager sets one up under "
                    "Configuration, Platform.",
                    self.company_id.name,
                )
            )
        platform._check_complete()
        return platform

    def _queue(self, platform):
        # The outbox belongs to the system: nobody writes a message by hand.
        message = self.env["rcep.platform.message"].sudo()
        if platform._offers("filing"):
            for lines in self._goods().grouped("product_id").values():
                self.env["rcep.filing"].sudo()._ensure(platform, lines[0].sudo())
        application = self.sudo()._application()  # whoever signs a certificate may not read invoices
        number = self.sudo()._number_for(platform, application)  # numbers are the system's
        filer = self._filer_of(platform, number.name or "")
        body = platform._profile().application_body(application, self.revision, True, filer)
        message._put(platform, "application", body, certificate=self, number=number)
        if platform._offers("attachment"):
            self.sudo()._queue_attachments(platform, application, filer)  # as the message that they go with

    def _filer_of(self, platform, number):
        """Hook: who types the application in (:class:`link.filing_party.Filer`); the exporter itself."""
        return platform._filer(number)

    # --- taken back, cancelled ---------------------------------------------------------------------------
    def _ask(self, kind):
        """Ask for the reason of a withdrawal or a cancellation."""
        self._check_may_ask(kind)
        return {
            "type": "ir.actions.act_window",
            "name": dict(self._fields["pending_request"]._description_selection(self.env))[kind],
            "res_model": "rcep.certificate.request",
            "view_mode": "form",
            "target": "new",
            "context": {"default_certificate_id": self.id, "default_kind": kind},
        }

    def action_withdraw(self):
        """Take the application back before it is issued."""
        return self._ask("withdrawal")

    def action_cancel(self):
        """Have the issued certificate cancelled."""
        return self._ask("cancellation")

    def _check_may_ask(self, kind):
        self.ensure_one()
        self.check_access("write")
        before, group = certificate_states.REQUESTS[kind]
        if self.state not in before:
            raise UserError(self._not_from_here())
        if not self.env.user.has_group(group):
            raise AccessError(
                self.env._("Only a signer may take back or cancel certificate %s: ask one.", self.name)
            )
        if self.pending_request:
            raise UserError(
                self.env._("This was asked for certificate %s already: wait for the platform's answer.", self.name)
            )

    def _request(self, kind, reason):
        """Put a withdrawal or a cancellation into the outbox; the state changes when the platform says so."""
        self.check_access("write")
        self._lock()
        self._check_may_ask(kind)
        platform = self._get_platform()
        if self.environment != platform.environment:
            raise UserError(
                self.env._(
                    "Certificate %(name)s was made over another connection (%(environment)s): it cannot be asked for "
                    "here.",
                    name=self.name,
                    environment=self.environment,
                )
            )
        if not platform._offers(kind):
            self._record(kind, reason)
            return
        # The outbox belongs to the system: nobody writes a message by hand.
        outbox = self.env["rcep.platform.message"].sudo()
        outbox._put(platform, kind, platform._profile().reason_body(reason), certificate=self)
        label = dict(self._fields["pending_request"]._description_selection(self.env))[kind]
        self.message_post(body=self.env._("%(request)s asked for: %(reason)s", request=label, reason=reason))
