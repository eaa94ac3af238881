"""Duties compared on a screen: each good with its ways; what is not known is said in words, never as a zero."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.addons.rcep_eco.texts import explanations
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError
from odoo.fields import Command

from . import compared
from .duty_goods import Good

STANDINGS = [
    (compared.PROVEN, "Proven"),
    (compared.TO_CHECK, "To be checked"),
    (compared.OPEN, "Something is missing"),
    (compared.NO_GAIN, "Saves nothing"),
    (compared.COSTS_MORE, "A certificate would cost money"),
    (compared.CLOSED, "Does not originate"),
    (compared.NO_RATE, "No rate to count with"),
]


class RcepDutyComparison(models.TransientModel):
    _name = "rcep.duty.comparison"
    _description = "Duties by agreement"
    _rec_name = "title"

    title = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    product_id = fields.Many2one("product.product", readonly=True)
    party_id = fields.Many2one("rcep.party", "Importing Party")
    date = fields.Date(default=lambda self: amounts.today())
    basis = fields.Text("Counted on", readonly=True)
    total = fields.Char("Saved for certain", readonly=True)
    good_ids = fields.One2many("rcep.duty.comparison.good", "comparison_id", "Goods")
    way_ids = fields.One2many("rcep.duty.comparison.way", "comparison_id", "Each way")

    @api.model
    def _of(self, title, goods):
        """Open the comparison of the goods of a document."""
        first = goods[:1] and goods[0]
        if not first:
            raise UserError(self.env._("%s has no goods: there is no duty to compare.", title))
        values = {"title": title, "company_id": first.company.id, "party_id": first.party.id, "date": first.date}
        comparison = self.create(values)
        comparison._fill(goods)
        return comparison._open()

    @api.model
    def _of_product(self, product):
        """Open the comparison of a product, for which a market is still to be chosen."""
        return self.create({"title": product.display_name, "product_id": product.id})._open()

    def _open(self):
        return self._get_records_action(name=self.env._("Duties by agreement"), target="new")

    def action_compare(self):
        """Compare a product at its list price in the market that was chosen."""
        self.ensure_one()
        self.check_access("write")
        if not (self.product_id and self.party_id and self.date):
            raise UserError(self.env._("Choose the importing Party and the day first."))
        price = self.product_id._rcep_list_fob(self.company_id, self.date)
        basis = self.env._(
            "Counted on one unit at its list price as FOB, in %(currency)s; customs count on CIF, which is more.",
            currency=self.company_id.currency_id.name,
        )
        self._fill([Good(self.product_id, self.company_id, self.party_id, self.date, price, price, basis)])
        return self._open()

    def _fill(self, goods):
        """Write what the comparison of goods says."""
        results = compared.compare(self.env, goods)
        known = [one.saving for one in results if one.saving is not None]
        unknown = len(results) - len(known)
        words = self._money(sum(known, Decimal(0))) if known else self.env._("not known")
        if known and unknown:
            words = self.env._("%(amount)s; %(count)s goods are not in it", amount=words, count=unknown)
        self.good_ids.unlink()
        self.write(
            {
                "basis": "\n".join(dict.fromkeys(one.good.basis for one in results)),
                "total": words,
                "good_ids": [Command.create(self._good_values(one)) for one in results],
            }
        )

    # --- words -------------------------------------------------------------------------------------------
    def _money(self, amount):
        """An amount with its currency; what is not known in words."""
        if amount is None:
            return self.env._("not known")
        currency = self.company_id.currency_id.name
        return f"{self.env['res.currency']._rcep_amount(amount, currency)} {currency}"

    def _name_of(self, way):
        return way.agreement.form_name or self.env._("No certificate (MFN)")

    def _good_values(self, one):
        return {
            "product_id": one.good.product.id,
            "code": one.code,
            "value": self._money(one.good.value),
            "best": self._best(one),
            "saving": self._money(one.saving),
            "next": self._next(one),
            "warning": one.warning,
            "way_ids": [Command.create(self._way_values(one, way)) for way in one.ways],
        }

    def _best(self, one):
        if one.needs_no_certificate:
            return self.env._("No certificate needed: the duty is zero for everybody.")
        if not one.best:
            return self.env._("None is proven")
        return f"{self._name_of(one.best)}: {one.best.rate.text}"

    def _next(self, one):
        if not one.next:
            return ""
        return self.env._(
            "%(way)s at %(rate)s. Missing: %(missing)s",
            way=self._name_of(one.next), rate=one.next.rate.text, missing=self._missing(one, one.next),
        )  # fmt: skip

    def _missing(self, one, way):
        """What has to be done or checked before a way may be counted on."""
        said = [way.verdict.missing, *way.rate.warnings]
        if way.agreement and not one.mfn.rate.is_certain:
            doubt = " ".join((one.mfn.rate.text, *one.mfn.rate.warnings))
            said.append(self.env._("MFN is not certain: %s", doubt))
        return "\n".join(filter(None, said))

    def _way_values(self, one, way):
        rate = way.rate
        return {
            "comparison_id": self.id,
            "product_id": one.good.product.id,
            "name": self._name_of(way),
            "verdict": way.verdict.verdict if way.agreement else False,
            "criterion": way.verdict.criterion or False,
            "rate": rate.text,
            "duty": self._money(way.duty),
            "saving": self._money(way.saving) if way.agreement else False,
            "standing": way.standing,
            "missing": self._missing(one, way),
            "source": ", ".join(filter(None, (rate.source, str(rate.source_date or ""), rate.confidence))),
        }


class RcepDutyComparisonGood(models.TransientModel):
    _name = "rcep.duty.comparison.good"
    _description = "Good in a comparison of duties"

    comparison_id = fields.Many2one("rcep.duty.comparison", required=True, ondelete="cascade", readonly=True)
    product_id = fields.Many2one("product.product", "Good", readonly=True)
    code = fields.Char("Code at the importer", readonly=True)
    value = fields.Char("Customs value", readonly=True)
    best = fields.Char("Cheapest proven way", readonly=True)
    saving = fields.Char("Saved against MFN", readonly=True)
    next = fields.Text("Cheaper, with what is missing", readonly=True)
    warning = fields.Text(readonly=True)
    way_ids = fields.One2many("rcep.duty.comparison.way", "good_id", "Ways")


class RcepDutyComparisonWay(models.TransientModel):
    _name = "rcep.duty.comparison.way"
    _description = "Way of a good in a comparison of duties"

    comparison_id = fields.Many2one("rcep.duty.comparison", required=True, ondelete="cascade", readonly=True)
    good_id = fields.Many2one("rcep.duty.comparison.good", required=True, ondelete="cascade", readonly=True)
    product_id = fields.Many2one("product.product", "Good", readonly=True)
    name = fields.Char("Way", readonly=True)
    verdict = fields.Selection(explanations.verdicts, "Origin", readonly=True)
    criterion = fields.Char(readonly=True)
    rate = fields.Char(readonly=True)
    duty = fields.Char(readonly=True)
    saving = fields.Char("Against MFN", readonly=True)
    standing = fields.Selection(STANDINGS, "How it stands", readonly=True)
    missing = fields.Text("Missing or to be checked", readonly=True)
    source = fields.Char(readonly=True)
