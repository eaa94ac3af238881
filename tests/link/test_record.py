"""Records are read strictly: what is not exactly right is named by its path, all of it at once."""

import copy
from decimal import Decimal

import pytest
from rcep_link.application import Application
from rcep_link.profiles import get
from rcep_link.record import InvalidRecord, read_date, read_datetime, read_decimal

GOOD = {
    "client_ref": "7c1d",
    "importing_party": "VN",
    "exporter": {"name_en": "Ningbo Lamp", "country": "CN"},
    "consignee": {"name_en": "Saigon Light", "country": "VN"},
    "invoices": [
        {"number": "A-1", "date": "2026-05-02", "currency": "USD", "incoterm": "FOB", "amount": "2500.00"},
    ],
    "items": [
        {
            "number": 1, "product_ref": "LAMP-1", "hs6": "940511", "description": "LAMPS",
            "packages": {"count": 10, "kind": "CARTON"}, "quantity": "500", "unit": "PCS", "currency": "USD",
            "invoice_value": "2500.00", "criterion": "CTC", "producer": "Ningbo Lamp", "invoice_number": "A-1",
            "dossier_sha256": "00",
        },
    ],
    "declaration": {"place": "NINGBO", "date": "2026-05-03", "signatory": "Wang Fang"},
}  # fmt: skip


def changed(path: str, value):
    data = copy.deepcopy(GOOD)
    place = data
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in way:
        place = place[part]
    if value is KeyError:
        del place[last]
    else:
        place[last] = value
    return data


def test_a_good_record_survives_the_way_out_and_back():
    record = Application.from_json(GOOD)
    assert Application.from_json(record.to_json()) == record
    assert record.items[0].quantity == Decimal("500")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("colour", "red"),
        ("items.0.colour", "red"),
        ("client_ref", KeyError),
        ("items.0.quantity", KeyError),
        ("client_ref", None),
        ("client_ref", 5),
        ("client_ref", "\ud800"),
        ("retroactive", 1),
        ("retroactive", "true"),
        ("kind", "used"),
        ("items.0.number", True),
        ("items.0.number", "1"),
        ("items.0.number", 1.0),
        ("items.0.quantity", 500),
        ("items.0.quantity", 500.0),
        ("items.0.quantity", "5e2"),
        ("items.0.quantity", "+5"),
        ("items.0.quantity", " 5"),
        ("items.0.quantity", "NaN"),
        ("items.0.quantity", "Infinity"),
        ("items.0.quantity", "٥"),
        ("items.0.quantity", "1" * 21),
        ("items.0.criterion", "ctc"),
        ("items.0.modifiers", "ACU"),
        ("items.0.packages", []),
        ("items.0.packages", None),
        ("items", {}),
        ("items", None),
        ("invoices.0.date", "2026-5-2"),
        ("invoices.0.date", "20260502"),
        ("invoices.0.date", "2026-02-30"),
        ("invoices.0.date", "2026-05-02T00:00:00"),
        ("invoices.0.date", 20260502),
        ("exporter", "Ningbo Lamp"),
    ],
)
def test_what_is_not_exactly_right_is_named_by_its_path(path, value):
    with pytest.raises(InvalidRecord) as invalid:
        Application.from_json(changed(path, value))
    assert [error.path for error in invalid.value.errors] == [path]


def test_a_wrong_member_of_a_list_is_named_by_its_place():
    with pytest.raises(InvalidRecord) as invalid:
        Application.from_json(changed("items.0.modifiers", ["ACU", "XXX"]))
    assert [error.path for error in invalid.value.errors] == ["items.0.modifiers.1"]


def test_everything_wrong_is_reported_at_once():
    data = changed("items.0.quantity", 5)
    data["invoices"][0]["date"] = "soon"
    del data["client_ref"]
    with pytest.raises(InvalidRecord) as invalid:
        Application.from_json(data)
    assert {error.path for error in invalid.value.errors} == {"client_ref", "items.0.quantity", "invoices.0.date"}


@pytest.mark.parametrize("data", [None, [], "text", 5])
def test_what_is_no_object_is_no_record(data):
    with pytest.raises(InvalidRecord):
        Application.from_json(data)


@pytest.mark.parametrize("text", ["2026-05-01", "2026-05-01T08:00:00", "soon", ""])
def test_a_moment_needs_its_offset(text):
    with pytest.raises(ValueError, match=r"."):
        read_datetime(text)


def test_numbers_and_days_are_text_of_one_form():
    assert read_decimal("-12.50") == Decimal("-12.50")
    for wrong in (12.5, 12, None, "", "1,5", "1_000", ".5", "5."):
        with pytest.raises(ValueError, match="not decimal text"):
            read_decimal(wrong)
    with pytest.raises(ValueError, match="not a day"):
        read_date("2026-W18-5x")


def test_the_wire_and_back_is_the_same_application():
    profile = get("ccpit-json-1")
    record = Application.from_json(GOOD)
    assert profile.read_application_body(profile.application_body(record, 1, True)) == record
