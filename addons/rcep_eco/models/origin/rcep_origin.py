"""A product's verdict for a company: the forecast at list price, kept current while the facts below it change."""

import json
from dataclasses import dataclass
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import groups, origin
from ...cases.verdict_fields import verdict_fields
from ...texts import explanations
from .rcep_dossier import RVC_REQUIRED


@dataclass(frozen=True)
class Determined:
    """A product with its verdict, or with the sentence that says why there is none.

    :param problems: the sentence again, each line by itself: [(sentence, ref of the product that is to be mended)]
    :param part: what goods in which it stands have to know of it, where a bridge to manufacturing keeps that
    """

    product_id: int
    template_id: int
    fob: Decimal | None = None
    verdict: origin.Verdict | None = None
    dossier: str | None = None
    sha256: str | None = None
    problem: str | None = None
    part: dict | None = None
    problems: tuple = ()

    @classmethod
    def wrong(cls, product_id, template_id, problems):
        """A product of which nothing can be determined.

        :param problems: [(sentence, ref of the product that is to be mended)]
        """
        result = "\n".join(dict.fromkeys(sentence for sentence, _ref in problems))
        return cls(product_id, template_id, problem=result, problems=tuple(problems))

    def row(self):
        """The values that are kept, as JSON."""
        answer = verdict_fields(self.verdict) if self.verdict else {}
        rvc = answer.get("rvc")
        return {
            **answer,
            "product_id": self.product_id,
            "template_id": self.template_id,
            "fob": None if self.fob is None else f"{self.fob:f}",
            "margin": float(rvc) - RVC_REQUIRED if rvc else None,
            "dossier_sha256": self.sha256,
            "problem": self.problem,
            "problems": [list(each) for each in self.problems] or None,
            "part": self.part,
        }


# One statement for any number of verdicts; what changed is seen by the verdict that it replaces.
_KEEP = """
    INSERT INTO rcep_origin AS kept (
           product_id, product_tmpl_id, company_id, date, fob, verdict, criterion, modifiers, rule, rvc, fob_floor,
           lowest_fob, origin_country_code, needs, margin, dossier_sha256, problem, problems, part, stale)
    SELECT new.product_id, new.template_id, %(company)s, %(date)s, new.fob, new.verdict, new.criterion,
           new.modifiers, new.rule, new.rvc, new.fob_floor, new.lowest_fob, new.origin_country_code, new.needs,
           new.margin, new.dossier_sha256, new.problem, new.problems, new.part, FALSE
      FROM json_to_recordset(%(rows)s) AS new (
           product_id int, template_id int, fob numeric, verdict varchar, criterion varchar, modifiers varchar,
           rule varchar, rvc varchar, fob_floor varchar, lowest_fob varchar, origin_country_code varchar, needs jsonb,
           margin numeric, dossier_sha256 varchar, problem text, problems jsonb, part jsonb)
        ON CONFLICT (product_id, company_id) DO UPDATE
       SET (date, fob, criterion, modifiers, rule, rvc, fob_floor, lowest_fob, origin_country_code, needs, margin,
            dossier_sha256, problem, problems, part, stale, verdict, verdict_before, changed_on)
         = (EXCLUDED.date, EXCLUDED.fob, EXCLUDED.criterion, EXCLUDED.modifiers, EXCLUDED.rule, EXCLUDED.rvc,
            EXCLUDED.fob_floor, EXCLUDED.lowest_fob, EXCLUDED.origin_country_code, EXCLUDED.needs, EXCLUDED.margin,
            EXCLUDED.dossier_sha256, EXCLUDED.problem, EXCLUDED.problems, EXCLUDED.part, FALSE, EXCLUDED.verdict,
            CASE WHEN EXCLUDED.verdict = kept.verdict THEN kept.verdict_before
                 ELSE COALESCE(kept.verdict, kept.verdict_before) END,
            CASE WHEN EXCLUDED.verdict = kept.verdict THEN kept.changed_on ELSE %(now)s END)
"""


