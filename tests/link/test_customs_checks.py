"""What importing customs do not find or do not take is named before it is sent; what can be mended is mended."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from rcep_link import customs_checks, plain_text, units
from rcep_link.application import Application, Declaration, Invoice, Item, Packages, ThirdParty, Trader, Transport

ITEM = Item(
    number=1, product_ref="L-1", hs6="940511", description="LED LAMPS", packages=Packages(count=10, kind="CARTON"),
    quantity=Decimal(500), unit="PCS", gross_weight=Decimal(90), currency="USD", invoice_value=Decimal("2500.00"),
    criterion="CTC", producer="NINGBO LAMP CO., LTD.", invoice_number="NB2026-001", dossier_sha256="ab" * 32,
)  # fmt: skip
APPLICATION = Application(
    client_ref="7c9e", importing_party="VN",
    exporter=Trader(name_en="NINGBO LAMP CO., LTD.", name="宁波灯具有限公司", address="1 Zhongshan Road", country="CN"),
    consignee=Trader(name_en="Công ty Đèn Hà Nội", address="2 Lê Lợi, Hà Nội", country="VN"),
    invoices=(Invoice(number="NB2026-001", date=dt.date(2026, 5, 1), currency="USD", incoterm="FOB",
                      amount=Decimal("2500.00")),),
    items=(ITEM,), declaration=Declaration(place="NINGBO", date=dt.date(2026, 5, 3), signatory="Wang Fang"),
)  # fmt: skip


FILED = customs_checks.GoodOnFile(hs6="940511", criterion="CTC", steps=2, net_weight=Decimal(80))


def _codes(application, **beside):
    return {
        (each.path, each.check.code) for each in customs_checks.findings(application, customs_checks.Beside(**beside))
    }


def _whole(**changes):
    return dataclasses.replace(APPLICATION, **changes)


def _invoice(**changes):
    return _whole(invoices=(dataclasses.replace(APPLICATION.invoices[0], **changes),))


def _left(year, month, day):
    return _whole(transport=Transport(means="sea", departure_date=dt.date(year, month, day)))


def _item(**changes):
    return dataclasses.replace(APPLICATION, items=(dataclasses.replace(ITEM, **changes),))


def test_a_clean_application_has_no_findings_and_the_chinese_name_of_the_firm_is_its_own():
    assert _codes(APPLICATION) == set()


@pytest.mark.parametrize(
    ("application", "path", "code"),
    [
        (_item(description="LED 灯"), "items.0.description", "not_latin"),
        (_item(unit="件"), "items.0.unit", "not_latin"),
        (_item(producer="宁波灯具"), "items.0.producer", "not_latin"),
        (_item(description="โคมไฟ"), "items.0.description", "not_latin"),
        (_item(description="Лампа"), "items.0.description", "not_latin"),
        (_item(description="LAMP №１２３，BLUE"), "items.0.description", "full_width"),
        (_item(description="مصباح"), "items.0.description", "not_latin"),
        (_item(marks="РORT 1"), "items.0.marks", "not_latin"),
        (_whole(third_party=ThirdParty(name="香港贸易", country="HK")), "third_party.name", "not_latin"),
        (_item(description="LED  LAMP "), "items.0.description", "spaces"),
        (_item(description="LED\u00a0LAMP"), "items.0.description", "spaces"),
        (_item(marks="ORIGIN: VIET NAM"), "items.0.marks", "made_elsewhere"),
        (_item(marks="MADE IN CHINA MADE IN JAPAN"), "items.0.marks", "made_elsewhere"),
        (_item(marks="MADE IN TAIWAN, CHINA"), "items.0.marks", "made_elsewhere"),
        (_item(marks="FABRIQUÉ EN FRANCE"), "items.0.marks", "made_elsewhere"),
        (_item(marks="AS PER NAME PLATE"), "items.0.marks", "no_marks"),
        (_item(marks="SEE INVOICE"), "items.0.marks", "no_marks"),
        (_item(unit="HANDFULS"), "items.0.unit", "unit_unknown"),
        (_item(currency="US$"), "items.0.currency", "currency"),
        (_item(packages=Packages(count=1, kind="UNITS")), "items.0.packages", "vague_package"),
        (_item(product_ref="X" * 101), "items.0.product_ref", "too_long"),
        (_invoice(number="INV0ICE-1"), "invoices.0.number", "digit_0"),
        (_invoice(incoterm="FOB NINGBO"), "invoices.0.incoterm", "price_term"),
        (_invoice(currency="usd"), "invoices.0.currency", "currency"),
        (_invoice(date=dt.date(2026, 5, 4)), "invoices.0.date", "invoice_later"),
        (_left(2026, 7, 3), "transport.departure_date", "departure_far"),
        (_left(2026, 4, 30), "transport.departure_date", "departure_before_invoice"),
        (_item(marks="A\u200bB"), "items.0.marks", "invisible"),
        (_item(marks="A\nB"), "items.0.marks", "line_break"),
        (_item(marks="A\u2013B"), "items.0.marks", "odd_dash"),
        (_item(marks="MADE IN JAPAN"), "items.0.marks", "made_elsewhere"),
        (_item(marks="Product of Korea 1-20"), "items.0.marks", "made_elsewhere"),
        (_item(marks="X" * 201), "items.0.marks", "too_long"),
        (_item(packages=Packages(count=0, kind="CARTON")), "items.0.packages", "no_package"),
        (_item(packages=Packages(count=1, kind="PACKAGE")), "items.0.packages", "vague_package"),
        (_item(unit="pièces"), "items.0.unit", "unit"),
        (_item(gross_weight=None), "items.0.gross_weight", "gross_weight"),
        (_item(invoice_value=Decimal("2500.01")), "invoices.0.amount", "sum_of_invoice"),
        (
            dataclasses.replace(APPLICATION, consignee=dataclasses.replace(APPLICATION.consignee, address="สุขุมวิท")),
            "consignee.address",
            "not_latin",
        ),
        (
            dataclasses.replace(
                APPLICATION, invoices=(dataclasses.replace(APPLICATION.invoices[0], number="发票2026-77"),)
            ),
            "invoices.0.number",
            "not_latin",
        ),
        (
            dataclasses.replace(
                APPLICATION, invoices=(dataclasses.replace(APPLICATION.invoices[0], number="NB2O26-001"),)
            ),
            "invoices.0.number",
            "letter_o",
        ),
        (dataclasses.replace(APPLICATION, remarks="第一批"), "remarks", "not_latin"),
    ],
)
def test_each_check_finds_its_own(application, path, code):
    assert (path, code) in _codes(application)


@pytest.mark.parametrize(
    "marks", ["N/M", "MADE IN CHINA", "MADE IN P.R. CHINA", "PRODUCT OF CHINA", "ĐÀ NẴNG 1-20", "№ 5 §"]
)
def test_what_customs_take_is_not_found(marks):
    assert _codes(_item(marks=marks)) == set()


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("ＬＥＤ　１２３，ｂｌｕｅ", "LED 123, blue"),
        ("A\u200bB\ufeff", "AB"),
        ("one\r\ntwo\tthree", "one two three"),
        ("A\u2013B\u2212C", "A-B-C"),
        ("“best”、new", '"best", new'),
        ("1,000.50 PCS", "1,000.50 PCS"),
    ],
)
def test_what_can_be_mended_is_mended_and_mending_twice_changes_nothing(text, mended):
    assert plain_text.normalised(text) == mended
    assert plain_text.normalised(mended) == mended
    assert {code for _path, code in _codes(_item(marks=plain_text.normalised(text)))} <= {"not_latin"}


@pytest.mark.parametrize(
    ("beside", "path", "code"),
    [
        ({"connected": False}, "importing_party", "not_connected"),
        ({"goods": (FILED._replace(criterion="RVC"),)}, "items.0.criterion", "criterion"),
        ({"goods": (FILED._replace(modifiers=("ACU",)),)}, "items.0.criterion", "criterion"),
        ({"goods": (FILED._replace(hs6="940521"),)}, "items.0.hs6", "criterion"),
        ({"goods": (FILED._replace(steps=0),)}, "items.0.criterion", "no_operations"),
        ({"goods": (FILED._replace(uncoded=("Screw",)),)}, "items.0.criterion", "material_without_code"),
        ({"goods": (FILED._replace(net_weight=Decimal("90.1")),)}, "items.0.gross_weight", "below_net"),
        ({"weight": Decimal(91)}, "items", "sum_of_weight"),
        ({"apart": (("NB2026-001", "R-1"), ("NB2026-002", "R-2"))}, "invoices.0.number", "credit_apart"),
        ({"packages": 11}, "items", "sum_of_packages"),
        ({"wanted": ("TO ORDER",)}, "remarks", "letter_of_credit"),
    ],
)
def test_what_is_on_file_is_compared(beside, path, code):
    assert _codes(APPLICATION, **beside) == {(path, code)}


def test_what_agrees_with_what_is_on_file_has_no_findings():
    assert _codes(APPLICATION, goods=(FILED,), weight=Decimal(90), packages=10) == set()
    gift = {"free": (("NB2026-001", Decimal(80)),)}
    assert _codes(_item(invoice_value=Decimal(2580)), **gift) == set()


def test_every_check_of_the_table_is_tried_here():
    tried = {mark.args[1][i][2] for test in (test_each_check_finds_its_own, test_what_is_on_file_is_compared)
             for mark in test.pytestmark for i in range(len(mark.args[1]))}  # fmt: skip
    assert tried == set(customs_checks.CHECKS)


def test_a_platform_with_shorter_fields_counts_in_its_own_length():
    found = customs_checks.findings(
        _item(description="LED LAMPS"), longest={**customs_checks.LONGEST, "description": 5}
    )
    assert [(each.path, each.limit) for each in found] == [("items.0.description", "5")]


def test_no_word_of_a_unit_is_two_units():
    words = [word for many in units.CODES.values() for word in many]
    assert len(words) == len(set(words))


def test_each_check_says_who_refuses_and_what_to_do():
    for check in customs_checks.CHECKS.values():
        assert check.level in {customs_checks.ERROR, customs_checks.WARNING}
        assert check.refused_by
        assert len(check.message) > 15


def test_what_a_letter_of_credit_wants_is_found_in_some_box_whatever_its_capitals_and_spaces():
    result = _whole(remarks="L/C  No. 7712")
    for phrase, found in (
        ("l/c no. 7712", False), ("LED LAMPS", False), ("7713", True), ("500 PCS", False),
        ("NB2026-001 2026-05-01", False), (" ", False), ("TO ORDER", True), ("Đèn Hà Nội", False),
        ("LAMPS VIET NAM", True),
    ):  # fmt: skip
        assert (("remarks", "letter_of_credit") in _codes(result, wanted=(phrase,))) is found, phrase
