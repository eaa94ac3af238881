"""The published JSON Schemas say what the engine reads and tells."""

import json

import jsonschema
import pytest
import rcep_origin

from tools.origin import answer
from tools.paths import CHECKOUT

from .test_cases import CASES, TODAY

CASE, VERDICT = (
    jsonschema.Draft202012Validator(json.loads((CHECKOUT / f"docs/origin-{name}.schema.json").read_text()))
    for name in ("case", "verdict")
)


@pytest.mark.parametrize("entry", CASES, ids=lambda entry: entry["case"]["id"])
def test_every_case_and_its_verdict_fit(entry):
    CASE.validate(entry["case"])
    VERDICT.validate(json.loads(json.dumps(answer(entry["case"], 1, TODAY))))


@pytest.mark.parametrize(
    "case",
    [
        {},
        {"exporting_party": "CN"},
        {"exporting_party": "CN", "good": {}, "god": {}},
        {"exporting_party": "china", "good": {}},
        {"exporting_party": "CN", "good": {"hs": "85044"}},
        {"exporting_party": "CN", "good": {"fob": "much"}},
        {"exporting_party": "CN", "good": {}, "materials": [{"role": "spare"}]},
        {"exporting_party": "CN", "good": {}, "processes": [{"kind": "magic", "party": "CN"}]},
    ],
)
def test_what_the_schema_refuses_the_engine_refuses(case):
    assert not CASE.is_valid(case)
    with pytest.raises(rcep_origin.CaseError):
        rcep_origin.read_case(case, today=TODAY)
    VERDICT.validate(answer(case, 1, TODAY))
