"""A bought-in good stands or falls with its producer's declaration."""

import datetime
import json
from dataclasses import replace

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
