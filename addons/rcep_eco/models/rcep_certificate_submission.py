"""A certificate between its signer and the platform: how it leaves, and how what the platform says is taken over."""

from dateutil.relativedelta import relativedelta
from odoo import models
from odoo.exceptions import UserError

from . import amounts, states


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    # --- out ---------------------------------------------------------------------------------------------
    def action_submit(self):
        """Put the application into the outbox; it leaves once this is committed."""
        for certificate in self:
            certificate._lock()
            platform = certificate._get_platform()
            if certificate.signer_id != self.env.user:
                raise UserError(
                    self.env._(
                        "Certificate %(name)s was approved by %(signer)s, who must submit it; or take it back to draft "
                        "and approve it yourself.",
                        name=certificate.name,
                        signer=certificate.signer_id.name,
                    )
                )
            certificate._check_still_holds()
            certificate._move(
                "submitted",
                environment=platform.environment,
                revision=certificate.revision + 1,
                platform_errors=False,
            )
            certificate._queue(platform)
        return True

    def _check_still_holds(self):
        """What was approved is what would be found today: bills, prices and declarations may have changed since."""
        changed = self.line_ids.filtered(lambda line: line.certificate_id.state == "ready" and not line._holds())
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
        for product in self.line_ids.product_id:
            lines = self.line_ids.filtered(lambda line, product=product: line.product_id == product)
            self.env["rcep.filing"].sudo()._ensure(platform, lines[0].sudo())
        application = self.sudo()._application()  # whoever signs a certificate may not read invoices
        body = platform._profile().application_body(application, self.revision, True)
        message._put(platform, "application", self.client_ref, body, certificate=self, revision=self.revision)

    # --- in ----------------------------------------------------------------------------------------------
    def _apply(self, told):
        """Take over the whole state that the platform tells.

        :param told: a :class:`link.event.Outcome` or :class:`link.event.Event`
        :return: whether something was newer than what is known
        """
        self.ensure_one()
        self._lock()
        if told.sequence <= self.sequence:
            return False
        refusal = self._not_taken_over(told)
        if refusal:
            self.message_post(body=refusal)
            self._write_moved(sequence=told.sequence)
            return False
        issued_at = told.issued_at and amounts.utc(told.issued_at)
        valid_until = told.valid_until
        if issued_at and not valid_until:
            valid_until = amounts.issuing_day(issued_at) + relativedelta(years=states.VALIDITY_YEARS)
        self._write_moved(
            state=told.state,
            sequence=told.sequence,
            certificate_no=told.certificate_no or self.certificate_no,
            certificate_ref=told.certificate_id or self.certificate_ref,
            issued_at=issued_at or self.issued_at,
            valid_until=valid_until or self.valid_until,
            issuer_check_url=told.issuer_check_url or self.issuer_check_url,
            print_state=told.print_state or self.print_state,
            platform_errors=self._error_sentences(told.errors),
        )
        return True

    def _not_taken_over(self, told):
        """Why what the platform says cannot be taken over, as a sentence, or None."""
        said = dict(self._fields["state"]._description_selection(self.env)).get(told.state, told.state)
        if told.revision < self.revision:
            return self.env._(
                "The platform says “%(told)s” of revision %(old)s, but this certificate is revision %(new)s; it was "
                "not taken over.",
                told=said,
                old=told.revision,
                new=self.revision,
            )
        if told.state != self.state and not self._may_move(told.state, states.PLATFORM):
            return self.env._(
                "The platform says “%(told)s” while this certificate is “%(state)s”; it was not taken over.",
                told=said,
                state=self._state_name(),
            )
        return None

    def _send_back(self, sentences):
        """The platform did not take the application: the user's again, with what was said."""
        if self._may_move("returned", states.PLATFORM):
            self._write_moved(state="returned", platform_errors=sentences)
