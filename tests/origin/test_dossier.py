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
    assert [each.name for each in rcep_origin.tipping_materials_of(dossier, verdict, shipped_rulebook())] == ["housing"]


def test_a_bought_in_good_is_replayed_from_its_evidence():
    dossier = dossier_of(EVIDENCE, rcep_origin.determine_by_evidence)
    verdict = rcep_origin.replay(dossier, shipped_rulebook())
    assert (verdict.verdict, verdict.criterion) == ("originating", "CTC")
    assert rcep_origin.tipping_materials_of(dossier, verdict, shipped_rulebook()) == ()


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


# --- a tree of hashes ------------------------------------------------------------------------------------
CHIP = rcep_origin.Material("chip", hs="854231", value=Decimal(9), origin="TW")
BOARD_UNIT = rcep_origin.Case(
    exporting_party="CN",
    good=rcep_origin.Good(hs="853710", fob=Decimal(12), currency="CNY"),
    date=DAY,
    materials=(CHIP, rcep_origin.Material("laminate", hs="853710", value=Decimal(2), origin="CN")),
)


def folded(times="3"):
    """A charger with boards that stand in it by the hash of their own dossier, and that dossier by its hash."""
    book = shipped_rulebook()
    verdict = rcep_origin.determine(BOARD_UNIT, book, trace=False)
    text, sha256 = rcep_origin.sealed(BOARD_UNIT, verdict, book)
    board = rcep_origin.Material(
        "board",
        hs="853710",
        value=12 * Decimal(times),
        self_produced=rcep_origin.SelfProduced(dossier_sha256=sha256, times=Decimal(times)),
    )
    known = {sha256: rcep_origin.determine_intermediate(BOARD_UNIT, book)}
    return replace(CASE, materials=(*CASE.materials, board)), {sha256: json.loads(text)}, known


def test_an_intermediate_by_its_hash_counts_as_it_does_whole():
    book, (case, _dossiers, known) = shipped_rulebook(), folded()
    whole = rcep_origin.SelfProduced(
        materials=tuple(replace(material, value=material.value * 3) for material in BOARD_UNIT.materials)
    )
    *others, board = case.materials
    by_hash = rcep_origin.determine(case, book, known=known)
    assert by_hash == rcep_origin.determine(
        replace(case, materials=(*others, replace(board, self_produced=whole))), book
    )
    assert by_hash.regional_value.vnm == Decimal("16.7") + 20 + 3 * (9 + 2)  # looked through: its rule is CTH or RVC40


def test_a_share_of_an_intermediate_scales_its_values_and_not_its_weights():
    # Its maker's bill has by-products that bear a quarter of its cost: the boards stand in it at three quarters.
    book, (case, dossiers, known) = shipped_rulebook(), folded()
    *others, board = case.materials
    own = replace(board.self_produced, share=Decimal("0.75"))
    case = replace(case, materials=(*others, replace(board, value=Decimal(27), self_produced=own)))
    verdict = rcep_origin.determine(case, book, known=known)
    assert verdict.regional_value.vnm == Decimal("16.7") + 20 + 3 * (9 + 2) * Decimal("0.75")
    dossier = rcep_origin.dossier_of(case, verdict, book)
    assert dossier["case"]["materials"][-1]["self_produced"]["share"] == "0.75"
    assert rcep_origin.replay(dossier, book, dossiers.get) == verdict
    heavy = rcep_origin.Material("chip", value=Decimal(9), weight=Decimal(2))
    assert heavy.times(Decimal(3), Decimal("0.5")) == replace(heavy, value=Decimal("13.5"), weight=Decimal(6))


def test_a_tree_of_dossiers_replays_to_the_same_verdict():
    book, (case, dossiers, known) = shipped_rulebook(), folded()
    verdict = rcep_origin.determine(case, book, known=known)
    dossier = json.loads(rcep_origin.sealed(case, verdict, book)[0])
    assert rcep_origin.replay(dossier, book, dossiers.get) == verdict
    assert "laminate" not in json.dumps(dossier["case"])  # it stands in the board's own dossier
    assert rcep_origin.tipping_materials_of(dossier, verdict, book, dossiers.get) == ()


def test_a_tree_with_a_missing_or_changed_node_says_which():
    book, (case, dossiers, known) = shipped_rulebook(), folded()
    dossier = rcep_origin.dossier_of(case, rcep_origin.determine(case, book, known=known), book)
    with pytest.raises(rcep_origin.OriginError, match=r"of the intermediate board, .* is not there"):
        rcep_origin.replay(dossier, book)
    (changed,) = dossiers.values()
    changed["case"]["materials"][0]["value"] = "1"
    with pytest.raises(rcep_origin.OriginError, match="of the intermediate board is not the one that was sealed"):
        rcep_origin.replay(dossier, book, dossiers.get)


