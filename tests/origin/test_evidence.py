"""A bought-in good stands or falls with its producer's declaration."""

import datetime
import json
from dataclasses import replace
from decimal import Decimal

import pytest
import rcep_origin

from tools.rulebook import shipped_rulebook

LOCK = rcep_origin.Evidence(
    exporting_party="CN",
    good=rcep_origin.Good(hs="830140"),
    date=datetime.date(2026, 5, 4),
    party="CN",
    criterion="CTC",
    reference="DECL/7",
    valid_from=datetime.date(2026, 1, 1),
    valid_to=datetime.date(2026, 12, 31),
)


def _decide(**changes):
    return rcep_origin.determine_by_evidence(replace(LOCK, **changes), shipped_rulebook())


def test_a_declaration_that_holds_carries_its_criterion():
    verdict = _decide()
    assert (verdict.verdict, verdict.criterion, verdict.country_of_origin.party) == ("originating", "CTC", "CN")


@pytest.mark.parametrize(
    "changes",
    [
        {"date": datetime.date(2027, 1, 1)},  # expired
        {"criterion": "CR"},  # not offered by the rule of 8301.40
        {"party": "TH"},  # back-to-back, Art. 3.19
    ],
)
def test_a_declaration_that_does_not_hold_proves_nothing(changes):
    assert _decide(**changes).verdict == "not_originating"


def test_a_state_that_is_no_party_cannot_be_declared():
    with pytest.raises(rcep_origin.CaseError, match="DE is no Party"):
        _decide(party="DE")


def test_the_dossier_of_a_declaration_replays():
    verdict = _decide()
    dossier = json.loads(rcep_origin.canonical_json(rcep_origin.dossier_of(LOCK, verdict, shipped_rulebook())))
    assert rcep_origin.replay(dossier, shipped_rulebook()) == verdict
    dossier["rule"]["text"] = "CC"
    with pytest.raises(rcep_origin.OriginError, match="is now 'CTSH OR RVC40'"):
        rcep_origin.replay(dossier, shipped_rulebook())


IN_APPENDIX = {"good": rcep_origin.Good(hs="830140", in_importer_appendix=True), "importing_party": "ID"}
UNCHECKED = {"good": rcep_origin.Good(hs="830140"), "importing_party": "ID"}


@pytest.mark.parametrize(
    ("changes", "party", "needed"),
    [
        ({"importing_party": "MY"}, "CN", []),  # keeps no Appendix
        (UNCHECKED, None, ["in_importer_appendix"]),
        (IN_APPENDIX, None, ["added_value"]),
        ({**IN_APPENDIX, "added_value": Decimal(20)}, "CN", []),
        ({**IN_APPENDIX, "added_value": Decimal("19.99")}, None, []),  # rule 4, which a declaration does not tell
        ({**UNCHECKED, "added_value": Decimal(60)}, "CN", []),  # both answers agree
        ({**IN_APPENDIX, "criterion": "RVC", "rvc": Decimal(45)}, "CN", []),  # counts on nobody else's materials
        ({**IN_APPENDIX, "criterion": "RVC", "rvc": Decimal(45), "modifiers": ("ACU",)}, None, ["added_value"]),
        ({**IN_APPENDIX, "criterion": "WO"}, "CN", []),
    ],
)
def test_box_11_of_a_bought_in_good_rests_on_what_its_producer_declares(changes, party, needed):
    verdict = _decide(**changes)
    assert verdict.verdict == "originating"
    assert verdict.country_of_origin.party == party
    assert [need.fact for need in verdict.country_of_origin.needed] == needed


def test_its_modifiers_are_kept():
    verdict = _decide(modifiers=("ACU", "DMI"))
    assert (verdict.modifiers, verdict.alone) == (("ACU", "DMI"), False)


def test_the_verdict_repeats_what_was_asked():
    data = rcep_origin.verdict_json(_decide(importing_party="VN"))
    assert (data["hs"], data["exporting_party"], data["importing_party"], data["date"]) == (
        "830140", "CN", "VN", "2026-05-04",
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["regional_value", "de_minimis", "added_value", "proof_validity", "retroactive_issue", "query_reply_most"]
)
def test_each_figure_of_the_law_is_dated_and_names_its_article(name):
    row = next(each for each in rcep_origin.thresholds.THRESHOLDS if each.name == name)
    assert row.article[0].isdigit()
    assert rcep_origin.thresholds.on(name, LOCK.date) == row.value
    with pytest.raises(KeyError):
        rcep_origin.thresholds.on(name, datetime.date(2021, 12, 31))
