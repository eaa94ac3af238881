"""A scenario of one good: its verdict and margin with other facts, beside today's; nothing but the scenario is written.

*What if* makes no heap of scenarios: who opens it again for the same good finds the one that was never changed, and
what nobody changed goes after a day.
"""

import datetime
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ... import origin
from ...cases import case_builder, changed_case
from ...cases.profit import profit_of
from ...cases.verdict_fields import verdict_fields
from ...texts import explanations
from ...values import amounts, hs_codes

# What a scenario shows of a verdict, today's beside the other.
SHOWN = ("verdict", "criterion", "rvc", "fob_floor", "needs_text", "country", "cost", "margin")
NAMED = 3  # so many materials without a value are named; the lines show all


class RcepScenario(models.Model):
    _name = "rcep.scenario"
    _description = "What if: a good with other facts"
    _order = "product_id, id desc"

    name = fields.Char(required=True, default=lambda self: self.env._("What if"))
    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one("product.product", required=True, readonly=True, ondelete="cascade", index=True)
    fob = fields.Monetary("Sales price (FOB) of a unit", required=True)
    today_fob = fields.Monetary("List price today", compute="_compute_verdicts")
    hs_code = fields.Char("HS code", help="Of the good, where it is to be another: six digits of HS 2022.")
    importing_party_id = fields.Many2one("rcep.party")
    work = fields.Selection(
        "_get_work",
        help="The last work on the good, done here, where it is to be another than its bill says.",
    )
    line_ids = fields.One2many("rcep.scenario.line", "scenario_id", "Materials")
    note = fields.Text()
    # Not what the screen lists before somebody changed something; whatever is made in another way was meant to be.
    kept = fields.Boolean(default=True, readonly=True, copy=False)

    verdict = fields.Selection(explanations.verdicts, "Then", compute="_compute_verdicts")
    criterion = fields.Char("Criterion then", compute="_compute_verdicts")
    rvc = fields.Char("RVC % then", compute="_compute_verdicts")
    fob_floor = fields.Char("Price floor then", compute="_compute_verdicts")
    country = fields.Char("Box 11 then", compute="_compute_verdicts")
    cost = fields.Char("Cost then", compute="_compute_verdicts", help="Of one unit: its materials and the work on it.")
    margin = fields.Char(
        "Margin then",
        compute="_compute_verdicts",
        help="Price less materials and work, of one unit. What selling and carriage cost is not taken off.",
    )
    needs_text = fields.Text("What is missing then", compute="_compute_verdicts")
    explanation = fields.Html("Step by step", compute="_compute_verdicts", sanitize=False)
    today_verdict = fields.Selection(explanations.verdicts, "Today", compute="_compute_verdicts")
    today_criterion = fields.Char("Criterion today", compute="_compute_verdicts")
    today_rvc = fields.Char("RVC % today", compute="_compute_verdicts")
    today_fob_floor = fields.Char("Price floor today", compute="_compute_verdicts")
    today_country = fields.Char("Box 11 today", compute="_compute_verdicts")
    today_cost = fields.Char("Cost today", compute="_compute_verdicts")
    today_margin = fields.Char("Margin today", compute="_compute_verdicts")
    today_needs_text = fields.Text("What is missing today", compute="_compute_verdicts")
    problem = fields.Text("Why there is no answer", compute="_compute_verdicts")

    @api.model
    def _get_work(self):
        return [(kind, self.env._(words)) for kind, words in explanations.WORK.items()]

    # --- checks ------------------------------------------------------------------------------------------
    @api.constrains("hs_code")
    def _check_hs_code(self):
        for scenario in self.filtered("hs_code"):
            problem = hs_codes.problem_of(self.env, scenario.name, scenario.hs_code)
            if problem:
                raise ValidationError(problem)

    @api.constrains("fob")
    def _check_fob(self):
        for scenario in self.filtered(lambda each: each.fob <= 0):
            raise ValidationError(self.env._("Scenario %s: enter a sales price above zero.", scenario.name))

    # --- made --------------------------------------------------------------------------------------------
    @api.model
    def _of_product(self, product, place=None):
        """A scenario of a product that nobody has changed yet, with its materials as they are today.

        :param place: of the material that is at hand, which stands first
        :raises UserError: where the product cannot be determined, or was archived
        """
        company = self.env.company
        self._check_not_archived(product)
        fob = product._rcep_list_fob(company, amounts.today())
        case = self._case_today(product, company, fob)
        lines = [
            fields.Command.create({"place": each, "name": " › ".join(names), "at_hand": each == place})
            for each, names, _material in changed_case.materials_of(case)
        ]
        own = [("kept", "=", False), ("product_id", "=", product.id), ("company_id", "=", company.id)]
        opened = self.search([*own, ("create_uid", "=", self.env.uid)], limit=1)
        if opened:
            opened.write({"kept": False, "fob": float(fob), "line_ids": [fields.Command.clear(), *lines]})
            return opened
        return self.create(
            {"product_id": product.id, "company_id": company.id, "fob": float(fob), "kept": False, "line_ids": lines}
        )

    def write(self, vals):
        """Whoever changes anything keeps it."""
        if any(self._fields[name].store for name in vals):
            vals = {"kept": True, **vals}
        return super().write(vals)

    @api.autovacuum
    def _gc_unchanged(self):
        """What was opened and never changed goes after a day."""
        before = fields.Datetime.now() - datetime.timedelta(days=1)
        self.search([("kept", "=", False), ("write_date", "<", before)]).unlink()

    @api.model
    def _check_not_archived(self, product):
        if not product.active:
            raise UserError(self.env._("%s is archived: unarchive it, then ask what if.", product.display_name))

    @api.model
    def _case_today(self, product, company, fob, importing_party=None):
        """The case of a product as the records have it today: :class:`origin.Case`, whole."""
        _verdict, dossier = product._rcep_determine(company, fob, amounts.today(), importing_party=importing_party)
        if "case" not in dossier:
            raise UserError(
                self.env._(
                    "%s is bought: its supplier's declaration decides, and nothing of it can be changed here.",
                    product.display_name,
                )
            )
        date = datetime.date.fromisoformat(dossier["case"]["date"])
        return case_builder.opened(origin.read_case(dossier["case"], today=date), dossier.fetch)

    # --- decided -----------------------------------------------------------------------------------------
    @api.depends(
        "product_id", "fob", "hs_code", "importing_party_id", "work", "line_ids.value", "line_ids.times",
        "line_ids.hs_code", "line_ids.origin_id", "line_ids.originating", "line_ids.left_out",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_verdicts(self):
        todays = {}  # of one good once, however many scenarios it has
        for scenario in self:
            empty = (*SHOWN, *(f"today_{name}" for name in SHOWN), "explanation", "problem")
            scenario.update(dict.fromkeys(empty, False))
            scenario.today_fob = 0
            try:
                scenario._decide(todays)
            except UserError as error:
                scenario.problem = str(error)

    def _decide(self, todays):
        key = (self.product_id, self.company_id, self.importing_party_id)
        if key not in todays:
            todays[key] = self._decide_today()
        today_fob, case, now = todays[key]
        self.today_fob = float(today_fob)
        self.update({f"today_{name}": text for name, text in self._shown(now, case).items()})
        for line in self.line_ids:
            line._note_today({place: material for place, _names, material in changed_case.materials_of(case)})
        changed = self._changed(self._as_asked(case))
        then = self._verdict_of(changed, self._rulebook())
        self.update(self._shown(then, changed))
        self.explanation = explanations.explanation(self.env, then)

    def _decide_today(self):
        """(list price, case, verdict) of the good as the records have it now; nothing of it is kept."""
        self._check_not_archived(self.product_id)
        fob = self.product_id._rcep_list_fob(self.company_id, amounts.today())
        case = self._case_today(self.product_id, self.company_id, fob, self.importing_party_id or None)
        return fob, case, self._verdict_of(case, self._rulebook_today())

    def _changed(self, case):
        """Today's case with what the scenario changes."""
        places = {place for place, _names, _material in changed_case.materials_of(case)}
        changes = {line.place: line._change() for line in self.line_ids if line.place in places and line._change()}
        work = None
        if self.work:
            work = (*case.processes[:-1], origin.Process(self.work, self.company_id.country_id.code))
        return changed_case.changed(
            case,
            changes,
            fob=amounts.exact(self.fob),
            hs=hs_codes.digits_of(self.hs_code) if self.hs_code else None,
            processes=work,
        )

    # --- hooks for bridges to other agreements -----------------------------------------------------------
    def _rulebook(self):
        """The rules by which the scenario is decided."""
        return self._rulebook_today()

    def _asked_for(self):
        """For which Party, and by a bridge under which agreement, it is asked: a verdict is shown with it."""
        return [self.importing_party_id.display_name] if self.importing_party_id else []

    def _as_asked(self, case):
        """Today's case as the rules of the scenario take it, before anything is changed in it."""
        return case

    def _rulebook_today(self):
        edition = self.env["rcep.rule.edition"]._on(amounts.today())
        if not edition:
            raise UserError(explanations.no_rules(self.env, amounts.today()))
        return edition._rulebook()

    def _verdict_of(self, case, rulebook):
        try:
            return origin.determine(case, rulebook)
        except origin.OriginError as error:
            raise UserError(explanations.not_determined(self.env, self.product_id.display_name, error)) from error

    def _shown(self, verdict, case):
        answer, profit = verdict_fields(verdict), profit_of(case)
        floor = answer["fob_floor"]
        return {
            "verdict": verdict.verdict,
            "criterion": " ".join(filter(None, (verdict.criterion, *verdict.modifiers))),
            "rvc": answer["rvc"] or False,
            "fob_floor": self._money(floor) if floor else False,
            "country": answer["origin_country_code"] or False,
            "needs_text": explanations.of_needs(self.env, verdict.needed) or False,
            "cost": self._cost_words(profit),
            "margin": self._margin_words(profit),
        }

    def _money(self, amount):
        name = self.currency_id.name
        return f"{self.env['res.currency']._rcep_amount(Decimal(amount), name)} {name}"

    def _cost_words(self, profit):
        if profit.missing:
            names = "; ".join(profit.missing[:NAMED]) + (" …" if len(profit.missing) > NAMED else "")
            return self.env._("unknown: no value is known of %s", names)
        if profit.materials is None:
            return self.env._("unknown: nothing says what it is made of")
        if profit.work is None:
            words = self.env._("unknown: no cost of the work on it is known; its materials cost %s")
            return words % self._money(profit.materials)
        words = self.env._("%(cost)s: materials %(materials)s, work %(work)s")
        return words % {name: self._money(getattr(profit, name)) for name in ("cost", "materials", "work")}

    def _margin_words(self, profit):
        if profit.margin is None:
            return self.env._("unknown")
        return f"{self._money(profit.margin)} ({profit.percent} %)"

    def action_print(self):
        """Print the scenario beside today."""
        self.check_access("read")
        return self.env.ref("rcep_eco.action_report_scenario").report_action(self)
