"""Art. 3.16 to 3.18, proof of origin: a bought-in good, which its producer's evidence decides.

Text: RCEP Agreement, Chapter 3, Articles 3.16 to 3.18.

A trader who exports what another made holds no bill of materials; it holds the producer's declaration that the
good originates. The declaration must name a criterion that the good's rule offers, a Party, and the days on
which it holds. A good that originates in another Party does not become one of the exporting Party by passing
through it: that is the case of a back-to-back certificate (Art. 3.19).
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from . import country_of_origin, exact, reading
from .case import Good
from .contradictions import check_parties
from .errors import CaseError
from .rulebook import PRODUCT_LIST
from .trace import Step
from .verdict import NOT_ORIGINATING, ORIGINATING, UNRESOLVED, RegionalValue, Tested, Verdict

CRITERIA = ("WO", "PE", "CTC", "RVC", "CR")
MODIFIERS = ("ACU", "DMI")


@dataclass(frozen=True)
class Evidence:
    """What a producer declares of a good.

    :param party: the Party where it originates
    :param criterion: WO, PE, CTC, RVC or CR
    :param reference: what the declaration is filed under
    :param value: of the good as bought, for information
    :param rvc: regional value content in per cent that the producer states, where the criterion is RVC
    :param modifiers: of :data:`MODIFIERS`, those that the producer's own determination rests on
    :param added_value: per cent of the good's value that was added in the Party, where the producer states it (2.6.3)
    """

    exporting_party: str
    good: Good
    date: datetime.date
    party: str
    criterion: str
    reference: str
    valid_from: datetime.date
    valid_to: datetime.date
    value: Decimal | None = None
    rvc: Decimal | None = None
    modifiers: tuple = ()
    added_value: Decimal | None = None
    importing_party: str | None = None

    def domestic_value(self):
        """Per cent of the good's value that was added in the Party (2.6.3), None where nothing tells it.

        A regional value that counts on no other Party's materials is that Party's own.
        """
        if self.added_value is not None:
            return self.added_value
        if self.criterion == "WO":
            return exact.HUNDRED
        return self.rvc if "ACU" not in self.modifiers else None


def determine_by_evidence(evidence, rulebook):
    """The verdict that a declaration carries.

    :param Evidence evidence: the declaration and the good
    :return: :class:`.verdict.Verdict`
    :raises CaseError: where the declaration cannot be, with the field
    """
    if evidence.good.hs is None:
        raise CaseError("good.hs", "is missing")
    row = rulebook.row_of(evidence.good, evidence.date)
    check_parties(evidence, rulebook)
    if evidence.party not in rulebook.parties_on(evidence.date):
        raise CaseError("party", f"{evidence.party} is no Party of the agreement on {evidence.date.isoformat()}")
    rules = {row.under(False), row.under(True)}
    offered = {"WO", "PE", *(alternative.criterion for rule in rules for alternative in rule.alternatives)}
    asked = rulebook.agreement.percent("regional_value", evidence.date)
    may_be_listed = row.need.fact == PRODUCT_LIST and evidence.criterion not in {"WO", "PE"}
    steps = [Step("Annex 3A", "rule", {"hs": evidence.good.hs, "row": row.prefix, "rule": row.text})]
    met = True
    for holds, step in _checks(evidence, CRITERIA if may_be_listed else offered, asked):
        steps.append(step)
        met = met and holds
    steps = rulebook.agreement.named(tuple(steps))
    answer = {
        "rule": row.text,
        "alternatives": (Tested(row.text, evidence.criterion, met, evidence.modifiers),),
        "edition": rulebook.edition,
        "hs": evidence.good.hs,
        "exporting_party": evidence.exporting_party,
        "importing_party": evidence.importing_party,
        "date": evidence.date,
        "currency": evidence.good.currency,
    }
    if evidence.rvc is not None:
        answer["regional_value"] = RegionalValue(build_down=exact.shown_percent(evidence.rvc, exact.HUNDRED, asked))
    if not met:
        return Verdict(NOT_ORIGINATING, trace=steps, **answer)
    if may_be_listed:  # no list says whether the criterion that is declared is the good's
        answer["alternatives"] = (Tested(row.text, evidence.criterion, None, evidence.modifiers, needs=(row.need,)),)
        return Verdict(UNRESOLVED, needed=(row.need,), trace=steps, **answer)
    if not rulebook.agreement.country_of_origin:
        return Verdict(ORIGINATING, trace=steps, **answer, **_as_declared(evidence))
    importer = rulebook.parties.get(evidence.importing_party)
    country, more = country_of_origin.of_bought_in(
        evidence, appendix_exists=importer is not None and importer.tariff_differential
    )
    trace = (*steps, *more)
    return Verdict(ORIGINATING, country_of_origin=country, trace=trace, **answer, **_as_declared(evidence))


def _as_declared(evidence):
    """Criterion and modifiers as the producer states them."""
    return {
        "criterion": evidence.criterion,
        "modifiers": evidence.modifiers,
        "alone": "ACU" not in evidence.modifiers,
    }


def _checks(evidence, offered, asked):
    facts = {"reference": evidence.reference, "party": evidence.party, "criterion": evidence.criterion}
    days = {"from": evidence.valid_from.isoformat(), "to": evidence.valid_to.isoformat()}
    valid = evidence.valid_from <= evidence.date <= evidence.valid_to
    yield valid, Step("3.16", "evidence_days", {**facts, **days, "date": evidence.date.isoformat()}, valid)
    fits = evidence.criterion in offered
    yield fits, Step("3.2", "evidence_criterion", facts, fits)
    if evidence.criterion == "RVC" and evidence.rvc is not None:
        enough = exact.at_least(evidence.rvc, exact.HUNDRED, asked)
        yield enough, Step("3.5", "evidence_rvc", {**facts, "rvc": f"{evidence.rvc:f}", "asked": f"{asked:f}"}, enough)
    here = evidence.party == evidence.exporting_party
    yield here, Step("3.19", "evidence_party", {**facts, "exporting": evidence.exporting_party}, here)


_OPTIONAL = ("value", "rvc", "modifiers", "added_value", "importing_party")
_READERS = {
    "exporting_party": reading.state,
    "good": reading.good,
    "date": reading.day,
    "party": reading.state,
    "criterion": reading.word(*CRITERIA),
    "reference": reading.text,
    "valid_from": reading.day,
    "valid_to": reading.day,
    "value": reading.number,
    "rvc": reading.number,
    "modifiers": reading.several(lambda value, _position: _modifier(value)),
    "added_value": reading.number,
    "importing_party": reading.state,
}
_modifier = reading.word(*MODIFIERS)


def read_evidence(data):
    """An :class:`Evidence` from its JSON object.

    :raises CaseError: with the path of what is wrong
    """
    return Evidence(**reading.fields_of(data, _READERS, required=[name for name in _READERS if name not in _OPTIONAL]))
