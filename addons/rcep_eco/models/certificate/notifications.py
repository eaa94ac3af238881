"""Who is told what became of a certificate: a task for the next step, and open forms change by themselves."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ... import groups
from ...states import actors, certificate_states
from ...texts.coded_messages import as_html
from .by_hand import RECORDED

_lt = LazyTranslate(__name__)

APPROVE, RETURNED, ISSUED = (
    "rcep_eco.activity_approve", "rcep_eco.activity_returned", "rcep_eco.activity_issued",
)  # fmt: skip
# What the issuing body said: (kind of task, what is to be done).
NEWS = {
    "issued": (ISSUED, _lt("Issued: send it to the customer")),
    "returned": (RETURNED, _lt("Sent back: correct it and submit it again")),
    "rejected": (RETURNED, _lt("Refused by the issuing body: read why")),
}
# What is news only where nobody here asked for it.
UNASKED = {
    "cancelled": _lt("Cancelled by the issuing body: tell the customer"),
    "withdrawn": _lt("Withdrawn at the issuing body: ask there why"),
}
CHANGED = "rcep_eco.certificate"  # what the bus calls it


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _move(self, after, by=None, **values):
        result = super()._move(after, by, **values)
        self.sudo().activity_unlink([APPROVE, RETURNED, ISSUED])  # of whomever they were: that step is done
        if by == actors.PLATFORM and after in NEWS:
            kind, words = NEWS[after]
            for certificate in self:
                theirs = certificate._theirs()
                theirs.activity_schedule(kind, summary=theirs.env._(words), user_id=certificate._responsible().id)
        for certificate in self:
            certificate._notify_open_forms()
        return result

    def _notify_unrequested(self, before):
        """The issuing body ended it by itself: whoever is responsible learns of it, as a task."""
        if self.state == before or self.state not in UNASKED:
            return
        if self.sudo().message_line_ids.filtered(  # messages are the system's
            lambda message: RECORDED.get(message.kind) == self.state and message.state != "failed"
        ):
            return
        theirs = self._theirs()
        theirs.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=theirs.env._(UNASKED[self.state]),
            note=as_html(theirs.platform_errors),
            user_id=self._responsible().id,
        )

    def _notify_open_forms(self):
        """Whoever is concerned and has the form open sees it change; nothing but its number and state is sent."""
        concerned = self.signer_id | self.create_uid | self.sudo().message_partner_ids.user_ids  # of any company
        for user in concerned.filtered(lambda user: not user.share):
            user._bus_send(CHANGED, {"id": self.id, "state": self.state})

    def action_ask_approval(self):
        """Give the signer the task to approve; nothing may be missing any more."""
        self.check_access("write")
        for certificate in self:
            if certificate.state not in certificate_states.EDITABLE:
                raise UserError(certificate._not_from_here())
            certificate._determine_lines()
            problems = certificate._problems()
            if problems:
                head = self.env._("Certificate %s is not complete:", certificate.name)
                raise UserError("\n".join([head, *problems]))
            certificate._check_warnings()
            signer = certificate._signer()
            certificate.activity_unlink([APPROVE])
            certificate.activity_schedule(
                APPROVE, summary=self.env._("Read it, and approve it"), user_id=signer.id
            )
        names = ", ".join(self.mapped("name"))
        return _notice(self.env._("All is well. A signer was asked to approve %s.", names), "success")

    def _signer(self):
        """Who is asked to approve: who approved last in the company, else one of its signers."""
        of_company = [("company_id", "=", self.company_id.id), ("signer_id.active", "=", True)]
        last = self.search([*of_company, ("signer_id", "!=", False)], order="id desc", limit=1).signer_id
        signers = self.env.ref(groups.SIGNER).sudo().all_user_ids.filtered(  # who is a signer is no secret
            lambda user: user.active and self.company_id in user.company_ids
        )
        if last in signers:
            return last
        if not signers:
            raise UserError(
                self.env._("%s has no signer: an administrator gives somebody the right.", self.company_id.name)
            )
        # A signer of this company comes before one of several, and anybody before an administrator.
        return signers.sorted(lambda user: (user.company_id != self.company_id, user._is_admin(), user.id))[0]

    # --- many at once ------------------------------------------------------------------------------------
    def action_approve_each(self):
        """Approve each of these; what keeps one back does not keep the others."""
        return self._each("action_approve", self.env._("Approved: %s."))

    def action_submit_each(self):
        """Submit each of these; what keeps one back does not keep the others."""
        return self._each("action_submit", self.env._("Submitted: %s."))

    def _each(self, step, words):
        self.check_access("write")
        done, refused = [], []
        for certificate in self:
            try:
                with self.env.cr.savepoint():
                    getattr(certificate, step)()
            except UserError as error:  # told below, beside what went well
                refused.append(f"{certificate.name}: {error}")
            else:
                done.append(certificate.name)
        sentences = [words % ", ".join(done)] if done else []
        return _notice("\n".join([*sentences, *refused]), "warning" if refused else "success", sticky=bool(refused))


def _notice(message, kind, *, sticky=False):
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "message": message,
            "type": kind,
            "sticky": sticky,
            "next": {"type": "ir.actions.client", "tag": "soft_reload"},
        },
    }
