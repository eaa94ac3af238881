"""What cannot be read or decided is an error with its path, never a traceback and never a verdict."""

import copy
import datetime

import pytest
import rcep_origin

from tools.rulebook import shipped_rulebook

GOOD = {
    "date": "2026-05-04",
    "exporting_party": "CN",
    "importing_party": "VN",
    "good": {"hs": "851671", "fob": "10", "currency": "CNY"},
    "materials": [{"name": "kettle body", "hs": "732393", "value": "3", "origin": "CN", "originating": True}],
}


def _with(path, value):
    case = copy.deepcopy(GOOD)
    *parents, last = path
    target = case
    for key in parents:
        target = target[key]
    target[last] = value
    return case


@pytest.mark.parametrize(
    ("path", "value", "where", "reason"),
    [
        (("good", "fob"), "NaN", "good.fob", "zero or more"),
        (("good", "fob"), "0", "good.fob", "more than zero"),
        (("good", "fob"), "-1", "good.fob", "zero or more"),
        (("good", "fob"), 1.5, "good.fob", "must be a decimal number"),
        (("good", "fob"), "1e99", "good.fob", "more than 30 digits"),
        (("good", "hs"), "85167", "good.hs", "6 digits"),
        (("good", "hs"), "8516710", "good.hs", "6 digits"),
        (("good", "hs"), "999999", "good.hs", "not a subheading of HS2022"),
        (("good", "colour"), "red", "good.colour", "not known"),
        (("materials", 0, "value"), "three", "materials[0].value", "not a decimal number"),
        (("materials", 0, "hs"), "73239", "materials[0].hs", "2 or 4 or 6 digits"),
        (("materials", 0, "hs"), "9999", "materials[0].hs", "not in HS2022"),
        (("materials", 0, "origin"), "DE", "materials[0].origin", "no Party"),
        (("materials", 0, "origin"), None, "materials[0].origin", "and not where"),
        (("materials", 0, "role"), "soul", "materials[0].role", "must be one of"),
        (("materials",), "many", "materials", "must be a list"),
        (("exporting_party",), "DE", "exporting_party", "no Party"),
        (("exporting_party",), "China", "exporting_party", "two capital letters"),
        (("date",), "2022-12-31", "date", "no edition of the rules"),
        (("date",), "soon", "date", "must be a date"),
        (("conditions",), {"carp": "yes"}, "conditions", "true or false"),
        (("conditions",), {"crap": True}, "conditions.crap", "no rule asks this question"),
        (("importing_party",), "US", "importing_party", "no Party"),
        (("materials", 0, "name"), "half \ud83d", "materials[0].name", "half of a character"),
        (("materials", 0, "self_produced"), {"hs": "999999"}, "materials[0].self_produced.hs", "not in HS2022"),
        (("materials", 0, "self_produced"), {"times": "2"}, "materials[0].self_produced.dossier_sha256", "is missing"),
        (
            ("materials", 0, "self_produced"),
            {"dossier_sha256": "ab" * 32, "times": "2", "materials": []},
            "materials[0].self_produced.materials",
            "stands in the dossier already",
        ),
        (
            ("materials", 0, "self_produced"),
            {"dossier_sha256": "AB", "times": "2"},
            "materials[0].self_produced.dossier_sha256",
            "64 hexadecimal digits",
        ),
        (
            ("materials", 0, "self_produced"),
            {"dossier_sha256": "ab" * 32, "times": "2", "share": "1.5"},
            "materials[0].self_produced.share",
            "from zero to one",
        ),
        (
            ("materials", 0, "self_produced"),
            {"share": "0.5"},
            "materials[0].self_produced.dossier_sha256",
            "is missing",
        ),
        (
            ("materials", 0, "fungible"),
            {"method": "fifo", "used": "5", "lots": [{"quantity": "4"}]},
            "materials[0].fungible.used",
            "5 is more than the 4 in stock",
        ),
    ],
)
def test_a_fault_is_named_with_its_path(path, value, where, reason):
    with pytest.raises(rcep_origin.CaseError, match=reason) as caught:
        rcep_origin.determine(
            rcep_origin.read_case(_with(path, value), today=datetime.date(2026, 5, 4)), shipped_rulebook()
        )
    assert caught.value.path == where


def test_a_material_cannot_originate_before_the_partys_entry_into_force():
    case = _with(("materials", 0, "origin"), "PH")
    case["date"] = "2023-06-01"
    with pytest.raises(rcep_origin.CaseError, match="no Party on 2023-06-01"):
        rcep_origin.determine(rcep_origin.read_case(case, today=datetime.date(2026, 5, 4)), shipped_rulebook())


def test_intermediates_nested_without_end_are_refused():
    material = {"name": "core", "value": "1"}
    for _level in range(60):
        material = {"name": "part", "value": "1", "hs": "850131", "self_produced": {"materials": [material]}}
    with pytest.raises(rcep_origin.CaseError, match="nested more than 50 deep"):
        rcep_origin.read_case({**GOOD, "materials": [material]}, today=datetime.date(2026, 5, 4))
