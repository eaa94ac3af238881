"""What importing customs do not find or do not take is named before it is sent; what can be mended is mended."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from rcep_link import lint
from rcep_link.application import Application, Declaration, Invoice, Item, Packages, Trader

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


def _codes(application):
    return {(each.path, each.check.code) for each in lint.findings(application)}


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
    ("text", "plain"),
    [
        ("ＬＥＤ　１２３，ｂｌｕｅ", "LED 123, blue"),
        ("A\u200bB\ufeff", "AB"),
        ("one\r\ntwo\tthree", "one two three"),
        ("A\u2013B\u2212C", "A-B-C"),
        ("“best”、new", '"best", new'),
        ("1,000.50 PCS", "1,000.50 PCS"),
    ],
)
def test_what_can_be_mended_is_mended_and_mending_twice_changes_nothing(text, plain):
    assert lint.normalised(text) == plain
    assert lint.normalised(plain) == plain
    assert {code for _path, code in _codes(_item(marks=lint.normalised(text)))} <= {"not_latin"}


def test_each_check_says_who_refuses_and_what_to_do():
    for check in lint.CHECKS.values():
        assert check.level in {lint.ERROR, lint.WARNING}
        assert check.refused_by
        assert len(check.message) > 15
