"""The origin overview of a product: its materials as a tree, what each counts as, and what decides.

Whoever may read verdicts sees what counts as what; quantities, values, shares and the reasons, which tell values, are
sent to cost engineers only.
"""

from decimal import Decimal

from odoo import api, models
from odoo.addons.rcep_eco import groups, origin
from odoo.addons.rcep_eco.cases import case_builder, changed_case
from odoo.addons.rcep_eco.cases.production import ORIGIN_SOURCES, VALUE_SOURCES
from odoo.addons.rcep_eco.texts import explanations
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, format_datetime

from . import production_tree, value_parts, value_waterfall
from .figures import Figures
from .tried_price import TriedPrice

# On paper; the screen has its own, for bright and dark.
COLOURS = {
    production_tree.ORIGINATING: "#2e8b57",
    value_parts.LABOUR: "#4a7fb5",
    value_parts.OVERHEAD: "#7ba4cc",
    value_parts.REST: "#a7c4df",
    production_tree.LEFT_OUT: "#b5bcc4",
    production_tree.UNDETERMINED: "#e0a030",
    production_tree.NON_ORIGINATING: "#c8553d",
    "fob": "#495057",
}
# The fields of a verdict that the screen shows, all of them open to whoever reads verdicts.
SHOWN = (
    "verdict", "criterion", "modifiers", "rule", "rvc", "fob_floor", "lowest_fob", "origin_country_code", "needs",
)  # fmt: skip
# So many kept scenarios are shown beside a good; the list has them all.
SCENARIOS = 5


class ReportOriginOverview(models.AbstractModel):
    _name = "report.rcep_eco_mrp.report_origin_overview"
    _description = "Origin overview"

    # --- what screen and print ask for -------------------------------------------------------------------
    @api.model
    def get_data(self, product_id, company_id=None, fob=None, currency=None):
        """Everything that the overview of one product shows; nothing is written.

        :param fob: a price to try, as text; None for the list price
        :param currency: ISO code of the currency of that price; None for the company's
        :raises AccessError: where the user may not read verdicts, the product or the company's records
        """
        company = self.env["rcep.origin"]._company_of_reader(company_id)
        product = self.env["product.product"].with_company(company).browse(product_id).exists()
        if not product:
            raise UserError(self.env._("The product of this overview is not there any more: go back to the goods."))
        product.check_access("read")
        return _Overview(self.env(context=product.env.context), product, company, fob, currency).data()

    @api.model
    def _get_report_values(self, docids, data=None):
        data = data or {}
        ids = docids or [int(data.get("product_id") or 0)]
        company = int(data["company_id"]) if data.get("company_id") else None
        tried = data.get("fob") or None, data.get("currency") or None
        docs = [self.get_data(product_id, company, *tried) for product_id in ids]
        return {"doc_ids": ids, "doc_model": "product.product", "docs": docs, "rows_of": _rows, "colours": COLOURS}


def _rows(lines, level=0):
    """The lines of the tree one below another, as (level, line)."""
    for line in lines:
        yield level, line
        yield from _rows(line["children"], level + 1)


