"""Statements of a case that cannot be: of codes and States that are none, and of two facts that exclude each other.

A contradiction is refused with the paths of both statements: which of them is wrong only the user knows.
"""

from . import exact
from .errors import CaseError
from .materials import COUNTS_FOR_VALUE
from .states import STATES


def check(case, rulebook):
    """Refuse a case whose statements cannot be.

    :raises CaseError: with the path of the first, and the path that it contradicts
    """
    parties = rulebook.parties_on(case.date)
    check_parties(case, rulebook)
    for question in case.conditions or ():
        if question not in rulebook.questions:
            raise CaseError(f"conditions.{question}", "no rule asks this question")
    _check_processes(case.processes, "")
    _check_materials(case.materials, "", case, parties, rulebook)
    _check_sum(case.materials, case.costs, case.good.fob, "", "good.fob")


def check_parties(facts, rulebook):
    """Exporting and importing Party of a case or of a bought-in good, and what is said of the importer's Appendix."""
    parties = rulebook.parties_on(facts.date)
    for path in ("exporting_party", "importing_party"):
        state = getattr(facts, path)
        if state is not None and state not in parties:
            raise CaseError(path, f"{state} is no Party of the agreement on {facts.date.isoformat()}")
    importer = facts.importing_party
    if importer is None:
        return
    if importer == facts.exporting_party:
        raise CaseError("importing_party", f"{importer} is the exporting_party too: nothing is exported")
    if facts.good.in_importer_appendix and not rulebook.parties[importer].tariff_differential:
        raise CaseError(
            "good.in_importer_appendix", f"is said of importing_party {importer}, which keeps no Appendix of Art. 2.6"
        )


def check_wholly_obtained(first_tier):
    """Refuse a wholly obtained good in which an own part is that holds, or was made of, what does not originate.

    Parts that stand by their hashes are known only once they are determined.

    :param first_tier: the :class:`.materials.Counted` of the good
    """
    for index, item in enumerate(first_tier):
        made = item.intermediate
        by_proof = item.whole and item.party is not None  # made in another Party, whose own proof decides
        if made is None or by_proof or item.material.role != "material":
            continue
        if item.party is None or made.verdict.criterion not in {"WO", "PE"}:
            raise CaseError(
                "good.wholly_obtained",
                f"contradicts materials[{index}].self_produced: {item.material.name} is not made of originating "
                "materials alone, so a good made of it is not wholly obtained",
            )


def _check_processes(processes, below):
    for index, process in enumerate(processes):
        if process.party not in STATES:
            raise CaseError(f"{below}processes[{index}].party", f"{process.party} is the code of no country")


def _check_materials(materials, below, case, parties, rulebook):
    """:param below: the path of the record in which they stand, with its dot"""
    codes = rulebook.partial_codes
    obtained = case.good.wholly_obtained
    for index, material in enumerate(materials):
        own = material.self_produced
        if material.hs is not None and material.hs not in codes:
            raise CaseError(f"{below}materials[{index}].hs", f"{material.hs} is not in {rulebook.edition}")
        if material.origin is not None and material.origin not in STATES:
            raise CaseError(f"{below}materials[{index}].origin", f"{material.origin} is the code of no country")
        if material.originating:
            if material.origin not in parties:
                where = f"in {material.origin}, which is no Party on {case.date.isoformat()}"
                raise CaseError(
                    f"{below}materials[{index}].origin",
                    f"{material.name} is said to originate {where if material.origin else 'and not where'}",
                )
        elif obtained and own is None and material.role == "material":
            raise CaseError(
                "good.wholly_obtained",
                f"contradicts {below}materials[{index}]: {material.name} does not originate, so a good made of it is "
                "not wholly obtained",
            )
        if material.deductions:
            _check_deductions(material, f"{below}materials[{index}]")
        if own is not None:
            _check_own(material, f"{below}materials[{index}]", case, parties, rulebook)


def _check_own(material, path, case, parties, rulebook):
    own, below = material.self_produced, f"{path}.self_produced."
    if own.hs is not None and own.hs not in rulebook.partial_codes:
        raise CaseError(f"{below}hs", f"{own.hs} is not in {rulebook.edition}")
    _check_processes(own.processes, below)
    _check_materials(own.materials, below, case, parties, rulebook)
    _check_sum(own.materials, own.costs, material.value, below, f"{path}.value")


def _check_deductions(material, path):
    """What is left of a material's value, were all deductions proved, is more than nothing."""
    taken = exact.total(each.value for each in material.deductions)
    if material.value is not None and taken and taken >= material.value:
        raise CaseError(f"{path}.deductions", f"are the whole of {path}.value, or more")


def _check_sum(materials, costs, whole, below, path):
    """Materials, costs and profit are what a price is made of: together they are not above it."""
    if whole is None or costs is None or None in costs.parts():
        return
    values = [material.value for material in materials if material.role in COUNTS_FOR_VALUE]
    if None in values:
        return
    parts = exact.total((*values, *costs.parts()))
    if parts > whole:
        raise CaseError(
            f"{below}costs",
            f"and the values of {below}materials are {parts:f} together, above {path} of {whole:f}; a loss is a "
            "negative profit",
        )
