"""Who learns what became of a certificate: a task for the next step, and open forms change by themselves."""

from odoo import models
from odoo.tools.translate import LazyTranslate

from ...states import actors
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
