"""A product's verdict for a company: the forecast at list price, with what it takes to replay it."""

import json

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import origin
from . import amounts, sentences

RVC_ASKED = 40.0  # per cent (Art. 3.5)
NEXT_TO_NOTHING = "0.01"  # a price at which no rule that depends on the price is met without all help


class RcepDossierMixin(models.AbstractModel):
    """What a determination leaves behind on a record: its answer for all, its dossier for cost engineers."""

    _name = "rcep.dossier.mixin"
    _description = "Determination of origin"

    verdict = fields.Selection(sentences.VERDICTS, readonly=True)
    criterion = fields.Selection(sentences.CRITERIA, readonly=True, help="Box 10 of the certificate.")
    modifiers = fields.Char(readonly=True, help="ACU: cumulation was used. DMI: de minimis was used.")
    rule = fields.Char(readonly=True, help="The product-specific rule that was applied.")
    rvc = fields.Char(
        "RVC %", readonly=True, help="Regional value content, by build-down or build-up, whichever is more."
    )
    fob_floor = fields.Char(
        "Price floor", readonly=True, help="Lowest FOB value of a unit at which 40 per cent is still reached."
    )
    lowest_fob = fields.Char(
        "Originates from",
        readonly=True,
        help="Lowest FOB value of a unit at which any rule is met; empty where the price does not matter, or no price "
        "would do.",
    )
    rvc_margin = fields.Float(
        "Points above 40",
        compute="_compute_margins",
        digits=(5, 2),
        help="How far the regional value is above the 40 per cent asked; negative: how much is lacking.",
    )
    price_margin = fields.Float(
        "Price above floor",
        compute="_compute_margins",
        digits="Product Price",
        help="How far the FOB value of a unit is above the price floor; negative: how much is lacking.",
    )
    origin_country_code = fields.Char("RCEP country of origin", readonly=True, help="Box 11, Art. 2.6.")
    needed = fields.Text("What is missing", readonly=True)
    summary = fields.Char(compute="_compute_summary")
    dossier = fields.Text(readonly=True, groups="rcep_eco.group_origin")
    dossier_sha256 = fields.Char("Dossier hash", readonly=True)
    explanation = fields.Html(compute="_compute_explanation", groups="rcep_eco.group_origin", sanitize=False)

    @api.depends("rvc", "fob_floor", "dossier_sha256")
    def _compute_margins(self):
        for record in self:
            record.rvc_margin = float(record.rvc) - RVC_ASKED if record.rvc else 0
            price = record._unit_price() if record.fob_floor else 0
            record.price_margin = price - float(record.fob_floor) if price else 0

    def _unit_price(self):
        """The FOB value of a unit that was determined, in the company's currency."""
        whole = self.sudo()  # the price is no secret, the dossier is
        facts = json.loads(whole.dossier) if whole.dossier else {}
        return float((facts.get("case") or facts.get("evidence") or {}).get("good", {}).get("fob") or 0)

    @api.depends("verdict", "criterion", "modifiers", "rvc", "fob_floor", "needed")
    @api.depends_context("lang")
    def _compute_summary(self):
        for record in self:
            record.summary = record._summary()

    def _summary(self):
        if self.verdict == "originating":
            words = " ".join(filter(None, (self.criterion, self.modifiers)))
            return self.env._("Originating by %s.", words)
        if self.verdict == "unresolved":
            return self.needed
        if self.verdict and self.rvc and self.fob_floor:
            return self.env._(
                "Not originating: regional value %(rvc)s per cent of the 40 asked; 40 is reached from %(floor)s "
                "a unit.",
                rvc=self.rvc,
                floor=self.fob_floor,
            )
        return self.env._("Not originating.") if self.verdict else False

    @api.depends("dossier_sha256")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for record in self:
            record.explanation = record._explain() if record.dossier else False

    def _explain(self):
        dossier = json.loads(self.dossier)
        name = dossier["rule"]["edition"]
        edition = self.env["rcep.rule.edition"].search([("name", "=", name)])
        if not edition:
            return Markup("<p>%s</p>") % self.env._("The rules of this dossier, %s, are not here any more.", name)
        try:
            rulebook = edition._rulebook()
            verdict = origin.replay(dossier, rulebook)
            return sentences.explanation(self.env, verdict, origin.turning(dossier, verdict, rulebook))
        except origin.OriginError as error:
            return Markup("<p>%s</p>") % self.env._("The dossier cannot be replayed: %s.", error)

    @api.model
    def _answer_values(self, verdict, dossier):
        """The values of these fields for a verdict of the engine."""
        value, country = verdict.regional_value, verdict.country_of_origin
        return {
            "verdict": verdict.verdict,
            "criterion": verdict.criterion,
            "modifiers": " ".join(verdict.modifiers),
            "rule": verdict.rule,
            "rvc": max(filter(None, (value.build_down, value.build_up)), key=float, default=None),
            "fob_floor": amounts.text(value.fob_floor) if value.fob_floor is not None else False,
            "lowest_fob": self._lowest_fob(verdict, dossier),
            "origin_country_code": country and country.party,
            "needed": sentences.of_needs(self.env, verdict.needed),
            "dossier": origin.canonical_json(dossier).decode(),
            "dossier_sha256": origin.sha256_of(dossier),
        }

    @api.model
    def _lowest_fob(self, verdict, dossier):
        """The lowest price at which the good originates by any rule, as text; False where no price decides.

        A rule that is met says the floor of the help that it needed. Where cumulation could carry it further down, it
        is asked again at a price at which it needs all.
        """
        floor, case = _floor_of(verdict), dossier.get("case")
        if not floor or verdict.verdict != "originating" or not case:
            return floor
        if not _may_cumulate(case.get("materials", ()), case["exporting_party"]):
            return floor
        edition = self.env["rcep.rule.edition"].search([("name", "=", verdict.edition)])
        # Without costs: what of them and of profit a lower price leaves, nobody knows.
        cheap = {name: facts for name, facts in case.items() if name != "costs"}
        cheap["good"] = {**case["good"], "fob": NEXT_TO_NOTHING}
        try:
            return _floor_of(origin.replay({**dossier, "case": cheap}, edition._rulebook())) or floor
        except origin.OriginError:  # an intermediate that stands by its hash: the floor known is the more careful one
            return floor

    @api.model
    def _no_answer(self):
        """The values of these fields where nothing is determined."""
        answer = ("verdict", "criterion", "modifiers", "rule", "rvc", "fob_floor", "lowest_fob", "needed")
        return dict.fromkeys((*answer, "origin_country_code", "dossier", "dossier_sha256"), False)