class RcepOrigin(models.Model):
    _name = "rcep.origin"
    _description = "Origin verdict"
    _inherit = ["rcep.dossier.mixin"]
    _order = "date desc, id desc"

    product_id = fields.Many2one("product.product", required=True, readonly=True, ondelete="cascade", index=True)
    product_tmpl_id = fields.Many2one(related="product_id.product_tmpl_id", store=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(readonly=True)
    fob = fields.Float("FOB value", readonly=True, digits="Product Price")
    dossier = fields.Text(compute="_compute_dossier", groups=groups.ENGINEER)
    margin = fields.Float(store=True)  # so that goods are found by it
    problem = fields.Text(readonly=True, help="Why nothing could be determined, and what to do.")
    problems = fields.Json(readonly=True, help="[[sentence, ref of the product that is to be mended]].")
    wordings = fields.Json(readonly=True, help="{language: {sentence of a problem: the same in that language}}.")
    problem_shown = fields.Text("Problem", compute="_compute_problem_shown")
    part = fields.Json(readonly=True, groups="base.group_system", help="What goods above it have to know of it.")
    stale = fields.Boolean("Being recomputed", readonly=True, index=True)
    verdict_before = fields.Selection(explanations.verdicts, "Verdict before", readonly=True)
    changed_on = fields.Datetime("Changed on", readonly=True, index=True)

    _product_unique = models.Constraint(
        "UNIQUE(product_id, company_id)", "A product has one verdict in each company."
    )

    @api.depends("problem", "problems", "wordings")
    @api.depends_context("lang")
    def _compute_problem_shown(self):
        for record in self:
            sentences_of_it = [sentence for sentence, _ref in record.problems or ()]
            sentences = [record._worded(sentence) for sentence in sentences_of_it] or [record.problem or ""]
            record.problem_shown = "\n".join(dict.fromkeys(sentences))

    def _worded(self, sentence):
        """A sentence of a problem in the reader's language, where it is kept in that."""
        return ((self.wordings or {}).get(self.env.lang) or {}).get(sentence, sentence)

    @api.depends("product_id", "verdict")
    def _compute_display_name(self):
        words = dict(self._fields["verdict"]._description_selection(self.env))
        for record in self:
            result = (record.product_id.display_name, words.get(record.verdict))
            record.display_name = ": ".join(filter(None, result))

    @api.depends("dossier_sha256")
    def _compute_dossier(self):
        hashes = [record.dossier_sha256 for record in self if record.dossier_sha256]
        # A cost engineer reads dossiers through verdicts of the own companies, never the store itself.
        stored = self.env["rcep.dossier"].sudo().search_fetch([("sha256", "in", hashes)], ["sha256", "content"])
        contents = {dossier.sha256: dossier.content for dossier in stored}
        for record in self:
            record.dossier = contents.get(record.dossier_sha256, False)

    @api.depends("fob")
    def _compute_price_margin(self):
        return super()._compute_price_margin()

    def _unit_price(self):
        return self.fob

    def action_determine(self):
        """Determine these products anew, at today's list price."""
        self.check_access("read")
        for company, records in self.grouped("company_id").items():
            records.product_id._rcep_refresh_verdicts(company)

    @api.model
    def _hold(self, products, company):
        """Keep the job from these verdicts until the end of the transaction.

        :raises UserError: where the job is at one of them: it writes what it finds, nothing is to be done twice
        """
        # Verdicts are the engine's: whoever may ask for one need not be allowed to write it.
        stored = self.sudo().search([("product_id", "in", products.ids), ("company_id", "=", company.id)])
        busy = stored - stored.try_lock_for_update()
        if busy:
            raise UserError(
                self.env._(
                    "%s is being recomputed by the job just now: look again in a moment.",
                    busy[0].product_id.display_name,
                )
            )

    @api.model
    def _keep(self, company, date, determined):
        """Keep what was determined of products; the verdicts before give way.

        :param determined: :class:`Determined` records
        """
        self.env["rcep.dossier"]._keep({each.sha256: each.dossier for each in determined if each.dossier})
        rows = json.dumps([each.row() for each in determined])
        values = {"company": company.id, "date": date, "now": fields.Datetime.now(), "rows": rows}
        self.env.flush_all()
        self.env.cr.execute(SQL(_KEEP, **values))
        self.env.invalidate_all(flush=False)  # products, bills and lines show what was kept
        self._kept(company, [each.product_id for each in determined])

    # --- hooks for bridges -------------------------------------------------------------------------------
    @api.model
    def _in_doubt(self, products, company):
        """Those of some products of which something that was made or certified says otherwise than their verdict."""
        risks = [("company_id", "=", company.id), ("product_id", "in", products.ids), ("at_risk", "=", True)]
        return self.env["rcep.drift"].search(risks).product_id

    @api.model
    def _kept(self, company, product_ids):
        """Verdicts of these products are new, and may be other ones: what rests on them may be looked at again."""
