"""Products with the bills that decide them: what goes into one unit of each, and what is wrong with their bills."""

import copy
from collections import defaultdict
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco.cases import case_builder
from odoo.addons.rcep_eco.cases.case_builder import ONE, ZERO, scaled
from odoo.addons.rcep_eco.values import amounts, hs_codes

from . import deciding_bill, queries
from .choices import Choices
from .evidence import Purchases
from .subcontracting import SUBCONTRACT, Subcontracting
from .units import Units, rounded

KIT = "phantom"
PER_CENT = Decimal(100)
ANSWERS = {"yes": True, "no": False}


class Work(NamedTuple):
    """The work on one unit: its operations, and what they cost."""

    operations: tuple = ()
    labour: Decimal = ZERO
    overhead: Decimal = ZERO
    other: Decimal | None = None

    @classmethod
    def of(cls, operations, share):
        """Operations on so many units that one of them bears a share of their cost, split into labour and overhead.

        :param operations: :class:`.tables.Operation` or :class:`.moves.Worked` records
        """
        labour = overhead = ZERO
        for operation in operations:
            part = operation.cost * operation.labour_percent / PER_CENT
            labour += part
            overhead += operation.cost - part
        return cls(tuple(operations), labour * share, overhead * share)

    def costs(self):
        values = {"labour": self.labour, "overhead": self.overhead, "other": self.other}
        return origin.Costs(**{name: scaled(value, ONE) for name, value in values.items()})


