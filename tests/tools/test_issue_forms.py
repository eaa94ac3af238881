"""The forms for issues are what GitHub reads as forms, and ask about versions and profiles that exist."""

import pytest
import yaml
from rcep_link import profiles

from tools.paths import CHECKOUT

FOLDER = CHECKOUT / ".github/ISSUE_TEMPLATE"
FORMS = {path.stem: yaml.safe_load(path.read_text()) for path in FOLDER.glob("*.yml") if path.stem != "config"}
KINDS = {"markdown", "input", "textarea", "dropdown", "checkboxes"}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_has_a_name_and_fields_with_labels_of_their_own(name):
    form = FORMS[name]
    assert form["name"] and form["description"] and form["body"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert {field["type"] for field in form["body"]} <= KINDS
    for key in ("id", "label"):
        named = [field.get(key) or field["attributes"].get(key) for field in fields]
        assert all(named) and len(set(named)) == len(named)
    assert any(field.get("validations", {}).get("required") for field in fields)


def test_the_form_for_profiles_offers_those_that_ship():
    field = next(field for field in FORMS["profile"]["body"] if field.get("id") == "profile")
    offered = set(field["attributes"]["options"]) - {"another or a new one"}
    assert offered == set(profiles.registry())
