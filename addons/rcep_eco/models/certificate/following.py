"""What the platform says of a certificate, taken over by the table of moves: the highest number counts."""

from dateutil.relativedelta import relativedelta
from odoo import models

from .. import amounts, states, transport_states


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _apply(self, told):
        """Take over the whole state that the platform tells.

        :param told: a :class:`link.event.Outcome` or :class:`link.event.Event`
        :return: ``applied``, ``kept`` where it is no newer than what is known, ``not_taken`` where it cannot be
        """
        self.ensure_one()
        self._lock()
        self._note_arrival(told)
        if told.sequence <= self.sequence:
            return "kept"
        refusal = self._not_taken_over(told)
        if refusal:
            self._write_moved(sequence=told.sequence)
            self._report(refusal)
            return "not_taken"
        issued_at = told.issued_at and amounts.utc(told.issued_at)
        valid_until = told.valid_until
        if issued_at and not valid_until:
            valid_until = amounts.issuing_day(issued_at) + relativedelta(years=states.VALIDITY_YEARS)
        self._told(
            told.state,
            states.PLATFORM,
            sequence=told.sequence,
            certificate_no=told.certificate_no or self.certificate_no,
            certificate_ref=told.certificate_id or self.certificate_ref,
            issued_at=issued_at or self.issued_at,
            valid_until=valid_until or self.valid_until,
            issuer_check_url=told.issuer_check_url or self.issuer_check_url,
            print_state=told.print_state or self.print_state,
            **self._returned_values(told.errors),
        )
        return "applied"

    def _note_arrival(self, told):
        """The platform speaks of what was sent: that it arrived is known now, whatever became of the answer."""
        # Messages are the system's; this may run for the person who asked the platform.
        messages = self.sudo().message_line_ids.filtered(
            lambda each: (
                each.kind == "application"
                and each.state in transport_states.ASKABLE
                and (each.revision, each.digest) == (told.revision, told.content_digest)
            )
        )
        for message in messages:
            message._to("delivered", delivered_at=self.env.cr.now(), error=False, waits_for_person=False)

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

    def _report(self, sentence):
        """Both sides differ and only a person can say why: noted, and a task of whoever signed."""
        self.message_post(body=sentence)
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("The issuing body says something else"),
            note=sentence,
            user_id=(self.signer_id or self.create_uid).id,
        )

    # --- what was not delivered --------------------------------------------------------------------------
    def _not_delivered(self, message, sentences, errors=()):
        """The platform said no to a message of this certificate: its signer's task again, with what was said."""
        if message.kind != "application":
            self._request_refused(message, sentences)
        elif self._may_move("returned", states.PLATFORM):
            values = {**self._returned_values(errors), "platform_errors": sentences}
            self._move("returned", states.PLATFORM, **values)

    def _request_refused(self, message, sentences):
        """A withdrawal or cancellation was refused: the certificate stays as it is, and its signer is told."""
        kind = dict(message._fields["kind"]._description_selection(self.env))[message.kind]
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("%s refused", kind),
            note=sentences,
            user_id=(self.signer_id or self.create_uid).id,
        )

    def _withdrawn_unknown(self):
        """Taken back before the platform ever held it: there is nothing to take back there."""
        self._lock()
        if self._may_move("withdrawn", states.PLATFORM):
            self._move("withdrawn", states.PLATFORM)