class Bills(Subcontracting):
    """All that is read of some products and everything below them, for a company on a date.

    :param ids: ids of products, or :data:`.tables.MANY`
    :param stored: parts that were determined today, see :mod:`.cached_parts`; their bills are not read again
    :param instead: :class:`.tables.Bill` records that are to decide, whatever Odoo would take
    :param chosen: ids of values that a customer chose of attributes that make no variants
    :param since: the first day that :meth:`on` will be asked for, ``date`` the last
    """

    work_class = Work

    def __init__(self, env, company, date, ids=queries.MANY, *, stored=None, instead=(), chosen=(), since=None):
        env.flush_all()  # tables are read as they stand in the database
        # Bills and costs are read for whoever may ask for a verdict; what they say stays in the dossier.
        self.env, self.company, self.date = env(su=True), company, date
        self.cached = stored or {}
        existing = [
            line.product_id
            for lines in queries.lines(self.env, [bill.id for bill in instead]).values()
            for line in lines
        ]
        self.ids = (
            ids if ids is queries.MANY else deciding_bill.ids_below(self.env, company, [*ids, *existing], self.cached)
        )
        self.units = Units(self.env)
        self.products = queries.products(self.env, company, self.ids)
        made = self.ids if self.ids is queries.MANY else [each for each in self.ids if each not in self.cached]
        self.bill_of = queries.bills(self.env, company, made)
        self.bill_of.update({bill.product_id: bill for bill in instead})
        bill_ids = {bill.id for bill in self.bill_of.values()}
        self._lines = queries.lines(self.env, bill_ids)
        self._operations = queries.operations(self.env, bill_ids)
        self._shares = queries.cost_shares(self.env, bill_ids)
        self._only = {
            model: queries.of_variants(self.env, model, bill_ids)
            for model in ("mrp.bom.line", "mrp.routing.workcenter", "mrp.bom.byproduct")
        }
        bought = [each for each in self.products if self._is_paid_for(each)]
        scope = queries.MANY if self.ids is queries.MANY else bought
        what = {"units": self.units, "products": self.products, "ids": scope, "since": since}
        self.purchases = Purchases(self.env, company, date, **what)
        self.makers, self.returning = self._subcontractors()
        self.problems = defaultdict(list)  # (sentence, id of what is to be mended), by the product whose bill is wrong
        self._direct = {}
        self._parts = {}
        self._unknown = defaultdict(
            dict
        )  # by product: {component id: (bill, line) of which Odoo keeps a quantity of 0}
        self.choices = Choices(self.env, [ids for only in self._only.values() for ids in only.values()], chosen)
        self._codes = {}
        self._subjects = {}
        self._kept_once = lru_cache(maxsize=queries.MANY_NUMBERS)(lambda number: number)

    def on(self, date):
        """The same bills, which are those of today, with what was paid and declared on another day."""
        self.in_order()  # what is wrong with the bills themselves is wrong on every day
        other = copy.copy(self)
        other.date, other.purchases = date, self.purchases.on(date)
        other.problems = defaultdict(list, {each: list(found) for each, found in self.problems.items()})
        vars(other).pop("_parties", None)  # of the day
        other.makers, other.returning = other._subcontractors()
        return other

    def _is_paid_for(self, product_id):
        """Whether a supplier is paid for it: for the material, or for the work on ours."""
        bill = self.bill_of.get(product_id)
        return product_id not in self.cached if bill is None else bill.kind == SUBCONTRACT

    # --- products ----------------------------------------------------------------------------------------
    def is_made(self, product_id):
        """Whether it is made here; a kit is packed and not made, and what a subcontractor abroad returns is bought."""
        bill = self.bill_of.get(product_id)
        return bill is not None and bill.kind != KIT and product_id not in self.returning

    def is_kit(self, product_id):
        bill = self.bill_of.get(product_id)
        return bill is not None and bill.kind == KIT

    def hs(self, product):
        """The six digits of a product's code; None where it has none that is a subheading: that is a missing fact."""
        typed = product.hs_code
        if typed not in self._codes:
            try:
                code = origin.hs.subheading(typed)
            except origin.OriginError:
                code = None
            self._codes[typed] = code if code in hs_codes.subheadings() else None
        return self._codes[typed]

    def subject(self, product_id):
        """A product as the builder of cases takes it: :class:`~odoo.addons.rcep_eco.cases.case_builder.Subject`."""
        if product_id not in self._subjects:
            product = self.products[product_id]
            self._subjects[product_id] = case_builder.Subject(
                ref=case_builder.ref_of(product_id),
                name=product.name,
                hs=self.hs(product),
                weight=product.weight or None,
                role=product.role,
                wholly_obtained=ANSWERS.get(product.obtained),
                answer=ANSWERS.get(product.answer),
            )
        return self._subjects[product_id]

    # --- what goes into one unit -------------------------------------------------------------------------
    def lines(self, product_id):
        """The lines of a product's bill that hold for this variant and what is chosen: (component id, quantity for one
        unit); zero where Odoo keeps no quantity.
        """
        if product_id not in self._direct:
            self._direct[product_id] = self._read_lines(product_id)
        found = self._direct[product_id]
        if not self.choices.concern(product_id):
            return found
        existing = self.choices.lines_of(product_id)
        return [line for number, line in enumerate(found) if self.choices.holds(product_id, existing.get(number))]

    def _read_lines(self, product_id):
        bill = self.bill_of[product_id]
        batch = self._batch(bill)
        if not batch:
            return []
        found = []
        for line in self._lines[bill.id]:
            component = self.products.get(line.product_id)
            if component is None or self._is_for_another("mrp.bom.line", line.id, product_id):
                continue  # a service, or of another variant
            factor = self._factor(line.unit_id, component, product_id)
            if factor is None:
                continue
            quantity = rounded(line.quantity * factor / batch)
            if not quantity and line.optional:
                continue
            if not quantity:
                self._unknown[product_id][component.id] = bill.id, line.id
            if line.loss:
                quantity = rounded(quantity * (1 + line.loss / PER_CENT))
            free = self._only["mrp.bom.line"].get(line.id, ())
            self.choices.note(product_id, len(found), free)
            found.append((component.id, self._kept_once(quantity)))
        for operation in self._operations.get(bill.id, ()):
            self.choices.note(product_id, None, self._only["mrp.routing.workcenter"].get(operation.id, ()))
        for byproduct_id, _share in self._shares_of.get(bill.id, ()):
            self.choices.note(product_id, None, self._only["mrp.bom.byproduct"].get(byproduct_id, ()))
        return found

    def unknown(self, product_id):
        """Components of a product of which nobody knows how much goes in: {component id: words that name the line}."""
        return {component: self._named(*where) for component, where in self._unknown_in(product_id).items()}

    def _unknown_in(self, product_id):
        found, own = {}, self._unknown.get(product_id, {})
        for component_id, _quantity in self.lines(product_id):
            if component_id in own:
                found[component_id] = own[component_id]
            elif self.is_kit(component_id):
                found |= self._unknown_in(component_id)
        return found

    def _named(self, bill_id, line_id):
        bill = self.env["mrp.bom"].browse(bill_id)
        number = list(bill.bom_line_ids.ids).index(line_id) + 1
        return f"{bill.display_name}, {number}"

    def parts(self, product_id):
        """As :meth:`lines`, with kits opened: {component id: quantity for one unit}, in the bill's order.

        A kit in which something is still to be chosen stands as it is: nobody knows what is in it.

        What is in a kit must have been opened before: see :meth:`in_order`.
        """
        if product_id not in self._parts:
            parts = defaultdict(Decimal)
            for component_id, quantity in self.lines(product_id):
                bill = self.bill_of.get(component_id)
                if bill is not None and bill.kind == KIT and not self.choices.is_open(component_id):
                    for inner_id, inner in self.parts(component_id).items():
                        parts[inner_id] += rounded(inner * quantity)
                else:
                    parts[component_id] = parts[component_id] + quantity if component_id in parts else quantity
            self._parts[product_id] = dict(parts)
        return self._parts[product_id]

    def let_go(self, product_id):
        """Forget the lines of a product that nobody will ask for any more."""
        self._direct.pop(product_id, None)
        self._parts.pop(product_id, None)

    def _batch(self, bill):
        """What the bill makes, in the product's own unit; None, with a problem, where the units do not convert."""
        factor = self._factor(bill.unit_id, self.products[bill.product_id], bill.product_id)
        return factor and bill.quantity * factor

    def _factor(self, unit_id, product, user_id):
        factor = self.units.factor(unit_id, product.unit_id)
        if factor is None:
            result = self.purchases.does_not_convert(product, unit_id, is_made=user_id == product.id)
            self._tell(user_id, result, product.id)
        return factor

    def _tell(self, product_id, sentence, of_id=None):
        problem = sentence, of_id or product_id
        if problem not in self.problems[product_id]:
            self.problems[product_id].append(problem)

    def _is_for_another(self, model, record_id, product_id):
        """Whether a line, operation or by-product is only for other variants; Odoo decides.

        What hangs on a value that makes no variant is for every variant until it is chosen, see :mod:`.choices`.
        """
        if record_id not in self._only[model]:
            return False
        values = self.choices.without_free(self._only[model][record_id])
        return bool(values) and not self.env["product.product"].browse(product_id)._match_all_variant_values(values)

    def _holds(self, model, record_id, product_id):
        """Whether an operation or a by-product is for this variant and for what is chosen."""
        if self._is_for_another(model, record_id, product_id):
            return False
        return self.choices.holds(product_id, self.choices.free(self._only[model].get(record_id, ())))

    def choosing(self, product_id):
        """Yield the words of each choice of a product, one after another; the bill is as under that choice meanwhile.

        Where there is nothing to choose, or it was chosen, once.
        """
        self.lines(product_id)  # says what hangs on a choice
        for words in self.choices.each(product_id):
            self._parts.pop(product_id, None)
            yield words
        self._parts.pop(product_id, None)

    # --- values and work ---------------------------------------------------------------------------------
    @cached_property
    def _shares_of(self):
        found = defaultdict(list)
        for bill_id, byproduct_id, share in self._shares:
            found[bill_id].append((byproduct_id, share))
        return found

    def share(self, product_id):
        """What of its bill's cost a product bears: all of it, less the cost shares of its by-products."""
        shares = self._shares_of.get(self.bill_of[product_id].id)
        if not shares:
            return ONE
        given = sum(
            (share for byproduct_id, share in shares if self._holds("mrp.bom.byproduct", byproduct_id, product_id)),
            ZERO,
        )
        left, problem = self.share_left(given, self.products[product_id].name)
        if problem:
            self._tell(product_id, problem)
        return left

    def share_left(self, given, name):
        """(what is left of a cost of which by-products bear so many per cent, what is wrong with that or None)."""
        if given <= PER_CENT:
            return ONE - given / PER_CENT, None
        problem = self.env._(
            "The by-products of %(product)s bear %(share)s per cent of its cost, which is more than all of it: "
            "correct their cost shares.",
            product=name,
            share=amounts.text(given),
        )
        return ONE, problem

    def work(self, product_id):
        """The :class:`Work` on one unit of a product."""
        bill = self.bill_of[product_id]
        if bill.kind == SUBCONTRACT:
            return self._work_of_another(bill)
        operations = self._operations.get(bill.id)
        if not operations:
            return Work()
        own = [each for each in operations if self._holds("mrp.routing.workcenter", each.id, product_id)]
        return Work.of(own, self.share(product_id) / (self._batch(bill) or ONE))

    def bought(self, product_id):
        """:class:`.evidence.Bought` of a material that is not made, or of the work of a subcontractor."""
        maker = self.makers.get(product_id)
        return self.purchases.of(self.products[product_id], maker.firm_id if maker else None)

    def country(self, operation):
        return operation.country or self._home

    @cached_property
    def _home(self):
        return self.company.country_id.code

    # --- order -------------------------------------------------------------------------------------------
    def in_order(self):
        """(products that have a bill, each after what goes into it; those that stand in or above a circle)."""
        waiting, above = {}, defaultdict(list)
        for product_id in self.bill_of:
            inside = {each for each, _quantity in self.lines(product_id) if each in self.bill_of}
            waiting[product_id] = len(inside)
            for each in inside:
                above[each].append(product_id)
        ready = [product_id for product_id, count in waiting.items() if not count]
        for product_id in ready:  # grows while it is walked
            for each in above[product_id]:
                waiting[each] -= 1
                if not waiting[each]:
                    ready.append(each)
        self._lines.clear()  # all are read by now: what each product takes of them is kept
        done = set(ready)
        return ready, [product_id for product_id in self.bill_of if product_id not in done]

    def kit(self, product_id):
        """The sentence that refuses a kit."""
        return self.env._(
            "%s is a kit: its parts are packed together, nothing is made. Invoice and certify the parts.",
            self.products[product_id].name,
        )

    def circle(self, product_id):
        """(the sentence that names the circle in or below a product, id of a product in that circle)."""
        chain = []
        while product_id not in chain:
            chain.append(product_id)
            product_id = next(each for each, _quantity in self.lines(product_id) if each in self._stuck)
        names = [self.products[each].name for each in (*chain[chain.index(product_id) :], product_id)]
        sentence = self.env._(
            "The bill of materials of %(product)s contains itself (%(chain)s): remove it from one of them.",
            product=names[0],
            chain=" → ".join(names),
        )
        return sentence, product_id

    @cached_property
    def _stuck(self):
        return set(self.in_order()[1])
