"""Goods that go on from China as they came: what their original lets stand on a certificate (Art. 3.19)."""

import datetime
import json
from dataclasses import replace
from decimal import Decimal

import pytest
import rcep_origin

from tools.rulebook import shipped_rulebook

ORIGINAL = rcep_origin.Original(
    number="VN-CN 26/02/00117",
    kind="certificate",
    agreement="RCEP",
    issued_in="VN",
    issued_for="CN",
    issued_on=datetime.date(2026, 2, 1),
    valid_to=datetime.date(2027, 1, 31),
    item="1",
    hs="830140",
    party="VN",
    criterion="CTC",
    quantity=Decimal(1000),
    drawn=Decimal(600),
    counts=True,
    document_sha256="0" * 64,
)
LOCKS = rcep_origin.BackToBack(
    exporting_party="CN",
    good=rcep_origin.Good(hs="830140"),
    date=datetime.date(2026, 5, 4),
    originals=(ORIGINAL,),
    quantity=Decimal(600),
    covered=Decimal(600),
    untouched=True,
    shown_by="lots L1, L2",
    importing_party="MY",
)


def _decide(original=None, **changes):
    facts = replace(LOCKS, **changes)
    if original:
        facts = replace(facts, originals=(replace(ORIGINAL, **original),))
    return rcep_origin.determine_back_to_back(facts, shipped_rulebook())


def _failing(verdict):
    return [step.code for step in verdict.trace if step.result is False]


def test_what_the_original_says_stays():
    verdict = _decide({"modifiers": ("ACU",)})
    assert (verdict.verdict, verdict.criterion, verdict.modifiers) == ("originating", "CTC", ("ACU",))
    assert verdict.country_of_origin.party == "VN"


@pytest.mark.parametrize(
    ("original", "code"),
    [
        ({"counts": False}, "original_counts"),
        ({"document_sha256": None}, "original_counts"),
        ({"kind": "back_to_back"}, "original_kind"),
        ({"agreement": "ACFTA"}, "original_kind"),
        ({"valid_to": datetime.date(2026, 5, 3)}, "original_days"),
        ({"issued_on": datetime.date(2026, 5, 5)}, "original_days"),
        ({"issued_in": "CN", "party": "CN"}, "original_issuer"),
        ({"issued_in": "MY", "party": "MY"}, "original_issuer"),  # it goes back to where it was made
        ({"issued_in": "DE", "party": "DE"}, "original_issuer"),
        ({"issued_in": "MM", "party": "MM"}, "original_partly"),
        ({"issued_for": "JP"}, "original_for"),
        ({"party": "TH"}, "original_party"),
        ({"mark": "*"}, "original_party"),
        ({"hs": "830150"}, "original_good"),
        ({"criterion": "CR"}, "original_criterion"),
        ({"criterion": "RVC"}, "original_rvc"),
        ({"criterion": "RVC", "rvc": Decimal("39.99")}, "original_rvc"),
        ({"kind": "declaration"}, "original_code"),
        ({"drawn": Decimal(1001)}, "original_quantity"),
    ],
)
def test_an_original_that_does_not_carry_it(original, code):
    verdict = _decide(original)
    assert (verdict.verdict, _failing(verdict)) == ("not_originating", [code])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"originals": (), "covered": Decimal(0)}, "originals_cover"),
        ({"covered": Decimal(599)}, "originals_cover"),
        ({"covered": Decimal(601)}, "originals_cover"),
        ({"originals": (ORIGINAL, replace(ORIGINAL, number="2", criterion="WO"))}, "originals_agree"),
        ({"untouched": False}, "untouched"),
        ({"importing_party": "JP", "good": replace(LOCKS.good, in_importer_appendix=True)}, "original_in_appendix"),
    ],
)
def test_goods_that_do_not_go_on_as_they_came(changes, code):
    verdict = _decide(**changes)
    assert (verdict.verdict, _failing(verdict)) == ("not_originating", [code])


def test_where_nobody_knows_what_was_done_to_it_nothing_is_decided():
    verdict = _decide(untouched=None)
    assert (verdict.verdict, [need.fact for need in verdict.needed]) == ("unresolved", ["untouched"])


def test_box_11_waits_where_the_importer_has_several_rates():
    verdict = _decide(importing_party="JP")
    assert verdict.country_of_origin.party is None
    assert [need.fact for need in verdict.country_of_origin.needed] == ["in_importer_appendix"]
    verdict = _decide(importing_party="JP", good=replace(LOCKS.good, in_importer_appendix=False))
    assert verdict.country_of_origin.party == "VN"


def test_regional_value_is_what_the_originals_state_the_least_of_them():
    two = tuple(
        replace(ORIGINAL, number=number, criterion="RVC", rvc=Decimal(rvc))
        for number, rvc in (("1", 52), ("2", "44.5"))
    )
    assert _decide(originals=two).regional_value.build_down == "44.50"


@pytest.mark.parametrize("changes", [{}, {"untouched": None}, {"originals": (replace(ORIGINAL, counts=False),)}])
def test_the_dossier_replays_and_names_the_file_it_rests_on(changes):
    facts = replace(LOCKS, **changes)
    verdict = _decide(**changes)
    dossier = json.loads(rcep_origin.canonical_json(rcep_origin.dossier_of(facts, verdict, shipped_rulebook())))
    assert dossier["back_to_back"]["originals"][0]["document_sha256"] == "0" * 64
    assert rcep_origin.replay(dossier, shipped_rulebook()) == verdict
    assert rcep_origin.tipping_materials_of(dossier, verdict, shipped_rulebook()) == ()