def test_what_is_not_at_hand_is_an_error_and_no_verdict():
    case, _dossiers, _known = folded()
    with pytest.raises(rcep_origin.CaseError, match="is not at hand"):
        rcep_origin.determine(case, shipped_rulebook())


def test_what_is_sealed_is_the_canonical_form():
    verdict = rcep_origin.determine(CASE, shipped_rulebook())
    text, sha256 = rcep_origin.sealed(CASE, verdict, shipped_rulebook())
    dossier = rcep_origin.dossier_of(CASE, verdict, shipped_rulebook())
    assert text.encode() == rcep_origin.canonical_json(dossier)
    assert sha256 == rcep_origin.sha256_of(dossier)


def test_a_record_that_was_read_seals_as_one_that_was_made():
    read = rcep_origin.read_case(
        json.loads(rcep_origin.sealed(CASE, VERDICT, shipped_rulebook())[0])["case"], today=None
    )
    assert rcep_origin.sealed(read, VERDICT, shipped_rulebook()) == rcep_origin.sealed(
        CASE, VERDICT, shipped_rulebook()
    )


VERDICT = rcep_origin.determine(CASE, shipped_rulebook(), trace=False)


# --- formats -------------------------------------------------------------------------------------------------
def _sealed_before(verdict_was, **case):
    """A dossier of the first format, whose facts would be decided otherwise today."""
    material = {"name": "engine", "hs": "840734", "value": "900", "self_produced": {}}
    values = {
        "date": "2026-05-04",
        "exporting_party": "CN",
        "good": {"hs": "870323", "fob": "1000", "currency": "CNY"},
        "materials": [material],
        **case,
    }
    verdict = rcep_origin.determine(rcep_origin.read_case(values, today=DAY), shipped_rulebook())
    dossier = rcep_origin.dossier_of(rcep_origin.read_case(values, today=DAY), verdict, shipped_rulebook())
    del dossier["format"]
    for name in ("hs", "exporting_party", "importing_party", "date", "currency"):
        del dossier["verdict"][name]
    dossier["verdict"] |= {"verdict": verdict_was, "criterion": "RVC", "rvc_build_down": "100.00", "needed": []}
    return dossier


def test_an_earlier_dossier_keeps_the_verdict_that_was_sealed():
    dossier = _sealed_before("originating")
    verdict = rcep_origin.replay(dossier, shipped_rulebook())
    assert (verdict.verdict, verdict.criterion, verdict.regional_value.build_down) == ("originating", "RVC", "100.00")
    assert verdict.trace == ()
    assert rcep_origin.tipping_materials_of(dossier, verdict, shipped_rulebook()) == ()


def test_so_it_does_under_rules_that_are_not_its_own_any_more():
    dossier = _sealed_before("originating")
    dossier["rule"] = {"edition": "HS2017", "text": "CC"}
    assert rcep_origin.replay(dossier, shipped_rulebook()).verdict == "originating"


def test_what_is_decided_today_bears_the_format_of_today():
    case = rcep_origin.read_case({"exporting_party": "CN", "good": {"hs": "870323"}}, today=DAY)
    dossier = rcep_origin.dossier_of(case, rcep_origin.determine(case, shipped_rulebook()), shipped_rulebook())
    assert dossier["format"] == 2
    assert not rcep_origin.is_of_earlier_format(dossier)


@pytest.mark.parametrize("number", [3, "2", None, True])
def test_a_dossier_of_a_newer_version_is_refused(number):
    dossier = {**_sealed_before("originating"), "format": number}
    if number is True:
        dossier["format"] = 99
    with pytest.raises(rcep_origin.OriginError, match="which a newer version wrote"):
        rcep_origin.replay(dossier, shipped_rulebook())


def test_an_earlier_part_does_not_stand_in_a_dossier_of_today():
    part = _sealed_before("originating")
    sha256 = rcep_origin.sha256_of(part)
    material = {"name": "engine", "value": "900", "self_produced": {"dossier_sha256": sha256, "times": "1"}}
    good = {"hs": "870323", "fob": "1000"}
    case = {"date": "2026-05-04", "exporting_party": "CN", "good": good, "materials": [material]}
    dossier = {"case": case, "format": 2, "rule": {"edition": "HS2022", "text": "RVC40"}, "verdict": {}}
    with pytest.raises(rcep_origin.OriginError, match="is of an earlier format: determine it again"):
        rcep_origin.replay(dossier, shipped_rulebook(), {sha256: part}.get)
