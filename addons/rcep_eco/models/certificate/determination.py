"""The determination that a good on a certificate rests on: at its own price, of the units that were shipped."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ...cases import shipped_lots
from ..origin.rcep_tariff_differential import ANSWERS, ASKED

_lt = LazyTranslate(__name__)

MARKS = {"*": _lt("*: highest rate of a contributing Party"), "**": _lt("**: highest rate of any Party")}
ANSWER = ("verdict", "criterion", "modifiers", "origin_country_code", "hs6")  # what the application says of it


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    appendix = fields.Selection(ANSWERS, "Tariff differential", compute="_compute_appendix", help=(
        "Whether the importing Party's Appendix names the good (Art. 2.6.3): then box 11 needs 20 "
        "per cent of value added in the exporting Party."
    ))
    appendix_lines = fields.Char("Tariff lines that may be meant", compute="_compute_appendix")
    in_appendix = fields.Selection(
        [("yes", "Yes"), ("no", "No")],
        "In the Appendix?",
        help="Whether the good is in one of the importing Party's tariff lines that share its six digits.",
    )
    origin_party_id = fields.Many2one(
        "rcep.party", "Party in box 11", help="Art. 2.6.5: chosen where no single Party contributed most."
    )
    origin_mark = fields.Selection(
        "_get_origin_marks",
        "Mark in box 11",
        help="Art. 2.6.5: which rate is claimed where no single Party contributed most.",
    )
    problem = fields.Text(readonly=True)
    lots = fields.Json(readonly=True, help="[[lots, verdict, criterion, modifiers, RVC]] of what was shipped.")
    lots_text = fields.Text("Shipped lots", compute="_compute_lots_text")

    @api.model
    def _get_origin_marks(self):
        return [(mark, self.env._(words)) for mark, words in MARKS.items()]

    @api.depends(
        "certificate_id.importing_party_id",
        "product_id.hs_code",
        "product_id.rcep_variant_hs",
        "invoice_id.invoice_date",
        "importer_code",
        "box_9",
    )
    def _compute_appendix(self):
        differentials = self.env["rcep.tariff.differential"]
        for line in self:
            whole = line.sudo()  # whoever reads a certificate may not read its invoice, of which this needs the date
            party, date = line.certificate_id.importing_party_id, whole.invoice_id.invoice_date
            line.appendix, matching = differentials._answer(party, line._hs6(), date, line.importer_code)
            line.appendix_lines = ", ".join(matching.mapped("code"))

    @api.depends("lots")
    @api.depends_context("lang")
    def _compute_lots_text(self):
        for line in self:
            line.lots_text = shipped_lots.as_text(self.env, line.lots) if line.lots else False

    def _remember_appendix(self):
        """What was said last of the same product at the same importing Party holds until somebody says otherwise."""
        for line in self.filtered(lambda line: not line.in_appendix and line.appendix in ASKED):
            result = self.search(
                [
                    ("company_id", "=", line.company_id.id),
                    ("product_id", "=", line.product_id.id),
                    ("certificate_id.importing_party_id", "=", line.certificate_id.importing_party_id.id),
                    ("in_appendix", "!=", False),
                ],
                order="id desc",
                limit=1,
            )
            if result:
                line.in_appendix = result.in_appendix

    def _determine(self):
        """Determine this good at its own price; a sentence in `problem` where that is not possible."""
        # The dossier is kept by the system: a clerk who asks for the verdict does not see costs.
        self.sudo().write(self._determined())

    def _holds(self):
        """Whether what was determined for this good would be determined again today."""
        now = self._determined()
        return all((now.get(name) or "") == (self[name] or "") for name in ANSWER)

    def _determined(self):
        self.ensure_one()
        whole = self.sudo()  # whoever checks or signs a certificate may not read invoices
        other = {"other_verdict": whole._under_other_code()}
        try:
            answers = shipped_lots.answers(whole)
        except UserError as error:
            return {**self._no_answer(), **other, "lots": False, "problem": str(error)}
        values = {**other, "hs6": whole._hs6(), "lots": [answer.row() for answer in answers if answer.lots] or False}
        problem = shipped_lots.disagreement(self.env, whole, answers)
        if problem:
            return {**self._no_answer(), **values, "problem": problem}
        worst = max(answers, key=shipped_lots.badness)
        return {**self._stored_answer_values(worst.verdict, worst.dossier), **values, "problem": False}

    def _rcep_shipped(self):
        """How the units that were shipped for this line were made, where their lots are known.

        Bridges that know lots override it. A certificate prefers what was shipped: each of them is determined at this
        line's own price, and the worst counts for the line.

        :return: [(names of the lots, :class:`.production.Production`)]; empty: the product as it is made in general.
            No name stands for units whose lots are not known.
        """
        self.ensure_one()
        return []

    def _rcep_made_here(self):
        """What stock shows of work on these goods here, as a sentence for people; an empty text where it shows none.

        Bridges that know moves override it. Goods of another Party on which there was work do not go on as they came.
        """
        self.ensure_one()
        return ""

    def _determined_as(self, production, hs6=None):
        """Determine this good at its own price.

        :param production: how the units were made, or None for the product as it is made in general
        :param hs6: another code than that of box 9
        :return: (:class:`origin.Verdict`, dossier)
        """
        chosen = tuple(self.invoice_line_id._rcep_chosen().ids)
        product = self.product_id.with_company(self.company_id).with_context(rcep_chosen=chosen)
        return product._rcep_determine(
            self.company_id,
            self._unit_fob(),
            self.invoice_id.invoice_date,
            importing_party=self.certificate_id.importing_party_id,
            in_appendix=self._is_in_appendix(),
            production=production,
            hs6=hs6 or self._hs6(),
        )

    def _is_in_appendix(self):
        """What the engine is told: True, False, or None where nobody knows."""
        answer = self.in_appendix if self.appendix in ASKED else self.appendix
        return {"yes": True, "no": False}.get(answer)


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _determine_lines(self):
        """Determine each good; one that cannot be determined does not keep the others."""
        for name in ("invoice_value", "fob_value"):  # discounts on the invoice may have come or gone
            self.env.add_to_compute(self.line_ids._fields[name], self.line_ids)
        for line in self.line_ids:
            line._determine()
