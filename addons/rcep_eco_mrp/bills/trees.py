"""One good with everything that is in it, as the heart's :class:`Production`: for certificates, filings and people."""

import dataclasses
from functools import lru_cache

from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco.cases.case_builder import ONE, ZERO, Cases, freight_of
from odoo.addons.rcep_eco.cases.production import Production, ProductionMaterial, ProductionStep, Reading
from odoo.addons.rcep_eco.texts import explanations
from odoo.addons.rcep_eco.values import amounts

from . import queries
from .bills import Bills


def production(product, company, date, bom=None, chosen=()):
    """How one unit of a product is made, or None where it has no bill of materials.

    :param product: one ``product.product``
    :param bom: a bill of the product that is not archived, ``mrp.bom``, to look at instead of the one that decides
    :param chosen: ids of values that a customer chose of attributes that make no variants
    """
    instead = [_bill(product, bom)] if bom else ()
    bills = Bills(product.env, company, date, product.ids, instead=instead, chosen=chosen)
    return Tree(bills).made(product)


class Days(Reading):
    """How some products are made from one day to another: bills are read once, and each day what was paid by then."""

    def __init__(self, products, company, since, until):
        super().__init__(company)
        self._bills = Bills(products.env, company, until, products.ids, since=since)
        self._tree = None

    def made_on(self, product, date):
        if product.env.context.get("rcep_chosen") or product.id not in self._bills.products:
            return super().made_on(product, date)
        if self._tree is None or self._tree.bills.date != date:
            self._tree = Tree(self._bills.on(date))
        return self._tree.made(product)


def _bill(product, bom):
    return queries.Bill(product.id, bom.id, bom.type, amounts.exact(bom.product_qty), bom.product_uom_id.id)


def least_of(choices):
    """Of one unit under several choices the one that counts in other goods; None where they make a difference.

    Where it originates by itself whatever is chosen, the cheapest: a part that costs more is no better for it.
    """
    if len(choices) == 1:
        return choices[0]
    parts = [each.part for each in choices]
    decided = all(part and part.intermediate and part.intermediate.verdict.alone for part in parts)
    if not decided or any(part.cost is None for part in parts):
        return None
    return min(choices, key=lambda each: each.part.cost)


