"""The one place where a :class:`origin.Case` is made of what a company's records say, whoever asks for it.

Catalogue, certificate line, production order and overview differ in where their facts come from, and in nothing else.
What the firm makes itself is a case of its own, one unit at its cost, and stands in the goods above it by the hash of
its dossier: the dossiers of a good are a tree, each node of which is kept once.
"""

import datetime
import json
from decimal import ROUND_UP, Decimal
from typing import NamedTuple

from .. import origin
from ..values import amounts

ONE, ZERO = Decimal(1), Decimal(0)
# What ends the ref of something of a material that is asked for by itself.
FREIGHT, CHOICE, QUANTITY = ASKED = (",freight", ",choice", ",quantity")


def ref_of(product_id):
    """How a material is known: the engine hands it back with needs and steps and never looks into it.

    >>> ref_of(42)
    'product.product,42'
    """
    return f"product.product,{product_id}"


def product_id_of(ref):
    """The id of the product behind a ref, or behind its freight; None for what is none.

    >>> product_id_of("product.product,42"), product_id_of("product.product,42,freight"), product_id_of("")
    (42, 42, None)
    """
    model, number, *_what = (*(ref or "").split(","), "")
    return int(number) if model == "product.product" and number.isdecimal() else None


def freight_of(material):
    """Freight and insurance of a material, of which nobody knows what they cost: a part of its value that is asked for.

    The known part of the value counts; what is lacking stands beside it, with the same code and origin.
    """
    values = {"name": f"{material.name}: freight and insurance", "ref": material.ref + FREIGHT, "value": None}
    return origin.record(origin.Material, {**vars(material), **values, "weight": None, "deductions": ()})


class Subject(NamedTuple):
    """A product as a good and as a material.

    :param hs: its six digits, None where it has no code that is a subheading
    :param weight: kilograms of one unit, None where it is not known
    :param answer: the answer to the question of its rule, None where there is none
    """

    ref: str
    name: str
    hs: str | None
    weight: Decimal | None = None
    role: str = "material"
    wholly_obtained: bool | None = None
    answer: bool | None = None


class Part(NamedTuple):
    """One unit of what the firm makes, its cost standing in for its price.

    :param cost: None where it is not known
    :param intermediate: :class:`origin.Intermediate`; None where there are no rules to determine it by
    """

    case: origin.Case
    cost: Decimal | None
    intermediate: object

    @property
    def processes(self):
        return self.case.processes


class Dossier(dict):
    """A dossier as JSON, with the dossiers of the intermediates in it.

    :param parts: {hash: canonical text}
    """

    def __init__(self, dossier, parts):
        super().__init__(dossier)
        self.parts = parts

    def fetch(self, sha256):
        """The dossier of an intermediate as JSON, None where it is not here."""
        return json.loads(self.parts[sha256]) if sha256 in self.parts else None


