"""What the platform says of a certificate, taken over by the table of moves: the highest number counts."""

from dateutil.relativedelta import relativedelta
from odoo import models

from ...states import actors, certificate_states
from ...texts.coded_messages import CodedMessage, as_html, selection_value, translated, translated_lines
from ...values import amounts


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _apply(self, report):
        """Take over the whole state that the platform tells.

        :param report: a :class:`link.event.Outcome` or :class:`link.event.Event`
        :return: ``applied``, ``kept`` where it is no newer than what is known, ``not_taken`` where it cannot be
        """
        self.ensure_one()
        self._lock()
        self._note_arrival(report)
        if report.sequence <= self.sequence:
            return "kept"
        refusal = self._not_taken_over(report)
        if refusal:
            self._write_moved(sequence=report.sequence)
            self._report(refusal)
            return "not_taken"
        before = self.state
        issued_at = report.issued_at and amounts.utc(report.issued_at)
        valid_until = report.valid_until
        if issued_at and not valid_until:
            valid_until = amounts.issuing_day(issued_at) + relativedelta(years=certificate_states.VALIDITY_YEARS)
        self._move_or_update(
            report.state,
            actors.PLATFORM,
            sequence=report.sequence,
            certificate_no=report.certificate_no or self.certificate_no,
            certificate_ref=report.certificate_id or self.certificate_ref,
            issued_at=issued_at or self.issued_at,
            valid_until=self._last_day(valid_until or self.valid_until),
            issuer_check_url=report.issuer_check_url or self.issuer_check_url,
            print_state=report.print_state or self.print_state,
            returned_coded=self._wrong_fields(report.errors),
        )
        self._notify_unrequested(before)
        if report.state == "returned" and self._is_taken_number(report):
            self.sudo()._apply_under_next_number()  # numbers and messages are the system's
        elif report.state == "issued":
            self._end_earlier()
        return "applied"

    def _last_day(self, day):
        """Hook: the last day of validity, given the one that is told or follows from the issue."""
        return day

    def _end_earlier(self):
        """What this one takes the place of counts no more, whether or not its platform says that of it by itself."""
        old = self.old_certificate_id
        if old.state == "issued" and old.environment == self.environment:  # a specimen takes nothing's place
            old._lock()
            old._move("replaced", actors.PLATFORM)
            theirs = old._theirs()
            theirs._message_log(body=theirs.env._("%s was issued in its place.", self.name))

    def _note_arrival(self, report):
        """The platform speaks of what was sent: that it arrived is known now, whatever became of the answer."""
        # Messages are the system's; this may run for the person who asked the platform.
        messages = self.sudo().message_line_ids.filtered(
            lambda each: (
                each.kind == "application" and (each.revision, each.digest) == (report.revision, report.content_digest)
            )
        )
        messages._note_arrived()

    def _not_taken_over(self, report):
        """Why what the platform says is not applied (:class:`coded_messages.CodedMessage`), or None."""
        result = selection_value(self, "state", report.state)
        if report.revision < self.revision:
            return CodedMessage("of_earlier_revision", reported=result, old=report.revision, new=self.revision)
        if report.state != self.state and not self._may_move(report.state, actors.PLATFORM):
            return CodedMessage("no_such_move", reported=result, state=selection_value(self, "state", self.state))
        return self._issued_otherwise(report) if report.state == "issued" else None

    def _issued_otherwise(self, report):
        """Why what was issued is not what stands here, so that no page says yes to it (a coded message), or None."""
        number, system = report.certificate_no, self.sudo()  # messages are the system's
        if not number and not self.certificate_no:
            return CodedMessage("issued_without_number")
        if report.revision > self.revision:
            return CodedMessage("of_later_revision", reported=report.revision, ours=self.revision)
        sent = system.message_line_ids.filtered(
            lambda each: each.kind == "application" and each.revision == report.revision and each.digest
        )
        if report.content_digest and sent and report.content_digest not in sent.mapped("digest"):
            return CodedMessage("other_content_there", name=self.name, revision=self.revision)
        if number and self.certificate_no and number != self.certificate_no:
            return CodedMessage("other_number", reported=number, known=self.certificate_no)
        place = [("company_id", "=", self.company_id.id), ("environment", "=", self.environment)]
        others = [("certificate_no", "=", number), ("id", "!=", self.id), *place]
        if number and (other := system.search(others, limit=1)):
            return CodedMessage("number_of_another", reported=number, name=other.name)
        return None

    def _responsible(self):
        """Who gets the tasks of this certificate, and in whose language what jobs find is noted on it."""
        return self.signer_id or self.create_uid

    def _theirs(self):
        """This certificate in the language of whoever is responsible for it."""
        return self.with_context(lang=self._responsible().lang)

    def _report(self, message):
        """Both sides differ and only a person can say why: noted, and a task of whoever signed."""
        theirs = self._theirs()
        sentence = translated(theirs.env, message)
        theirs.message_post(body=sentence)
        theirs.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=theirs.env._("The issuing body says something else"),
            note=as_html(sentence),
            user_id=self._responsible().id,
        )

    # --- what was not delivered --------------------------------------------------------------------------
    def _not_delivered(self, message, coded):
        """The platform said no to a message of this certificate: its signer's task again, with what was said.

        :param coded: as :func:`coded_messages.stored` gives it
        """
        if message.kind != "application":
            self._request_refused(message, coded)
        elif self._may_move("returned", actors.PLATFORM):
            self._move("returned", actors.PLATFORM, returned_coded=coded)

    def _request_refused(self, message, coded):
        """A withdrawal or cancellation was refused: the certificate stays as it is, and its signer is told."""
        theirs = self._theirs()
        kind = translated(theirs.env, selection_value(message, "kind", message.kind))
        theirs.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=theirs.env._("%s refused", kind),
            note=as_html(translated_lines(theirs.env, coded)),
            user_id=self._responsible().id,
        )

    def _withdrawn_unknown(self):
        """Taken back before the platform ever held it: there is nothing to take back there."""
        self._lock()
        if self._may_move("withdrawn", actors.PLATFORM):
            self._move("withdrawn", actors.PLATFORM)
