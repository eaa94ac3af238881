"""The published JSON Schemas are those of the canonical records, and take what the records take."""

import json

import jsonschema
import pytest
from rcep_link import schema
from rcep_link.application import Application
from rcep_link.event import Event, Outcome
from rcep_link.filing import Filing

from tools import schemas

from .test_record import GOOD


@pytest.mark.parametrize("path", schemas.texts(), ids=lambda path: path.name)
def test_what_is_published_is_what_the_code_says(path):
    assert path.read_text() == schemas.texts()[path], "Write them anew: python3 -m tools.schemas"


@pytest.mark.parametrize("cls", [Application, Filing, Event, Outcome])
def test_each_is_a_schema(cls):
    jsonschema.Draft202012Validator.check_schema(schema.of(cls))


def test_a_good_application_fits_and_returns():
    jsonschema.Draft202012Validator(schema.of(Application)).validate(Application.from_json(GOOD).to_json())


@pytest.mark.parametrize("place", ["client_ref", "items", "exporter", "declaration"])
def test_what_a_record_must_have_the_schema_asks_for(place):
    lacking = json.loads(json.dumps({key: value for key, value in GOOD.items() if key != place}))
    assert not jsonschema.Draft202012Validator(schema.of(Application)).is_valid(lacking)