class _Overview:
    """One product at one price; holds what the parts of the page share."""

    def __init__(self, env, product, company, asked, currency):
        self.env, self.product, self.company = env, product, company
        self.costs = env.user.has_group(groups.ENGINEER)
        self.date = amounts.today()
        self.problems = []
        self.tried = TriedPrice(env, company, self.date, currency, self.problems)
        self.listed, self.fob = self._prices(asked)
        self.production = self._read_production()
        self.verdict = self.dossier = None
        if self.fob is not None:
            self._determine()
        parties = {party.code for party in env["rcep.party"].search([])}
        self.nodes = (self.production and production_tree.tree_of(self.production, self.verdict, parties)) or []
        self.products, self.names = self._products()
        self.countries = self._countries()
        self.figures = Figures(env, self.fob, company.currency_id)

    # --- reading -----------------------------------------------------------------------------------------
    def _prices(self, asked):
        """(list price, price to determine at), each None where it is not known."""
        try:
            listed = self.product._rcep_list_fob(self.company, self.date)
        except UserError as error:
            self.problems.append(str(error))
            listed = None
        tried = self.tried.price(asked)
        return listed, listed if tried is None else tried

    def _read_production(self):
        # What a good is made of and costs is no clerk's to read; what is sent to whom is decided below.
        try:
            return self.product.sudo()._rcep_production(self.company, self.date)
        except UserError as error:
            self.problems.append(str(error))
            return None

    def _determine(self):
        try:
            self.verdict, self.dossier = self.product._rcep_determine(
                self.company, self.fob, self.date, production=self.production
            )
        except UserError as error:
            self.problems += str(error).split("\n")

    def _products(self):
        """The products of the tree, and their names in the user's language, by their refs."""
        items = [node.item for node in production_tree.walk(self.nodes)]
        # Names only, of what the production above was made of.
        ids = {item.product_id for item in items if item.product_id}
        found = {each.id: each for each in self.env["product.product"].sudo().browse(ids)}
        products = {item.ref: found[item.product_id] for item in items if item.product_id in found}
        names = {ref: product.display_name for ref, product in products.items()}
        for item in items:
            if (
                item.ref.endswith(case_builder.ASKED) and item.ref in names
            ):  # something of it that is asked for by itself
                names[item.ref] = f"{products[item.ref].display_name}: {item.name.rpartition(': ')[2]}"
            if item.ref.endswith(case_builder.FREIGHT) and item.ref in names:
                names[item.ref] = self.env._("Freight and insurance of %s", products[item.ref].display_name)
        return products, names

    def _countries(self):
        codes = {node.item.origin for node in production_tree.walk(self.nodes)} | {self.company.country_id.code}
        answer = self.verdict and self.verdict.country_of_origin
        codes |= {answer.party} if answer else set()
        found = self.env["res.country"].search_fetch([("code", "in", list(codes - {None, False}))], ["code", "name"])
        return {country.code: country.name for country in found}

    # --- the page ----------------------------------------------------------------------------------------
    def data(self):
        data = {
            "product": self._about_product(),
            "company": {"id": self.company.id, "name": self.company.name},
            "currency": self.company.currency_id.name,
            "currencies": self.tried.currencies(),
            "tried_in": self.tried.shown(self.fob, self.verdict),
            "costs": self.costs,
            "date": format_date(self.env, self.date),
            "fob": self.fob is not None and self.figures.price(self.fob),
            "list_fob": self.listed is not None and self.figures.price(self.listed),
            "tried": self.fob is not None and self.fob != self.listed,
            "product_view": self.env.ref("rcep_eco.view_product_product_form_origin").id,
            "verdict": self._about_verdict(),
            "dossier_sha256": self.dossier and origin.sha256_of(self.dossier),
            "stored": self._stored(),
            "problems": list(dict.fromkeys(self.problems)),
            "alternatives": [self._alternative(tested) for tested in self.verdict.alternatives] if self.verdict else [],
            "needs": self._needs(self.verdict.needed) if self.verdict else [],
            "lines": self._lines(self.nodes),
            "bought": self.production is None,
            "evidence": self._evidence() if self.production is None else False,
        }
        if self.costs:
            data |= {"tipping": self._tipping(), "ceiling": self._ceiling(), "waterfall": self._waterfall()}
            data["scenarios"] = self._scenarios()
        return data

    def _about_product(self):
        product = self.product
        variants = product.product_tmpl_id.product_variant_ids
        return {
            "id": product.id,
            "name": product.display_name,
            "hs": product._rcep_code() or "",
            "unit": product.uom_id.name,
            "variants": [{"id": each.id, "name": each.display_name} for each in variants] if len(variants) > 1 else [],
        }

    def _about_verdict(self):
        if not self.verdict:
            return False
        values = self.env["rcep.origin"]._answer_values(self.verdict, self.dossier)
        record = self.env["rcep.origin"].new({**{name: values[name] for name in SHOWN}, "fob": float(self.fob)})
        country = record.origin_country_code
        return {
            "verdict": record.verdict,
            "word": self._word(record.verdict),
            "summary": record.summary,
            "criterion": " ".join(filter(None, (record.criterion, record.modifiers))),
            "rule": record.rule,
            "rvc": record.rvc and self.figures.number(record.rvc, 2),
            "margin": bool(record.rvc) and self._points(record.margin),
            "floor": record.fob_floor and self.figures.price(Decimal(record.fob_floor)),
            "price_margin": bool(record.fob_floor) and self._room(record.price_margin),
            # By de minimis these are ten times the value of what fails: a cost, and told as one.
            "lowest": self.costs and record.lowest_fob != record.fob_floor and self._from(record.lowest_fob),
            "below": bool(record.rvc) and record.margin < 0,
            "short": bool(record.rvc) and record.margin < 0 and record.verdict != "originating",
            "country": self._country(country),
        }

    def _points(self, margin):
        points = self.figures.number(abs(margin), 2)
        if margin < 0:
            return self.env._("%s points short of the 40 required", points)
        return self.env._("%s points above the 40 required", points)

    def _room(self, margin):
        amount = self.figures.price(amounts.exact(round(abs(margin), 6)))
        words = {"amount": amount, "currency": self.company.currency_id.name}
        if margin < 0:
            return self.env._("the price is %(amount)s %(currency)s short of it", **words)
        return self.env._("the price is %(amount)s %(currency)s above it", **words)

    def _from(self, lowest):
        price = bool(lowest) and self.figures.price(Decimal(lowest))
        return price and self.env._(
            "By another rule, or by cumulation or de minimis, it originates from %(price)s %(currency)s.",
            price=price,
            currency=self.company.currency_id.name,
        )

    def _stored(self):
        """The verdict of the catalogue, for the comparison: when it was made, at which price, what it was before."""
        record = self.product.rcep_origin_id
        if not record:
            return False
        return {
            "id": record.id,
            "word": self._word(record.verdict),
            "date": format_date(self.env, record.date),
            "fob": self.figures.price(amounts.exact(record.fob)),
            "before": record.verdict_before and self._word(record.verdict_before),
            "changed_on": record.changed_on and format_datetime(self.env, record.changed_on, dt_format="medium"),
        }

    def _scenarios(self):
        """The newest kept scenarios of the good, each decided now."""
        kept = self.env["rcep.scenario"].search(
            [("kept", "=", True), ("product_id", "=", self.product.id), ("company_id", "=", self.company.id)],
            limit=SCENARIOS,
        )
        return [
            {
                "id": each.id,
                "name": each.name,
                "fob": self.figures.price(amounts.exact(each.fob)),
                "asked_for": each._asked_for(),
                "verdict": each.verdict,
                "word": self._word(each.verdict),
                "criterion": each.criterion or "",
                "problem": each.problem or "",
            }
            for each in kept
        ]

    def _word(self, verdict):
        return dict(self.env["rcep.origin"]._fields["verdict"]._description_selection(self.env)).get(verdict)

    # --- what decides ------------------------------------------------------------------------------------
    def _alternative(self, tested):
        return {
            "rule": tested.rule,
            "met": tested.met,
            "modifiers": " ".join(tested.modifiers),
            "failing": [self._named(*each) for each in dict.fromkeys(tested.materials)],
            "needs": self._needs(tested.needs),
            "floor": self.costs
            and tested.fob_floor is not None
            and not tested.met
            and self.figures.price(tested.fob_floor),
        }

    def _needs(self, needs):
        return [
            {"text": explanations.of_need(self.env, need), "product_id": self._product_id(need)}
            for need in dict.fromkeys(needs)
        ]

    def _tipping(self):
        """Materials of which one supplier's declaration would make the good originate."""
        if not self.verdict:
            return []
        rulebook = self.env["rcep.rule.edition"]._on(self.date)._rulebook()
        tipping = case_builder.tipping_materials(self.dossier, self.verdict, rulebook, self.dossier.fetch)
        return [self._named(each.name, each.ref) for each in tipping]

    def _ceiling(self):
        """What materials that do not originate may be worth at this price, in a sentence; False where they are less."""
        value = self.verdict and self.verdict.regional_value
        if not value or value.vnm_ceiling is None or value.vnm <= value.vnm_ceiling:
            return False
        return self.env._(
            "Materials that do not originate worth %(ceiling)s %(currency)s at most; they are worth %(vnm)s.",
            ceiling=self.figures.money(value.vnm_ceiling),
            currency=self.company.currency_id.name,
            vnm=self.figures.money(value.vnm),
        )

    def _named(self, name, ref):
        product = self.products.get(ref)
        return {"name": self.names.get(ref, name), "product_id": product.id if product else False}

    def _product_id(self, need):
        return case_builder.product_id_of(need.ref) or (False if need.of else self.product.id)

    def _evidence(self):
        """The declaration by which a bought-in good originates, or False."""
        existing = self.product._rcep_declaration(self.company, self.date)
        return bool(existing) and {
            "id": existing.id,
            "name": existing.name,
            "supplier": existing.partner_id.sudo().name,  # of a contact that a clerk need not be allowed to open
            "party": existing.party_id.display_name,
            "criterion": existing.criterion,
            "valid_to": format_date(self.env, existing.date_to),
        }

    # --- the tree ----------------------------------------------------------------------------------------
    def _lines(self, nodes, above=""):
        places = changed_case.places_of([node.item for node in nodes], above)
        return [self._line(node, place) for node, place in zip(nodes, places, strict=True)]

    def _line(self, node, place):
        item = node.item
        line = {
            "id": node.key,
            **self._named(item.name, item.ref),
            "hs": item.hs or "",
            "origin": self._country(item.origin),
            "status": node.status,
            "word": self.env._(production_tree.STATUSES[node.status]),
            "counts": node.whole is None,
            "children": self._lines(node.children, place),
        }
        return line | self._costs_of(node) | {"place": place} if self.costs else line

    def _costs_of(self, node):
        item = node.item
        return {
            "quantity": self.figures.quantity(item.quantity),
            "unit": self.products[item.ref].uom_id.name if item.ref in self.products else item.unit,
            "value": "" if item.value is None else self.figures.money(item.value),
            "share": self.figures.percent(item.value),
            "reasons": self._reasons(node),
        }

    def _reasons(self, node):
        item = node.item
        reasons = [self._sentence(step) for step in node.steps]
        if node.status == production_tree.NON_ORIGINATING and reasons:
            reasons[0] = self._why_not(item)
        if node.whole:
            reasons = [self._part_of(node.whole)]
        if item.value_source:
            reasons.append(self.env._("Value: %s.", self.env._(VALUE_SOURCES[item.value_source])))
        if item.origin_source:
            reasons.append(self.env._("Origin: %s.", self.env._(ORIGIN_SOURCES[item.origin_source])))
        return [*reasons, *item.notes]

    def _part_of(self, whole):
        name = self._named(whole.item.name, whole.item.ref)["name"]
        if whole.status == production_tree.LEFT_OUT:
            return self.env._("Does not count by itself: %s, which it is part of, is left out.", name)
        return self.env._((
            "Does not count by itself: %s, which it is part of, counts as originating in full (roll-up)."
        ), name)

    def _why_not(self, item):
        if item.originating:
            return self.env._("Originates in %s; cumulation is not drawn upon here.", self._country(item.origin))
        return self.env._("Comes from outside the Parties: counts as non-originating.")

    def _sentence(self, step):
        words = {"origin": self._country(step.facts["origin"])} if "origin" in step.facts else {}
        return explanations.of_step(self.env, step, explanations.ON_LINE, **words)

    def _country(self, code):
        return self.countries.get(code) or code or ""

    # --- the waterfall -----------------------------------------------------------------------------------
    def _waterfall(self):
        """The bars of the value waterfall: where each begins and ends, in money and in per cent of the FOB value."""
        if self.fob is None or self.fob <= 0 or not self.nodes:
            return False
        exporting = self.company.country_id.code
        parts, complete = value_parts.parts_of(self.production, self.nodes, self.fob, exporting)
        return {**value_waterfall.drawn(self.env, parts, self.fob, self.figures, self._country), "complete": complete}