class Tree:
    """Puts a good together from its bills; what is below is put together once for one unit of it."""

    def __init__(self, bills):
        self.bills, self.env = bills, bills.env
        edition = self.env["rcep.rule.edition"]._on(bills.date)
        self.cases = Cases(bills.company, bills.date, edition._rulebook() if edition else None)
        self._seals = {}  # by the part itself
        self._chosen = {}
        ready, stuck = bills.in_order()
        self.stuck = set(stuck)
        for product_id in ready:
            bills.parts(product_id)
        self._unit = lru_cache(maxsize=None)(self._made)

    def made(self, product):
        """How one unit of a product is made; None where that is not here, so that its supplier's evidence decides."""
        if product.id in self.bills.returning:
            problem = self.bills.made_outside(product.id)
            return Production((), problems=(problem,)) if problem else None  # another Party's: its own proof decides
        return self.of(product) if product.id in self.bills.bill_of else None

    def of(self, product):
        if not self.bills.is_made(product.id):
            return Production((), problems=(self.bills.kit(product.id),))
        if product.id in self.stuck:
            # The circle is left out; the rest can be looked at while it is mended.
            materials = tuple(
                item
                for part, quantity in self.bills.lines(product.id)
                if part not in self.stuck and quantity
                for item in self.materials(part, quantity, ONE)
            )
            return Production(materials, problems=self.bills.circle(product.id)[:1])
        choices = self._choices(product.id)
        made = choices[0]
        if len(choices) > 1:
            question = self.bills.choices.question(product.id)
            made = dataclasses.replace(made, others=tuple(choices[1:]), question=question)
        result = dict.fromkeys((*self.problems(product.id), *made.problems))
        return dataclasses.replace(made, problems=tuple(result))

    def problems(self, product_id):
        """What is wrong with the good and with whatever is below it, each sentence once."""
        below, seen = [product_id], {product_id}
        for each in below:
            inside = (part for part, _quantity in self.bills.lines(each)) if each in self.bills.bill_of else ()
            new = [part for part in inside if part not in seen]
            seen.update(new)
            below += new
        sentences = []
        for each in below:
            sentences += [sentence for sentence, _of in self.bills.problems.get(each, ())]
            if not self.bills.is_made(each) and not self.bills.is_kit(each):
                sentences.append(self.bills.bought(each).problem)
        return tuple(dict.fromkeys(filter(None, sentences)))

    def _choices(self, product_id):
        """One unit under each choice that is left: a list of :class:`Production`, one where there is none to make."""
        if product_id not in self._chosen and self.bills.choices.are_too_many(product_id):
            result = self.env._(
                "%(product)s: %(question)s can be chosen in too many ways to decide each: say which was made.",
                product=self.bills.products[product_id].name,
                question=self.bills.choices.question(product_id),
            )
            self._chosen[product_id] = [Production((), problems=(result,))]
        if product_id not in self._chosen:
            each = self.bills.choosing(product_id)
            self._chosen[product_id] = [self._under_choice(product_id) for _words in each]
        return self._chosen[product_id]

    def _made(self, product_id):
        """One unit as it stands in other goods; None where that hangs on a choice that makes a difference."""
        return least_of(self._choices(product_id))

    def _under_choice(self, product_id):
        share, work = self.bills.share(product_id), self.bills.work(product_id)
        materials = [
            item
            for part, quantity in self.bills.parts(product_id).items()
            if quantity
            for item in self.materials(part, quantity, share)
        ]
        return self.put_together(product_id, tuple(materials), work, unmeasured=self.unmeasured(product_id))

    def unmeasured(self, product_id):
        """{component id: material} of which nobody knows how much goes into a product."""
        unknown = self.bills.unknown(product_id)
        return {part: self.cases.unmeasured(self.bills.subject(part), where) for part, where in unknown.items()}

    def put_together(self, product_id, materials, work, problems=(), unmeasured=None):
        """One unit of a product: its materials and the work on it, with the steps of what is in it before its own.

        :param unmeasured: as :meth:`unmeasured` has it; these are asked for, and no part of what people see
        """
        inside = [item.made_of for item in materials if item.made_of]
        below = [step for each in inside for step in each.steps]
        problems = tuple(dict.fromkeys([*problems, *(result for each in inside for result in each.problems)]))
        own = [
            ProductionStep(operation.name, operation.kind, self.bills.country(operation), operation.place)
            for operation in work.operations
            if operation.kind
        ]
        # People are told of all work; the engine takes that on the parts from their own cases.
        steps, costs, part = tuple(dict.fromkeys([*below, *own])), work.costs(), None
        if not problems:
            try:
                part = self.cases.unit(
                    self.bills.subject(product_id),
                    (*(item.stands for item in materials), *(unmeasured or {}).values()),
                    Production((), own).processes(),
                    costs,
                )
            except origin.OriginError as error:
                problems = (explanations.not_determined(self.env, self.bills.products[product_id].name, error),)
        return Production(materials, steps, costs, problems, part, self.cases)

    def _sealed(self, made):
        if made.part is None:
            return None
        if id(made.part) not in self._seals:
            self._seals[id(made.part)] = self.cases.sealed(made.part), made.part  # held: its id stays its own
        return self._seals[id(made.part)][0]

    def materials(self, product_id, quantity, share, bought=None, made=None):
        """A material, and what of its value is asked for; of a bill with by-products only its share counts.

        :param bought: :class:`.evidence.Bought`, where more is known than what is bought of the product in general
        :param made: :class:`Production` of one unit, where it is known otherwise than by its bill
        """
        subject = self.bills.subject(product_id)
        if self.bills.is_kit(product_id):
            yield self._undecided(product_id, quantity)
            return
        if made is None and (bought or not self.bills.is_made(product_id)):
            bought = bought or self.bought(product_id)
            stands = self.cases.bought(subject, quantity, share, bought)
            values = {
                "supplier": bought.supplier,
                "value_source": bought.value_source,
                "origin_source": bought.origin_source,
            }
            yield self._shown(stands, product_id, quantity, notes=bought.notes, **values)
            if bought.freight_unknown:
                yield self._shown(freight_of(stands), product_id, quantity)
            return
        made = made or self._unit(product_id)
        if made is None:
            yield self._undecided(product_id, quantity)
            return
        stands = self.cases.made(subject, quantity, share, made.cost(), self._sealed(made))
        yield self._shown(stands, product_id, quantity, value_source="made", made_of=made.times(quantity, share))

    def _undecided(self, product_id, quantity):
        question = self.bills.choices.question(product_id)
        stands = self.cases.undecided(self.bills.subject(product_id), quantity, question)
        return self._shown(stands, product_id, quantity)

    def _shown(self, stands, product_id, quantity, **data):
        product = self.bills.products[product_id]
        data["name_zh"] = product.name_zh or product.name
        unit = self.bills.units.name(product.unit_id)
        return ProductionMaterial.of(stands, product_id, quantity=quantity, unit=unit, **data)

    def bought(self, product_id):
        """:class:`.evidence.Bought` of what is not made here, as a whole where a subcontractor abroad returns it."""
        if product_id not in self.bills.returning:
            return self.bills.bought(product_id)
        return self.returned(product_id, self.bills.bought(product_id))

    def returned(self, product_id, fee):
        """What a subcontractor abroad returns for a fee that is known, as a whole."""
        return self.bills.returned(product_id, fee, self._inside(product_id))

    def _inside(self, product_id):
        """What our materials in one unit of what a subcontractor abroad makes are worth; None where not known."""
        inside = [
            item.value
            for part, quantity in self.bills.parts(product_id).items()
            if quantity
            for item in self.materials(part, quantity, ONE)
        ]
        return None if None in inside or self.unmeasured(product_id) else sum(inside, ZERO)
