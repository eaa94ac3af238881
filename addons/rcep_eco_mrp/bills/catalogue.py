"""Determines goods bottom-up: each intermediate once for all the goods that it is in, however many and however deep.

An intermediate stands in the goods above it by the hash of its own dossier, so that a dossier holds one level of a
bill and the whole catalogue is a tree of them. No steps are recorded: opening a product replays its dossier.

Answers come one by one, and what nothing waits for any more is let go: a catalogue of any size holds the intermediates
that are still to be used, and no more.
"""

from collections import Counter

from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco.cases.case_builder import ONE, ZERO, Cases, freight_of, ref_of
from odoo.addons.rcep_eco.cases.production import Production
from odoo.addons.rcep_eco.models.origin.rcep_origin import Determined
from odoo.addons.rcep_eco.texts import explanations
from odoo.addons.rcep_eco.values import amounts

from . import cached_parts, queries
from .bills import Bills
from .trees import least_of


class Catalogue:
    """Goods of a company on a date.

    :param ids: products to determine; :data:`.tables.MANY` for all that have a bill
    """

    def __init__(self, env, company, date, ids=queries.MANY):
        self.env, self.company, self.date = env, company, date
        env.flush_all()
        self.cached = {} if ids is queries.MANY else cached_parts.read(env, company, date, ids)
        self.bills = Bills(env, company, date, ids, stored=self.cached)
        decided = self.bills.bill_of.keys() - self.bills.returning.keys()  # what is returned is bought
        self.wanted = decided if ids is queries.MANY else set(ids) & decided
        edition = env["rcep.rule.edition"]._on(date)
        self.rulebook = edition._rulebook() if edition else None
        known = {part.sha256: part.intermediate for part in self.cached.values()}
        self.cases = Cases(company, date, self.rulebook, known)
        self._parts, self._seals, self._bad, self._bought = {}, {}, {}, {}
        self._undecided = set()
        self._holders = Counter(known.keys())  # of a hash: parts that are alike to the letter have one
        self._uses = Counter()  # in how many bills that are still to be determined a part stands

    def determined(self):
        """A :class:`Determined` of each product that is wanted, in no order that matters, one by one."""
        ready, stuck = self.bills.in_order()
        for product_id in ready:
            parts = self.bills.parts(product_id)
            if not self.bills.is_kit(product_id):
                self._uses.update(parts.keys())
        for product_id in ready:
            yield from map(self._with_part, self._one(product_id))
            self._let_go(product_id)
        yield from (
            self._wrong(each, [self._of_part(*self.bills.circle(each))]) for each in stuck if each in self.wanted
        )

    def take_dossiers(self):
        """The dossiers of intermediates that were determined since: {hash: canonical JSON}."""
        taken, self.cases.dossiers = self.cases.dossiers, {}
        return taken

    @property
    def known(self):
        """Intermediates that are still to be used, by the hash of their dossier."""
        return self.cases.known

    def _with_part(self, answer):
        """The answer with what the goods above it need to know of it, where there are any."""
        if answer.product_id not in self._seals:
            return answer
        result = cached_parts.to_json(self._parts[answer.product_id], self._seals[answer.product_id])
        return origin.record(Determined, {**vars(answer), "part": result})

    def _let_go(self, product_id):
        """Forget a product that was determined, as far as it goes, and the parts that no other good waits for."""
        if self.bills.is_kit(product_id):
            return  # its lines stand in others
        parts = self.bills.parts(product_id)
        self._uses.subtract(parts.keys())
        for each in (product_id, *parts):
            if not self._uses[each] and self._parts.pop(each, None) and each in self._seals:
                self._let_go_of_hash(self._seals.pop(each))
        self._keep_in_short(product_id)
        self.bills.let_go(product_id)

    def _keep_in_short(self, product_id):
        """Of a part that originates by itself nobody looks into its materials any more, see :mod:`.cached_parts`."""
        part, sha256 = self._parts.get(product_id), self._seals.get(product_id)
        if part is None or sha256 is None or not part.intermediate.verdict.alone:
            return
        case = origin.record(origin.Case, {**vars(part.case), "materials": ()})
        intermediate = self.known[sha256] = part.intermediate._replace(materials=())
        self._parts[product_id] = part._replace(case=case, intermediate=intermediate)

    def _let_go_of_hash(self, sha256):
        self._holders[sha256] -= 1
        if not self._holders[sha256]:
            del self.known[sha256]

    # --- one product -------------------------------------------------------------------------------------
    def _one(self, product_id):
        bills = self.bills
        if product_id in bills.returning:
            self._of_bought(product_id)  # while the parts in it are at hand
            self._bad[product_id] = (*self._bad.get(product_id, ()), *self._problems(product_id))
            return
        if not bills.is_made(product_id):
            self._bad[product_id] = self._problems(product_id)
            if product_id in self.wanted:
                yield self._wrong(product_id, [self._of_part(bills.kit(product_id), product_id)])
            return
        choices = bills.choosing(product_id)
        if bills.choices.is_open(product_id):
            self._choose(product_id)
            return
        next(choices)
        share, work = bills.share(product_id), bills.work(product_id)
        materials = self._materials(product_id, share)
        problems = self._problems(product_id)
        if problems:
            self._bad[product_id] = problems
        else:
            try:
                answer = self._decide(product_id, materials, work)
            except origin.OriginError as error:
                name = self.bills.products[product_id].name
                self._bad[product_id] = (self._of_part(explanations.not_determined(self.env, name, error), product_id),)
            else:
                if product_id in self.wanted:
                    yield answer
                return
        if product_id in self.wanted:
            yield self._wrong(product_id, self._bad[product_id])

    def _problems(self, product_id):
        """What is wrong with the product or anything below it, each once: (sentence, ref of what is to be mended)."""
        if self.rulebook is None:
            return (self._of_part(explanations.no_rules(self.env, self.date), product_id),)
        sentences = [self._of_part(*each) for each in self.bills.problems.get(product_id, ())]
        for part, _quantity in self.bills.lines(product_id):
            sentences += self._bad.get(part, ())
        return tuple(dict.fromkeys(sentences))

    def _choose(self, product_id):
        """A product of which it is open what is chosen: what stands in others of it, see :meth:`.trees.Tree._made`.

        As a good it is determined by itself, under every choice.
        """
        bills, parts = self.bills, []
        problems = self._problems(product_id)
        if problems:
            self._bad[product_id] = problems
        elif not bills.choices.are_too_many(product_id):
            for _words in bills.choosing(product_id):
                share, work = bills.share(product_id), bills.work(product_id)
                materials = self._materials(product_id, share)
                subject = bills.subject(product_id)
                parts.append(self.cases.unit(subject, materials, self._processes(work), work.costs()))
        counts = parts and least_of([Production((), part=part) for part in parts])
        if counts:
            self._parts[product_id] = counts.part
        else:
            self._undecided.add(product_id)

    def _materials(self, good_id, share):
        """Components as the engine takes them; of a bill with by-products only its share of their value counts."""
        found = self._measured(self.bills.parts(good_id), share)
        unknown = self.bills.unknown(good_id)
        found += [self.cases.unmeasured(self.bills.subject(part), where) for part, where in unknown.items()]
        return tuple(found)

    def _measured(self, parts, share):
        found = []
        for product_id, quantity in parts.items():
            if not quantity:
                continue
            subject = self.bills.subject(product_id)
            part = self._parts.get(product_id) or self.cached.get(product_id)
            if product_id in self._undecided or self.bills.is_kit(product_id):
                question = self.bills.choices.question(product_id)
                found.append(self.cases.undecided(subject, quantity, question))
            elif part is not None:
                found.append(self.cases.made(subject, quantity, share, part.cost, self._sealed(product_id)))
            elif self.bills.is_made(product_id):
                found.append(self.cases.made(subject, quantity, share, None, None))  # its problem is told already
            else:
                bought = self._of_bought(product_id)
                found.append(self.cases.bought(subject, quantity, share, bought))
                if bought.freight_unknown:
                    found.append(freight_of(found[-1]))
        return found

    def _of_bought(self, product_id):
        if product_id not in self._bought:
            bought = self.bills.bought(product_id)
            if bought.problem:
                self._bad[product_id] = (*self._bad.get(product_id, ()), self._of_part(bought.problem, product_id))
            if product_id in self.bills.returning:
                values = [each.value for each in self._materials(product_id, ONE)]
                bought = self.bills.returned(product_id, bought, None if None in values else sum(values, ZERO))
            self._bought[product_id] = bought
        return self._bought[product_id]

    def _decide(self, product_id, materials, work):
        """Determine a product as a part of others and, where it is sold, at its price."""
        product = self.bills.products[product_id]
        part = self._parts[product_id] = self.cases.unit(
            self.bills.subject(product_id), materials, self._processes(work), work.costs()
        )
        if self._uses[product_id]:
            self._sealed(product_id)
        return self._as_good(product, part) if product_id in self.wanted else None

    def _sealed(self, product_id):
        """The hash of a part's dossier."""
        if product_id in self.cached:
            return self.cached[product_id].sha256
        if product_id not in self._seals:
            sha256 = self._seals[product_id] = self.cases.sealed(self._parts[product_id])
            self._holders[sha256] += 1
        return self._seals[product_id]

    def _as_good(self, product, part):
        """The forecast at list price; what is never sold stands at its cost."""
        price, problem = self._price(product)
        if problem:
            return self._wrong(product.id, [self._of_part(problem, product.id)])
        if price is None:
            verdict, fob = part.intermediate.verdict, part.case.good.fob
            return Determined(product.id, product.template_id, fob, verdict, sha256=self._sealed(product.id))
        sold = self.cases.sold(part.case, price)
        verdict = origin.determine(sold, self.rulebook, trace=False, known=self.known, part=part.intermediate)
        sealed = origin.sealed(sold, verdict, self.rulebook)
        return Determined(product.id, product.template_id, price, verdict, *sealed)

    def _price(self, product):
        """(list price in the company's currency or None, what is wrong with it)."""
        if not product.sold:
            return None, None
        price = product.list_price
        if price <= 0:
            return None, explanations.no_price(self.env, product.name)
        if product.currency_id == self.company.currency_id.id:
            return price, None
        rate, problem = self.bills.purchases.rate(product.currency_id)
        return (None, problem) if problem else (amounts.against_exporter(price * rate, cost=False), None)

    def _processes(self, work):
        """The work on a good itself, in its order; that on its parts stands in their own dossiers."""
        return [origin.Process(operation.kind, self.bills.country(operation)) for operation in work.operations]

    # --- what is wrong -----------------------------------------------------------------------------------
    @staticmethod
    def _of_part(sentence, product_id):
        return sentence, ref_of(product_id)

    def _wrong(self, product_id, problems):
        return Determined.wrong(product_id, self.bills.products[product_id].template_id, problems)