class Cases:
    """Builds the cases of a company on a day, and seals those that stand in others.

    :param rulebook: :class:`origin.Rulebook`, or None where no rules hold on the day
    :param known: {hash: :class:`origin.Intermediate`} of parts that were determined before
    """

    def __init__(self, company, date, rulebook, known=None):
        self.home, self.currency = company.country_id.code or "", company.currency_id.name
        self.date, self.rulebook = date, rulebook
        self.known = known or {}
        self.dossiers = {}  # {hash: canonical JSON} of the parts that were sealed here

    # --- materials ---------------------------------------------------------------------------------------
    def bought(self, subject, quantity, share, facts):
        """A material that was bought; of a bill with by-products only its share of the value counts.

        :param quantity: own units of it in one unit of the good
        :param facts: ``value`` of one unit, ``origin`` and ``originating``, and ``deductions`` of one unit
        """
        result = self._material(subject, quantity)
        result["value"] = scaled(facts.value, quantity * share)
        result["origin"], result["originating"] = facts.origin, facts.originating
        if facts.deductions and result["value"] is not None:
            result["deductions"] = tuple(
                origin.Deduction(each.kind, scaled_down(each.value, quantity * share), each.evidence)
                for each in facts.deductions
            )
        return origin.record(origin.Material, result)

    def made(self, subject, quantity, share, cost, sha256):
        """A material that the firm makes, by the hash of the dossier of one unit of it."""
        result = self._material(subject, quantity)
        result["value"] = scaled(cost, quantity * share)
        if sha256 is not None:
            result["self_produced"] = origin.SelfProduced(
                dossier_sha256=sha256, times=quantity, share=None if share == ONE else share
            )
        return origin.record(origin.Material, result)

    @staticmethod
    def _material(subject, quantity):
        return {
            "name": subject.name,
            "hs": subject.hs,
            "weight": subject.weight * quantity if subject.weight else None,
            "role": subject.role or "material",
            "ref": subject.ref,
        }

    def undecided(self, subject, quantity, question):
        """A part that the firm makes of what is still to be chosen: what is in it is asked for.

        :param question: words that tell what is to be chosen
        """
        result = self._material(subject, quantity)
        result |= {
            "name": f"{subject.name}: {question}",
            "ref": subject.ref + CHOICE,
            "self_produced": origin.SelfProduced(),
        }
        return origin.record(origin.Material, result)

    def unmeasured(self, subject, where):
        """A material of which nobody knows how much goes in.

        :param where: words that name the bill and the line
        """
        result = self._material(subject, ZERO) | {"name": f"{subject.name}: {where}", "ref": subject.ref + QUANTITY}
        return origin.record(origin.Material, result)

    # --- goods -------------------------------------------------------------------------------------------
    def good(self, subject, fob, in_appendix=None):
        """The good itself.

        :param fob: None where it is not known
        """
        return origin.Good(
            hs=subject.hs,
            fob=plain(fob) if fob else None,
            currency=self.currency,
            net_weight=subject.weight or None,
            wholly_obtained=subject.wholly_obtained,
            in_importer_appendix=in_appendix,
        )

    def case(self, subject, fob, materials=(), processes=(), costs=None):
        """One unit of a good at a price, for nobody in particular: see :meth:`sold`.

        :param processes: the work on the good itself, in its order; that on its parts stands in their own cases
        """
        return origin.Case(
            exporting_party=self.home,
            good=self.good(subject, fob),
            date=self.date,
            materials=materials,
            processes=tuple(_one_after_another(processes)),
            costs=costs,
            conditions=self._conditions(subject),
        )

    def unit(self, subject, materials, processes, costs):
        """One unit of what is made, at its cost, as it stands in other goods: a :class:`Part`.

        :raises origin.OriginError: where what is told of it cannot be
        """
        cost = cost_of(materials, costs)
        case = self.case(subject, cost, materials, processes, costs)
        if self.rulebook is None:
            return Part(case, cost, None)
        return Part(case, cost, origin.determine_intermediate(case, self.rulebook, known=self.known))

    def sold(self, case, fob, importing_party=None, in_appendix=None, subject=None):
        """A case at another price, and for an importing Party.

        :param importing_party: its code, or None
        :param subject: the good under another HS code than the case has, where box 9 bears that one
        """
        values = {"fob": plain(fob) if fob else None, "in_importer_appendix": in_appendix}
        changed = {"importing_party": importing_party}
        if subject is not None:
            values["hs"], changed["conditions"] = subject.hs, self._conditions(subject)
        good = origin.record(origin.Good, {**vars(case.good), **values})
        return origin.record(origin.Case, {**vars(case), **changed, "good": good})

    def sealed(self, part):
        """The hash of a part's dossier, which is :attr:`known` from now on; None where there are no rules."""
        if part.intermediate is None:
            return None
        text, sha256 = origin.sealed(part.case, part.intermediate.verdict, self.rulebook)
        self.known[sha256], self.dossiers[sha256] = part.intermediate, text
        return sha256

    def dossier_of(self, facts, verdict):
        """The dossier of a determination with those of its parts: a :class:`Dossier`."""
        return Dossier(origin.dossier_of(facts, verdict, self.rulebook), self.dossiers)

    def _conditions(self, subject):
        """The answer to the question on which the good's rule depends."""
        if subject.answer is None or subject.hs is None or self.rulebook is None:
            return None
        question = self.rulebook.row_for(subject.hs).question
        return {question: subject.answer} if question else None


def _one_after_another(processes):
    """The work in its order; the same kind at the same place, done several times running, stands once."""
    last = None
    for process in processes:
        if process != last:
            yield process
        last = process


def opened(case, fetch):
    """The same case with its intermediates whole, in place of their hashes: for a look into all of it.

    :param fetch: function of a hash that gives a dossier as JSON, or None where there is none
    """
    return origin.record(origin.Case, {**vars(case), "materials": _opened(case.materials, case.date, fetch)})


def _opened(materials, date, fetch):
    return tuple(
        each
        if each.self_produced is None
        else origin.record(origin.Material, {**vars(each), **_whole(each, date, fetch)})
        for each in materials
    )


def _whole(material, date, fetch):
    own = material.self_produced
    dossier = fetch(own.dossier_sha256) if own.dossier_sha256 else None
    if dossier is None:
        return {}
    case = origin.read_case(dossier["case"], today=date)
    times, share = own.times, ONE if own.share is None else own.share
    costs = case.costs and origin.Costs(*(scaled(each, times * share) for each in case.costs.parts()))
    inside = tuple(each.times(times, share) for each in _opened(case.materials, date, fetch))
    result = origin.SelfProduced(materials=inside, hs=case.good.hs, costs=costs, processes=case.processes)
    return {"self_produced": result}


def tipping_materials(dossier, verdict, rulebook, fetch):
    """The materials of which one declaration would make the good of a dossier originate, however deep they are."""
    if "case" not in dossier or origin.is_of_earlier_format(dossier):
        return ()
    case = origin.read_case(dossier["case"], today=datetime.date.fromisoformat(dossier["case"]["date"]))
    return origin.tipping_materials(opened(case, fetch), verdict, rulebook)


def cost_of(materials, costs):
    """What one unit costs: its materials and the work on it; None where a part of that is not known.

    Of what has no material but packing and the like, nobody knows what it is made of, and so what it costs.
    """
    values = [material.value for material in materials]
    if None in values or all(material.role != "material" for material in materials):
        return None
    work = [part for part in costs.parts() if part is not None] if costs else []
    return sum((*values, *work), ZERO)


def plain(number):
    """The same number, written in the one way in which dossiers have it: 100, neither 100.00 nor 1E+2."""
    return Decimal(amounts.text(number))


def scaled(value, factor):
    """A value of so many units, at six places, against the exporter; None where it is not known."""
    if value is None:
        return None
    # Normalised, but 20 and not 2E+1: what is sealed does not depend on how a number was written.
    return (value * factor).quantize(amounts.PLACES, rounding=ROUND_UP).normalize() + ZERO


def scaled_down(value, factor):
    """What is taken off a value, of so many units, at six places, against the exporter."""
    return plain(amounts.against_exporter(value * factor, cost=False))
