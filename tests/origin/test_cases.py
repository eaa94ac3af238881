"""The law, tested by cases as data: what others published, and cases of our own named after the article."""

import ast
import datetime
import json
from decimal import Decimal
from pathlib import Path

import pytest
import rcep_origin

from tools.paths import ADDONS
from tools.rulebook import agreement_rulebook, shipped_rulebook

HERE = Path(__file__).parent
TODAY = datetime.date(2026, 5, 4)
CASES = [
    entry
    for name in ("published.json", "cases.json")
    for entry in json.loads((HERE / name).read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("entry", CASES, ids=lambda entry: entry["case"]["id"])
def test_the_verdict_is_the_one_stated(entry):
    expected = entry["expected"]
    verdict = rcep_origin.determine(rcep_origin.read_case(entry["case"], today=TODAY), shipped_rulebook())
    answer = rcep_origin.verdict_json(verdict)
    assert answer["verdict"] == expected["verdict"], answer
    for name in ("criterion", "modifiers", "needed", "rcep_country_of_origin", "fob_floor", "rvc_build_up", "rule"):
        if name in expected:
            assert answer[name] == expected[name], answer
    if "floors" in expected:
        floors = {tested["rule"]: tested.get("fob_floor") for tested in answer["alternatives"]}
        assert floors.items() >= expected["floors"].items(), answer
    if "rvc" in expected:
        assert abs(Decimal(answer["rvc_build_down"]) - Decimal(expected["rvc"])) <= Decimal("0.1")


@pytest.mark.parametrize("entry", CASES, ids=lambda entry: entry["case"]["id"])
def test_replaying_the_dossier_gives_the_same_verdict(entry):
    case = rcep_origin.read_case(entry["case"], today=TODAY)
    verdict = rcep_origin.determine(case, shipped_rulebook())
    dossier = json.loads(rcep_origin.canonical_json(rcep_origin.dossier_of(case, verdict, shipped_rulebook())))
    assert rcep_origin.replay(dossier, shipped_rulebook()) == verdict


def test_every_step_of_every_case_has_its_sentence():
    sentences = ast.parse((ADDONS / "rcep_eco/texts/explanations.py").read_text(encoding="utf-8"))
    table = next(
        node.value for node in sentences.body if getattr(node, "targets", None) and node.targets[0].id == "STEPS"
    )
    values = {key.value for key in table.keys}
    result = set()
    for entry in CASES:
        verdict = rcep_origin.determine(rcep_origin.read_case(entry["case"], today=TODAY), shipped_rulebook())
        result |= {step.code for step in verdict.trace}
    result |= {step.code for step in _form_e_trace()}
    assert result <= values


def _form_e_trace():
    """The steps of a good of which nobody knows whether a product list names it."""
    entry = next(entry for entry in CASES if entry["case"]["id"] == "Annex 3A CTH met")
    case = rcep_origin.read_case(entry["case"], today=TODAY)
    return rcep_origin.determine(case, agreement_rulebook("ACFTA")).trace
