"""What happened to an issued certificate? Some facts lead to the kind of application that mends it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from .. import link
from ..models.certificate.rcep_certificate import KINDS
from ..values import amounts

_lt = LazyTranslate(__name__)

WRONG = [
    ("text", "A text is wrong: a name, address, mark, number or code"),
    ("less", "Less was shipped than it says"),
    ("more", "More was shipped than it says"),
    ("goods", "Other goods were shipped, or they do not originate"),
    ("lost", "The paper was lost or stolen"),
    ("damaged", "The paper is damaged"),
    ("nothing", "Nothing is wrong"),
]
YES_NO = [("yes", "Yes"), ("no", "No")]
ADVISED = [
    *((kind, label) for kind, label in KINDS if kind != "new"),
    ("true_copy", "Certified true copy"),
    ("cancelled", "Cancel it, and make a new one"),
]
WHY = {
    "nothing": _lt("The certificate serves as it is: there is nothing to apply for."),
    "customs_hold_it": _lt("Customs abroad have the original already: nothing is to be applied for."),
    "rest_apart": _lt(
        "A certificate does not grow: it stays as it is, and what was shipped beyond it gets a certificate of its own "
        "from the invoice."
    ),
    "goods": _lt(
        "What it certifies is not what was shipped, so it must not be used: have it cancelled, then make a new one "
        "from the right invoice."
    ),
    "text": _lt("An error is mended by a new certificate in place of the old, whose paper is given back."),
    "text_away": _lt(
        "An error is mended by a new certificate in place of the old; since the old paper cannot be given back, it is "
        "reissued too. Tell the importer that the old one no longer counts."
    ),
    "less": _lt("The new certificate says the smaller quantity; the old paper is given back."),
    "less_away": _lt(
        "The new certificate says the smaller quantity; since the old paper cannot be given back, it is reissued too. "
        "Tell the importer that the old one no longer counts."
    ),
    "damaged": _lt("Only the paper is spoilt: the same content is issued anew, and the old paper is given back."),
    "lost": _lt(
        "The issuing body certifies a true copy from the export documents. It bears CERTIFIED TRUE COPY, and the "
        "number and the day of the original, and ends with it."
    ),
}


class RcepCertificateReplace(models.TransientModel):
    _name = "rcep.certificate.replace"
    _description = "What happened to an issued certificate"

    certificate_id = fields.Many2one("rcep.certificate", required=True, readonly=True)
    wrong = fields.Selection(WRONG, "What happened?")
    at_hand = fields.Selection(YES_NO, "Is the original with you?")
    presented = fields.Selection(YES_NO, "Was it shown to customs abroad?")
    shipped_on = fields.Date(
        "Shipped on", compute="_compute_shipped_on", store=True, readonly=False, help="Empty: not shipped yet."
    )
    kind = fields.Selection(ADVISED, "To be applied for", compute="_compute_answer", store=True, readonly=False)
    why = fields.Text(compute="_compute_why")
    is_late = fields.Boolean(compute="_compute_why")
    is_answered = fields.Boolean(compute="_compute_why")
    copied_on = fields.Date("Certified on", help="The day on which the issuing body certified the copy.")
    reason = fields.Char(help="Stands on the application; the issuing body reads it.")

    @api.depends("certificate_id")
    def _compute_shipped_on(self):
        for wizard in self:
            wizard.shipped_on = wizard.certificate_id.departure_date

    def _answer(self):
        """What the facts lead to (:class:`link.kinds.Answer`), or None while a question is open."""
        certificate = self.certificate_id
        if not (self.wrong and self.at_hand and self.presented):
            return None
        today = amounts.today()
        issued_on = certificate._issued_on() or today
        return link.application_kinds.answer(
            link.application_kinds.Facts(
                wrong=self.wrong,
                at_hand=self.at_hand == "yes",
                presented=self.presented == "yes",
                issued_on=issued_on,
                valid_until=certificate.valid_until or issued_on + link.application_kinds.YEAR,
                shipped_on=self.shipped_on or None,
                today=today,
            )
        )

    @api.depends("wrong", "at_hand", "presented", "shipped_on")
    def _compute_answer(self):
        for wizard in self:
            answer = wizard._answer()
            wizard.kind = answer.kind if answer else wizard.kind

    @api.depends("wrong", "at_hand", "presented", "shipped_on")
    @api.depends_context("lang")
    def _compute_why(self):
        for wizard in self:
            answer = wizard._answer()
            wizard.is_answered = bool(answer)
            wizard.is_late = bool(answer and not answer.in_time)
            wizard.why = wizard._words(answer) if answer else False

    def _words(self, answer):
        sentences = [self.env._("%(why)s (Art. %(article)s)", why=self.env._(WHY[answer.why]), article=answer.article)]
        if answer.retroactive:
            sentences.append(
                self.env._("The goods have left, so the new one is marked ISSUED RETROACTIVELY (Art. 3.17.8).")
            )
        if answer.latest and answer.in_time:
            sentences.append(self.env._("It can be issued until %s.", answer.latest))
        if not answer.in_time:
            sentences.append(
                self.env._(
                    "It could be issued until %s, so it is too late. Ask the issuing body what it can still do.",
                    answer.latest,
                )
            )
        return " ".join(sentences)

    def action_replace(self):
        """Start what the facts lead to."""
        self.check_access("read")
        answer = self._answer()
        if answer and not (answer.kind and answer.in_time):
            raise UserError(self.why)
        if not self.kind:
            raise UserError(self.env._("Answer the questions first: they decide what is to be applied for."))
        certificate = self.certificate_id
        if self.kind == "cancelled":
            return certificate.action_cancel()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Enter the reason: the issuing body reads it."))
        if self.kind == "true_copy":
            certificate._note_true_copy(self.copied_on, self.reason.strip())
            return {"type": "ir.actions.act_window_close"}
        new = certificate._replacement(self.kind, self.reason.strip())
        if self.shipped_on and not new.departure_date:
            new.departure_date = self.shipped_on
        return new._get_records_action(name=self.env._("Certificate of origin"))
