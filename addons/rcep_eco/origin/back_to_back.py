"""Art. 3.19, back-to-back proof of origin: goods that passed through on another Party's proof, and stayed as they were.

Text: RCEP Agreement, Chapter 3, Articles 3.16 and 3.19, and Annex 3B.

Such a good is not determined: its original says by which criterion it originates and in which Party. What is decided
is whether a certificate can rest on that original: whether it is of the first exporting Party, was issued for import
here, counts and holds on the day, names this very good, is not shipped beyond its quantity, and whether the good
underwent nothing here but repacking and logistics. Where one of these is not known, nothing is decided.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from . import exact, reading
from .case import Good
from .country_of_origin import IN_APPENDIX
from .errors import CaseError
from .evidence import CRITERIA, MODIFIERS
from .trace import Need, Step, cheapest_first
from .verdict import NOT_ORIGINATING, ORIGINATING, UNRESOLVED, CountryOfOrigin, RegionalValue, Tested, Verdict

ORIGINALS = ("certificate", "declaration")  # a proof that is itself back-to-back is not the original
PARTLY_IN_FORCE = frozenset({"MM"})  # not every Party applies the Agreement with it
UNTOUCHED = Need("untouched")


@dataclass(frozen=True)
class Original:
    """A proof of origin of another Party, and what is shipped on it.

    :param kind: of :data:`ORIGINALS`, or ``back_to_back``
    :param agreement: under which it was issued
    :param issued_in: the Party of its issuing body or approved exporter
    :param issued_for: the Party into which it let the good be imported
    :param party: where the good originates, as it says; ``mark`` stands beside it where the rate is another Party's
    :param hs: six digits, as it says
    :param quantity: of its item, in its unit
    :param drawn: what is shipped of that in all, with what this good takes
    :param counts: whether it was looked up with its issuer, and still says the same there
    :param document_sha256: of its file
    """

    number: str
    kind: str
    agreement: str
    issued_in: str
    issued_for: str
    issued_on: datetime.date
    valid_to: datetime.date
    item: str
    hs: str
    party: str
    criterion: str
    quantity: Decimal
    drawn: Decimal
    counts: bool
    document_sha256: str | None = None
    modifiers: tuple = ()
    mark: str = ""
    rvc: Decimal | None = None
    approved_exporter: str = ""


@dataclass(frozen=True)
class BackToBack:
    """A good that is shipped on originals.

    :param date: of the certificate
    :param quantity: how much of it is shipped
    :param covered: how much of that is drawn from its originals
    :param untouched: whether it underwent nothing here but repacking and logistics; None where nobody knows
    :param shown_by: what tells that: lots, or who stated it and why
    """

    exporting_party: str
    good: Good
    date: datetime.date
    originals: tuple
    quantity: Decimal
    covered: Decimal
    untouched: bool | None = None
    shown_by: str = ""
    importing_party: str | None = None


def determine_back_to_back(facts, rulebook):
    """Whether a good can stand on a back-to-back certificate, and what its originals say of it.

    :param BackToBack facts: the good and its originals
    :return: :class:`.verdict.Verdict`
    :raises CaseError: where what is said cannot be, with the field
    """
    if facts.good.hs is None:
        raise CaseError("good.hs", "is missing")
    row = rulebook.row_of(facts.good, facts.date)
    steps = [
        Step("Annex 3A", "rule", {"hs": facts.good.hs, "row": row.prefix, "rule": row.text}),
        *(step for original in facts.originals for step in _of_original(facts, original, row, rulebook)),
        *_together(facts),
        _untouched(facts),
        *_appendix(facts, rulebook),
    ]
    failing = [step for step in steps if step.result is False]
    needs = cheapest_first(_needs(facts, rulebook))
    verdict = NOT_ORIGINATING if failing else UNRESOLVED if UNTOUCHED in needs else ORIGINATING
    answer = {
        "rule": row.text,
        "edition": rulebook.edition,
        "hs": facts.good.hs,
        "exporting_party": facts.exporting_party,
        "importing_party": facts.importing_party,
        "date": facts.date,
        "currency": facts.good.currency,
        "trace": tuple(steps),
    }
    if verdict == NOT_ORIGINATING:
        return Verdict(NOT_ORIGINATING, **answer)
    first = facts.originals[0]
    met = True if verdict == ORIGINATING else None
    answer |= {"alternatives": (Tested(row.text, first.criterion, met, first.modifiers, needs=needs),)}
    if verdict == UNRESOLVED:
        return Verdict(UNRESOLVED, needed=needs, **answer)
    if first.rvc is not None:
        shown = exact.shown_percent(min(each.rvc for each in facts.originals), exact.HUNDRED, _asked(facts, rulebook))
        answer["regional_value"] = RegionalValue(build_down=shown)
    is_open = IN_APPENDIX in needs
    country = CountryOfOrigin(None, needed=(IN_APPENDIX,)) if is_open else CountryOfOrigin(first.party)
    return Verdict(
        ORIGINATING, criterion=first.criterion, modifiers=first.modifiers, country_of_origin=country, **answer
    )


def _of_original(facts, original, row, rulebook):
    """What is asked of each original, in the order in which a clerk would look."""
    named = {"number": original.number, "item": original.item}

    def step(article, code, result, **more):
        return Step(article, code, {**named, **more}, result)

    parties = rulebook.parties_on(original.issued_on)
    proven = {"document": original.document_sha256 or ""}
    yield step("3.19.1(a)", "original_counts", original.counts and bool(original.document_sha256), **proven)
    is_first = original.kind in ORIGINALS and original.agreement == rulebook.agreement.name
    yield step("3.19.1(a)", "original_kind", is_first)
    days = {"from": original.issued_on.isoformat(), "to": original.valid_to.isoformat()}
    holds = original.issued_on <= facts.date <= original.valid_to
    yield step("3.19.1(b)", "original_days", holds, **days, date=facts.date.isoformat())
    issuer = original.issued_in in parties - {facts.exporting_party, facts.importing_party}
    sent = {"in": original.issued_in, "exporting": facts.exporting_party, "importing": facts.importing_party or ""}
    yield step("3.19.1", "original_issuer", issuer, **sent)
    if original.issued_in in PARTLY_IN_FORCE:
        yield step("3.19.1", "original_partly", False, **{"in": original.issued_in})
    here = original.issued_for == facts.exporting_party
    yield step("3.19.1", "original_for", here, **{"for": original.issued_for, "exporting": facts.exporting_party})
    origin = {"party": original.party, "mark": original.mark, "in": original.issued_in}
    same = original.party == original.issued_in and not original.mark
    yield step("2.6", "original_party", same, **origin)
    yield step("3.19.1(c)", "original_good", original.hs == facts.good.hs, hs=original.hs, ours=facts.good.hs)
    rules = {row.under(False), row.under(True)}
    offered = {"WO", "PE", *(alternative.criterion for rule in rules for alternative in rule.alternatives)}
    yield step("3.2", "original_criterion", original.criterion in offered, criterion=original.criterion)
    if original.criterion == "RVC":
        asked = _asked(facts, rulebook)
        enough = original.rvc is not None and exact.at_least(original.rvc, exact.HUNDRED, asked)
        shown = "" if original.rvc is None else f"{original.rvc:f}"
        yield step("3.5", "original_rvc", enough, rvc=shown, asked=f"{asked:f}")
    if original.kind == "declaration":
        yield step("3.18", "original_code", bool(original.approved_exporter), authorisation=original.approved_exporter)
    within = original.drawn <= original.quantity
    figures = {"quantity": f"{original.quantity:f}", "drawn": f"{original.drawn:f}"}
    yield step("3.19.1(e)", "original_quantity", within, **figures)


def _together(facts):
    """What is asked of all originals of one good: they cover it, and say the same of it."""
    covered = bool(facts.originals) and facts.covered == facts.quantity
    figures = {"quantity": f"{facts.quantity:f}", "covered": f"{facts.covered:f}"}
    yield Step("3.19.1(e)", "originals_cover", figures, covered)
    said = {(each.party, each.criterion, each.modifiers) for each in facts.originals}
    if len(said) > 1:
        yield Step("3.19.1(c)", "originals_agree", {}, False)


def _untouched(facts):
    return Step("3.19.1(d)", "untouched", {"exporting": facts.exporting_party, "by": facts.shown_by}, facts.untouched)


def _appendix(facts, rulebook):
    """Box 11 of the original was decided for import here: it stays only where the importing Party has one rate."""
    if facts.good.in_importer_appendix:
        yield Step("2.6.3", "original_in_appendix", {"importer": facts.importing_party or ""}, False)
    elif _is_appendix_open(facts, rulebook):
        yield Step("2.6.3", "original_appendix_open", {"importer": facts.importing_party or ""}, None)


def _is_appendix_open(facts, rulebook):
    importer = rulebook.parties.get(facts.importing_party)
    return facts.good.in_importer_appendix is None and (importer is None or importer.tariff_differential)


def _needs(facts, rulebook):
    if facts.untouched is None:
        yield UNTOUCHED
    if _is_appendix_open(facts, rulebook):
        yield IN_APPENDIX


def _asked(facts, rulebook):
    return rulebook.agreement.percent("regional_value", facts.date)


_ORIGINAL = {
    "number": reading.text,
    "kind": reading.word(*ORIGINALS, "back_to_back"),
    "agreement": reading.text,
    "issued_in": reading.state,
    "issued_for": reading.state,
    "issued_on": reading.day,
    "valid_to": reading.day,
    "item": reading.text,
    "hs": reading.code(6),
    "party": reading.state,
    "criterion": reading.word(*CRITERIA),
    "quantity": reading.number,
    "drawn": reading.number,
    "counts": reading.flag,
    "document_sha256": reading.sha256,
    "modifiers": reading.several(lambda value, _position: _modifier(value)),
    "mark": reading.text,
    "rvc": reading.number,
    "approved_exporter": reading.text,
}
_READERS = {
    "exporting_party": reading.state,
    "good": reading.good,
    "date": reading.day,
    "originals": reading.several(lambda value, _position: _original(value)),
    "quantity": reading.number,
    "covered": reading.number,
    "untouched": reading.flag,
    "shown_by": reading.text,
    "importing_party": reading.state,
}
_modifier = reading.word(*MODIFIERS)


def _original(value):
    optional = {"document_sha256", "modifiers", "mark", "rvc", "approved_exporter"}
    return Original(**reading.fields_of(value, _ORIGINAL, required=_ORIGINAL.keys() - optional))


def read_back_to_back(data):
    """A :class:`BackToBack` from its JSON object.

    :raises CaseError: with the path of what is wrong
    """
    optional = {"untouched", "shown_by", "importing_party"}
    return BackToBack(**reading.fields_of(data, _READERS, required=_READERS.keys() - optional))
