"""Of several bills of a product one decides; on each of the others stands what it would give in its stead.

Nothing is kept: it is worked out when somebody opens such a bill, for that one product.
"""

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups, origin
from odoo.addons.rcep_eco.cases.verdict_fields import verdict_fields
from odoo.addons.rcep_eco.texts import explanations
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError

from ..bills import trees

WOULD_GIVE = ("verdict", "criterion", "modifiers", "rvc", "fob_floor")


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    rcep_deciding_id = fields.Many2one(
        "mrp.bom",
        "Deciding bill",
        compute="_compute_rcep_deciding",
        groups=groups.READER,
        help="The bill that manufacturing takes: the first by sequence. Empty where this one does.",
    )
    rcep_would_verdict = fields.Selection(
        explanations.verdicts, "Would be", compute="_compute_rcep_would", groups=groups.READER
    )
    rcep_would_criterion = fields.Selection(
        explanations.CRITERIA, "Would meet", compute="_compute_rcep_would", groups=groups.READER
    )
    rcep_would_modifiers = fields.Char("Would use", compute="_compute_rcep_would", groups=groups.READER)
    rcep_would_rvc = fields.Char("RVC % by this bill", compute="_compute_rcep_would", groups=groups.READER)
    rcep_would_fob_floor = fields.Char("Price floor by this bill", compute="_compute_rcep_would", groups=groups.READER)
    rcep_would_note = fields.Char("What is missing in this bill", compute="_compute_rcep_would", groups=groups.READER)

    @api.depends("product_id", "product_tmpl_id", "company_id", "sequence", "active")
    @api.depends_context("company")
    def _compute_rcep_deciding(self):
        for bom in self:
            bill, company, product = bom._origin, bom.company_id or bom.env.company, bom._rcep_product()
            deciding = self._bom_find(product, company_id=company.id)[product] if bill and product else bill
            bom.rcep_deciding_id = deciding if deciding != bill else False

    @api.depends("rcep_deciding_id")
    @api.depends_context("company", "lang")
    def _compute_rcep_would(self):
        for bom in self:
            result = bom._origin._rcep_would_give() if bom.rcep_deciding_id and bom.active else {}
            for name in (*WOULD_GIVE, "note"):
                bom[f"rcep_would_{name}"] = result.get(name) or False

    def _rcep_would_give(self):
        """What this bill would decide of its product today, at list price: an answer, or a note why there is none."""
        self.ensure_one()
        product, company = self._rcep_product(), self.company_id or self.env.company
        date = amounts.today()
        try:
            # How it is made rests on costs, which a reader does not see; only the answer goes back.
            production = trees.production(product.sudo(), company, date, self.sudo())
            fob = product._rcep_list_fob(company, date)
            verdict, _dossier = product._rcep_determine(company, fob, date, production=production)
        except UserError as error:
            return {"note": str(error)}
        answer = verdict_fields(verdict)
        needs = [origin.trace.Need(*need) for need in answer["needs"]]
        return {**answer, "note": explanations.of_needs(self.env, needs)}