def _floor_of(verdict):
    """The lowest price at which any alternative is met, as text; False where none depends on the price."""
    if any(tested.met and tested.fob_floor is None for tested in verdict.alternatives):
        return False
    floors = [tested.fob_floor for tested in verdict.alternatives if tested.fob_floor is not None]
    return amounts.text(min(floors)) if floors else False


def _may_cumulate(materials, exporting):
    """Whether any of a dossier's materials, at any depth, originates in another Party."""
    return any(
        (item.get("originating") and item.get("origin") != exporting)
        or _may_cumulate(item.get("self_produced", {}).get("materials", ()), exporting)
        for item in materials
    )


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
    verdict_before = fields.Selection(sentences.VERDICTS, "Verdict before", readonly=True)
    changed_on = fields.Datetime("Changed on", readonly=True, index=True)

    _product_unique = models.Constraint(
        "UNIQUE(product_id, company_id)", "A product has one verdict in each company."
    )

    @api.depends("product_id", "verdict")
    def _compute_display_name(self):
        words = dict(self._fields["verdict"]._description_selection(self.env))
        for record in self:
            record.display_name = f"{record.product_id.display_name}: {words.get(record.verdict, '')}"

    @api.depends("fob")
    def _compute_margins(self):
        return super()._compute_margins()

    def _unit_price(self):
        return self.fob

    def action_determine(self):
        """Determine these products anew, at today's list price."""
        for company, records in self.grouped("company_id").items():
            records.product_id._rcep_refresh_verdicts(company)

    @api.model
    def _record(self, product, company, *, date, fob, verdict, dossier):
        """Keep the verdict of a product; the one before gives way."""
        # Verdicts are the engine's: no group may write them, whoever may see the product may ask for one.
        model = self.sudo()
        values = {**self._answer_values(verdict, dossier), "date": date, "fob": float(fob)}
        record = model.search([("product_id", "=", product.id), ("company_id", "=", company.id)])
        if record:
            if record.verdict != verdict.verdict:
                values |= {"verdict_before": record.verdict, "changed_on": fields.Datetime.now()}
            record.write(values)
            return record
        return model.create({**values, "product_id": product.id, "company_id": company.id})

    @api.model
    def _rate(self, currency, company, date):
        """How much of the company's currency one unit of another is worth, exactly as its rates say.

        :raises UserError: where no rate on or before the date is recorded
        """
        if currency == company.currency_id:
            return amounts.exact(1)
        rates = [self._recorded_rate(each, company, date) for each in (company.currency_id, currency)]
        return rates[0] / rates[1]

    @api.model
    def _recorded_rate(self, currency, company, date):
        rate = self.env["res.currency.rate"].search(
            [
                ("currency_id", "=", currency.id),
                ("company_id", "in", (False, company.root_id.id)),
                ("name", "<=", date),
            ],
            order="company_id, name desc",
            limit=1,
        )
        if rate:
            return amounts.exact(rate.rate)
        if currency == company.currency_id:
            return amounts.exact(1)  # Odoo's convention: the company's own currency needs no rate
        raise UserError(
            self.env._(
                "%(currency)s has no rate on %(date)s in %(company)s: enter the rate of that day.",
                currency=currency.name,
                date=date.isoformat(),
                company=company.name,
            )
        )
