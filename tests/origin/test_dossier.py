"""A dossier: sealed, replayed, and honest about what it cannot be replayed with."""

import datetime
import json
from dataclasses import replace
from decimal import Decimal

import pytest
import rcep_origin

from tools.rulebook import shipped_rulebook

DAY = datetime.date(2026, 5, 4)
CASE = rcep_origin.Case(
    exporting_party="CN",
    good=rcep_origin.Good(hs="850440", fob=Decimal(46), currency="CNY"),
    date=DAY,
    materials=(
        rcep_origin.Material("module", hs="850440", value=Decimal("16.7"), origin="TW"),
        rcep_origin.Material("housing", hs="392690", value=Decimal(20), origin="CN"),
    ),
)
EVIDENCE = rcep_origin.Evidence(
    exporting_party="CN",
    good=rcep_origin.Good(hs="392410", fob=Decimal(7), currency="CNY"),
    date=DAY,
    party="CN",
    criterion="CTC",
    reference="HY-1",
    valid_from=DAY,
    valid_to=DAY,
)


def dossier_of(facts, decide):
    rulebook = shipped_rulebook()
    return json.loads(rcep_origin.canonical_json(rcep_origin.dossier_of(facts, decide(facts, rulebook), rulebook)))


@pytest.fixture
def dossier():
    return dossier_of(CASE, rcep_origin.determine)


def test_the_seal_changes_with_any_figure(dossier):
    other = dossier_of(replace(CASE, good=replace(CASE.good, fob=Decimal("46.01"))), rcep_origin.determine)
    assert rcep_origin.sha256_of(dossier) != rcep_origin.sha256_of(other)
    assert rcep_origin.sha256_of(dossier) == rcep_origin.sha256_of(json.loads(json.dumps(dossier)))


def test_it_holds_no_trace_and_no_number_that_a_reader_could_round(dossier):
    assert "trace" not in dossier["verdict"]
    with pytest.raises(TypeError):
        rcep_origin.canonical_json({**dossier, "value": 16.7})


def test_another_edition_cannot_replay_it(dossier):
    with pytest.raises(rcep_origin.OriginError, match="was made with rules HS2022, the ones given are HS2028"):
        rcep_origin.replay(dossier, replace(shipped_rulebook(), edition="HS2028"))


def test_a_rule_that_was_changed_since_is_named(dossier):
    book = shipped_rulebook()
    changed = replace(book, rows={**book.rows, "850440": rcep_origin.RuleRow("850440", "CC")})
    with pytest.raises(rcep_origin.OriginError, match="was 'CTSH OR RVC40', and is now 'CC'"):
        rcep_origin.replay(dossier, changed)


def test_a_torn_dossier_says_what_it_lacks(dossier):
    del dossier["case"]["date"]
    with pytest.raises(rcep_origin.CaseError, match="lacks 'date'"):
        rcep_origin.replay(dossier, shipped_rulebook())


def test_a_dossier_tells_which_declaration_is_worth_asking_for(dossier):
    verdict = rcep_origin.replay(dossier, shipped_rulebook())
    assert rcep_origin.turning(dossier, verdict, shipped_rulebook()) == ("housing",)


def test_a_bought_in_good_is_replayed_from_its_evidence():
    dossier = dossier_of(EVIDENCE, rcep_origin.determine_by_evidence)
    verdict = rcep_origin.replay(dossier, shipped_rulebook())
    assert (verdict.verdict, verdict.criterion) == ("originating", "CTC")
    assert rcep_origin.turning(dossier, verdict, shipped_rulebook()) == ()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"good": replace(EVIDENCE.good, hs=None)}, "is missing"),
        ({"good": replace(EVIDENCE.good, hs="999999")}, "is not a subheading"),
        ({"date": datetime.date(2022, 5, 4)}, "no edition of the rules"),
        ({"party": "US"}, "is no Party"),
    ],
)
def test_evidence_that_cannot_be_is_refused(changes, reason):
    with pytest.raises(rcep_origin.CaseError, match=reason):
        rcep_origin.determine_by_evidence(replace(EVIDENCE, **changes), shipped_rulebook())
