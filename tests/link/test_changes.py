"""The change of an amended certificate is told from the two applications: what was, what is, in which box."""

import dataclasses
import datetime as dt
from decimal import Decimal

from rcep_link import changes
from rcep_link.application import BackToBack, Packages, ThirdParty, Transport

from .test_customs_checks import APPLICATION, ITEM

LONG = "A VERY LONG NAME OF A FIRM " * 6


def changed(**facts):
    return changes.changes(APPLICATION, dataclasses.replace(APPLICATION, **facts))


def item(**facts):
    return (dataclasses.replace(ITEM, **facts),)


def test_the_same_application_has_no_change():
    assert changed() == ()
    assert changes.text(()) == ""


def test_a_smaller_quantity_is_reported_with_both_figures_and_its_box():
    found = changed(items=item(quantity=Decimal(450)))
    assert changes.text(found) == "BOX 12, ITEM 1: WAS 500 PCS 90 KGS G.W., IS 450 PCS 90 KGS G.W."


def test_each_box_is_reported_by_its_number():
    consignee = dataclasses.replace(APPLICATION.consignee, address="3 Lê Lợi, Hà Nội")
    result = changed(
        consignee=consignee, transport=Transport(means="sea", departure_date=dt.date(2026, 5, 9)),
        items=item(marks="A 1-10", hs6="940521", criterion="RVC"), third_party=ThirdParty(name="ACME", country="SG"),
        remarks="L/C 7",
    )  # fmt: skip
    assert [change.box for change in result] == ["2", "4", "7", "9", "10", "14", "17"]


def test_a_good_that_came_or_went_is_reported():
    crate = Packages(count=1, kind="CRATE")
    second = dataclasses.replace(ITEM, number=2, product_ref="L-2", description="DESK LAMPS", packages=crate)
    two = dataclasses.replace(APPLICATION, items=(ITEM, second))
    assert changes.text(changes.changes(APPLICATION, two)) == "BOX 8, ITEM 2: WAS -, IS DESK LAMPS"
    assert changes.text(changes.changes(two, APPLICATION)) == "BOX 8, ITEM 2: WAS DESK LAMPS, IS -"


def test_what_does_not_fit_is_counted():
    firm = dataclasses.replace(APPLICATION.exporter, name_en=LONG)
    found = changed(exporter=firm, items=item(marks=LONG))
    assert changes.text(found, longest=300).endswith("AND 1 MORE")


def test_an_original_that_changes_is_reported_in_its_box_and_the_tick_beside_it():
    original = BackToBack(number="VN-1", issued_on=dt.date(2026, 2, 1), issuing_country="VN", origin_country="VN")
    found = changed(back_to_back=original, further_originals=(dataclasses.replace(original, number="VN-2"),))
    assert [change.box for change in found] == ["14", "17"]
    assert "ORIGINAL NO. VN-1 DATED 2026-02-01, ISSUED IN VIET NAM, ORIGIN VIET NAM; ORIGINAL NO. VN-2" in found[0].now
