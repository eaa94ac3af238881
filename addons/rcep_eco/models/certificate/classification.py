"""Box 9 beside the importer's own code: where their first six digits differ, somebody abroad refuses the certificate.

The good is determined under the code that box 9 bears, and under the other one too, so that whoever decides which of
them stands there sees what follows.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import origin
from ...cases import shipped_lots
from ...values import hs_codes


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    importer_code = fields.Char("Importer's code", compute="_compute_importer_code", help="Of the importing Party.")
    box_9 = fields.Char(
        "Other code in box 9",
        help="Six digits of HS 2022, where the certificate bears another code than the product has. The good is "
        "determined under it.",
    )
    box_9_reason = fields.Char("Why another code", help="Such as a ruling of the importing Party, with its number.")
    other_verdict = fields.Json(readonly=True, help="[code, verdict, criterion] under the code that is not in box 9.")
    other_verdict_text = fields.Char("Under the other code", compute="_compute_other_verdict_text")

    @api.depends(
        "product_id.rcep_national_code_ids",
        "product_id.rcep_national_code_ids.code",
        "certificate_id.importing_party_id",
        "invoice_id.invoice_date",
    )
    def _compute_importer_code(self):
        whole = self.sudo()  # whoever reads a certificate may not read its invoice, of which this needs the date
        for party, sold_there in whole.grouped(lambda line: line.certificate_id.importing_party_id).items():
            codes = self.env["rcep.national.code"]._at(sold_there.product_id, party)
            for date, sold in sold_there.grouped(lambda line: line.invoice_id.invoice_date).items():
                found = codes._holding(sold.product_id, date)
                for line in sold:
                    record = found.get(line.product_id)
                    line.with_env(self.env).importer_code = record and record.code

    @api.depends("other_verdict", "hs6", "verdict", "criterion")
    @api.depends_context("lang")
    def _compute_other_verdict_text(self):
        words = dict(self._fields["verdict"]._description_selection(self.env))
        for line in self:
            code, verdict, criterion = line.other_verdict or ("", "", "")
            line.other_verdict_text = code and self.env._(
                "Under %(here)s: %(verdict)s · under %(other)s: %(otherwise)s",
                here=line.hs6 or "–",
                verdict=_answer(words, line.verdict, line.criterion),
                other=code,
                otherwise=_answer(words, verdict, criterion),
            )

    @api.constrains("box_9")
    def _check_box_9(self):
        for line in self.filtered("box_9"):
            code = origin.hs.compact(line.box_9)
            problem = hs_codes.problem_of(self.env, line.product_id.display_name, code)
            if problem or len(code) != origin.hs.SUBHEADING:
                raise UserError(
                    self.env._(
                        "Item %(number)s: “%(code)s” is no subheading of HS 2022: enter six digits for box 9, or "
                        "nothing.",
                        number=line.number,
                        code=line.box_9,
                    )
                )

    def _hs6(self):
        """The six digits of box 9: what somebody entered there with a reason, else those of the product."""
        return origin.hs.compact(self.box_9) or self.product_id._rcep_hs6()

    def _other_hs6(self):
        """The six digits under which the good might stand instead of those in box 9, or None."""
        code = hs_codes.digits_of((self.importer_code or "")[: origin.hs.SUBHEADING])
        others = (code, self.product_id._rcep_hs6())
        return next((each for each in others if each and each != self._hs6()), None)

    def _under_other_code(self):
        """What is kept of the determination under the other code; False where there is none."""
        other = self._other_hs6()
        if not other:
            return False
        try:
            answers = shipped_lots.answers(self, other)
        except UserError:  # why is said for box 9; here it is enough that nothing is known
            return [other, False, False]
        _lots, verdict, criterion, *_more = max(answers, key=shipped_lots.badness).row()
        return [other, verdict, criterion]

    def _classification_problem(self):
        """Why box 9 cannot stand as it is, or None."""
        if self.box_9 and self._hs6() != self.product_id._rcep_hs6() and not self.box_9_reason:
            return self.env._(
                "Item %(number)s: box 9 bears %(code)s, the product %(own)s: enter beside it why.",
                number=self.number,
                code=self._hs6(),
                own=self.product_id._rcep_hs6() or "–",
            )
        return None

    def _classification_warning(self):
        """What importing customs would see, where its own code begins otherwise than box 9; or None."""
        if not self.importer_code or self.importer_code.startswith(self._hs6() or "–"):
            return None
        return self.env._(
            "Item %(number)s: box 9 bears %(code)s, but the importer's code is %(theirs)s: customs there looks for "
            "%(six)s. %(verdicts)s. Agree on one code, or enter theirs for box 9 with a reason.",
            number=self.number,
            code=self._hs6() or "–",
            theirs=self.importer_code,
            six=self.importer_code[: origin.hs.SUBHEADING],
            verdicts=self.other_verdict_text or "",
        )


def _answer(words, verdict, criterion):
    if not verdict:
        return "–"
    return " ".join(filter(None, (words[verdict], criterion)))
