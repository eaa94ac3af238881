"""The approval: who is asked for it, what must be right before, and the one step by which a signer freezes the content.

Who may approve says the table of states: ``("draft", "ready")`` is a move of :data:`..groups.SIGNER`.
"""

from odoo import models
from odoo.exceptions import UserError

from ... import groups
from ...states import certificate_states
from ...values import amounts
from .notifications import APPROVE


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def action_approve(self):
        """The signer has read it: determined a last time, everything checked, frozen."""
        self.check_access("write")
        for certificate in self:
            certificate._lock()
            certificate.sudo().invoice_ids._rcep_lock()  # nobody resets them meanwhile; a signer may not write them
            if certificate.state == "draft":
                certificate._determine_lines()
                certificate._check_complete()
            certificate._move("ready", **certificate._approved(self.env.user, amounts.today()))
        return True

    def _check_complete(self):
        """
        :raises UserError: where something is missing or wrong, or a warning was not accepted
        """
        problems = self._problems()
        if problems:
            head = self.env._("Certificate %s is not complete:", self.name)
            raise UserError("\n".join([head, *problems]))
        self._check_warnings()

    def action_ask_approval(self):
        """Give the signer the task to approve; nothing may be missing any more."""
        self.check_access("write")
        for certificate in self:
            if certificate.state not in certificate_states.EDITABLE:
                raise UserError(certificate._not_from_here())
            certificate._determine_lines()
            certificate._check_complete()
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
            except UserError as error:  # shown below, beside what went well
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
