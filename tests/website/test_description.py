"""The website's description of itself is one that programs can read."""

import json
from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def description():
    path = CHECKOUT / "addons/rcep_eco_website/controllers/openapi.json"
    return json.loads(path.read_text(encoding="utf-8"))


def test_it_is_valid(description):
    validate(description, cls=OpenAPIV31SpecValidator)


def test_every_answer_says_what_it_holds(description):
    for path, calls in description["paths"].items():
        for verb, call in calls.items():
            for status, answer in call["responses"].items():
                assert answer.get("content") or status in ("303", "304"), (path, verb, status)


def test_every_schema_is_used(description):
    text = json.dumps(description)
    assert all(f'"#/components/schemas/{name}"' in text for name in description["components"]["schemas"])
