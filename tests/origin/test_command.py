"""`./eco origin`: cases in, one verdict a line out, in the same order; what cannot be read does not stop the others."""

import json
import subprocess

import pytest
import rcep_origin

from tools.paths import CHECKOUT
from tools.rulebook import rows, shipped_rulebook

CHARGER = {
    "id": "charger",
    "date": "2026-05-04",
    "exporting_party": "CN",
    "good": {"hs": "850440", "fob": "46", "currency": "CNY"},
    "materials": [
        {"name": "module", "hs": "850440", "value": "16.7", "origin": "TW"},
        {"name": "housing", "hs": "392690", "value": "20", "origin": "CN"},
    ],
}


def ask(cases, *, raw=False):
    """Run the command as a user does; its exit code and what its lines say."""
    text = cases if raw else json.dumps(cases)
    run = subprocess.run([CHECKOUT / "eco", "origin", "-"], input=text, capture_output=True, text=True, check=False)
    return run.returncode, [json.loads(line) for line in run.stdout.splitlines()], run.stderr


def test_a_verdict_says_what_would_change_it():
    code, (answer,), _errors = ask(CHARGER)
    assert code == 0
    assert (answer["id"], answer["verdict"], answer["rvc_build_down"]) == ("charger", "not_originating", "20.22")
    floors = {tested["rule"]: tested.get("fob_floor") for tested in answer["alternatives"]}
    assert floors == {"PE": None, "CTSH": "167.00", "RVC40": "61.17"}
    assert answer["vnm_ceiling"] == "27.60"
    assert answer["would_turn"] == ["housing"]


@pytest.mark.parametrize("rule", ["CTSH", "RVC40"])
def test_at_its_floor_an_alternative_holds_and_a_cent_below_it_does_not(rule):
    def met(fob):
        case = rcep_origin.read_case({**CHARGER, "good": {**CHARGER["good"], "fob": fob}, "rule": rule}, today=None)
        return rcep_origin.determine(case, shipped_rulebook()).verdict == "originating"

    floor, below = {"CTSH": ("167.00", "166.99"), "RVC40": ("61.17", "61.16")}[rule]
    assert met(floor)
    assert not met(below)


def test_a_bad_case_is_named_and_the_others_are_answered():
    code, answers, _errors = ask([CHARGER, {**CHARGER, "id": "b", "good": {"hs": "85044"}}, 5, CHARGER])
    assert code == 1
    assert [answer["id"] for answer in answers] == ["charger", "b", "#3", "charger"]
    assert answers[1]["error"] == {"path": "good.hs", "reason": "must be an HS code of 6 digits"}
    assert answers[2]["error"] == {"path": "", "reason": "must be an object"}
    assert answers[3]["verdict"] == "not_originating"


@pytest.mark.parametrize("text", ["", "{", "[1, ", "\x00", '{"a": 1e}'])
def test_what_is_no_json_is_one_sentence(text):
    code, answers, errors = ask(text, raw=True)
    assert (code, answers) == (1, [])
    assert "is not JSON" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-1", "0", "1e400", "1E-400"])
def test_a_price_that_is_no_price_is_refused_with_its_path(number):
    code, (answer,), _errors = ask(json.dumps(CHARGER).replace('"46"', number), raw=True)
    assert code == 1
    assert answer["error"]["path"] == "good.fob"


def test_every_subheading_is_decided_within_a_minute():
    codes = [row["hs_code"] for row in rows("hs2022.csv")]
    cases = [{**CHARGER, "id": code, "good": {"hs": code, "fob": "100"}} for code in codes]
    code, answers, _errors = ask(cases)
    assert code == 0
    assert [answer["id"] for answer in answers] == codes
    assert {answer["verdict"] for answer in answers} <= {"originating", "not_originating", "unresolved"}


def test_a_thousand_levels_are_an_error_of_that_case_alone():
    inner = '{"name": "core"}'
    deep = '{"name": "part", "self_produced": {"materials": [' * 1000 + inner + "]}}" * 1000
    text = json.dumps([{**CHARGER, "id": "deep", "materials": ["HERE"]}, CHARGER]).replace('"HERE"', deep)
    code, answers, _errors = ask(text, raw=True)
    assert code == 1
    assert answers[0]["error"]["path"].startswith("materials[0].self_produced.materials[0]")
    assert "nested more than 50 deep" in answers[0]["error"]["reason"]
    assert answers[1]["verdict"] == "not_originating"


def test_ten_thousand_materials_are_decided():
    part = {"name": "part", "hs": "392690", "value": "0.01", "origin": "CN"}
    good = {**CHARGER["good"], "fob": "166.67"}
    code, (answer,), _errors = ask({**CHARGER, "good": good, "materials": [part] * 10_000})
    assert code == 0
    assert (answer["verdict"], answer["vnm"], answer["rvc_build_down"]) == ("originating", "100.00", "40.00")


def test_a_price_in_another_currency_is_not_a_field():
    materials = [{**CHARGER["materials"][0], "currency": "USD"}]
    code, (answer,), _errors = ask({**CHARGER, "materials": materials})
    assert code == 1
    assert answer["error"] == {"path": "materials[0].currency", "reason": "this field is not known"}
