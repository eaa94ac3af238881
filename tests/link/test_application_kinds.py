"""Which application mends what happened to a certificate: a table of cases, with the days at their edges."""

import datetime as dt

import pytest
from rcep_link import application_kinds

ISSUED, VALID, SHIPPED = dt.date(2026, 5, 1), dt.date(2027, 5, 1), dt.date(2026, 5, 3)
LAST_OF_SHIPMENT = dt.date(2027, 5, 3)
DAY = dt.timedelta(days=1)
SOON = dt.date(2026, 8, 1)
HERE, AWAY = True, False
SHOWN, NOT_SHOWN = True, False
# what is wrong, where the paper is, shown to customs, shipped on, today → kind, why, article, in time, retroactive
CASES = [
    ("nothing", HERE, NOT_SHOWN, SHIPPED, SOON, "", "nothing", "3.16", True, False),
    ("nothing", AWAY, SHOWN, SHIPPED, SOON, "", "nothing", "3.16", True, False),
    ("text", HERE, NOT_SHOWN, None, SOON, "amended", "text", "3.17.5", True, False),
    ("text", HERE, NOT_SHOWN, SHIPPED, SOON, "amended", "text", "3.17.5", True, True),
    ("text", HERE, SHOWN, SHIPPED, SOON, "amended", "text", "3.17.5", True, True),
    ("text", AWAY, NOT_SHOWN, SHIPPED, SOON, "amended_reissued", "text_away", "3.17.5", True, True),
    ("text", AWAY, SHOWN, SHIPPED, SOON, "amended_reissued", "text_away", "3.17.5", True, True),
    ("text", HERE, NOT_SHOWN, SHIPPED, LAST_OF_SHIPMENT, "amended", "text", "3.17.5", True, True),
    ("text", HERE, NOT_SHOWN, SHIPPED, LAST_OF_SHIPMENT + DAY, "amended", "text", "3.17.5", False, True),
    ("text", HERE, NOT_SHOWN, SOON, SOON, "amended", "text", "3.17.5", True, False),
    ("text", HERE, NOT_SHOWN, SOON + DAY, SOON, "amended", "text", "3.17.5", True, False),
    ("less", HERE, NOT_SHOWN, SHIPPED, SOON, "amended", "less", "3.17.5", True, True),
    ("less", AWAY, SHOWN, SHIPPED, SOON, "amended_reissued", "less_away", "3.17.5", True, True),
    ("less", AWAY, SHOWN, SHIPPED, LAST_OF_SHIPMENT + DAY, "amended_reissued", "less_away", "3.17.5", False, True),
    ("more", HERE, NOT_SHOWN, SHIPPED, SOON, "", "rest_apart", "3.17.4", True, False),
    ("more", AWAY, SHOWN, SHIPPED, SOON, "", "rest_apart", "3.17.4", True, False),
    ("goods", HERE, NOT_SHOWN, None, SOON, "cancelled", "goods", "3.17.5", True, False),
    ("goods", AWAY, SHOWN, SHIPPED, SOON, "cancelled", "goods", "3.17.5", True, True),
    ("lost", AWAY, NOT_SHOWN, SHIPPED, SOON, "true_copy", "lost", "3.17.9", True, False),
    ("lost", AWAY, NOT_SHOWN, SHIPPED, VALID, "true_copy", "lost", "3.17.9", True, False),
    ("lost", AWAY, NOT_SHOWN, SHIPPED, VALID + DAY, "true_copy", "lost", "3.17.9", False, False),
    ("lost", AWAY, NOT_SHOWN, None, SOON, "true_copy", "lost", "3.17.9", True, False),
    ("lost", AWAY, SHOWN, SHIPPED, SOON, "", "customs_hold_it", "3.17.9", True, False),
    ("damaged", HERE, NOT_SHOWN, SHIPPED, SOON, "reissued", "damaged", "3.17.5", True, True),
    ("damaged", HERE, NOT_SHOWN, None, SOON, "reissued", "damaged", "3.17.5", True, False),
    ("damaged", HERE, NOT_SHOWN, SHIPPED, LAST_OF_SHIPMENT + DAY, "reissued", "damaged", "3.17.5", False, True),
    ("damaged", AWAY, NOT_SHOWN, SHIPPED, SOON, "true_copy", "lost", "3.17.9", True, False),
    ("damaged", HERE, SHOWN, SHIPPED, SOON, "", "customs_hold_it", "3.17.9", True, False),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case[:5])))
def test_what_happened_leads_to_its_kind(case):
    wrong, at_hand, presented, shipped, today, kind, why, article, in_time, retroactive = case
    result = application_kinds.answer(application_kinds.Facts(wrong, at_hand, presented, ISSUED, VALID, shipped, today))
    assert (result.kind, result.why, result.article) == (kind, why, article)
    assert (result.in_time, result.retroactive) == (in_time, retroactive)


def test_a_leap_day_has_its_year():
    shipped = dt.date(2028, 2, 29)
    result = application_kinds.answer(
        application_kinds.Facts("text", True, False, shipped, dt.date(2029, 3, 1), shipped, dt.date(2029, 2, 28))
    )
    assert (result.latest, result.in_time) == (dt.date(2029, 2, 28), True)


def test_a_copy_does_not_outlive_its_original():
    result = application_kinds.answer(
        application_kinds.Facts("lost", False, False, ISSUED, dt.date(2026, 12, 1), None, dt.date(2026, 12, 2))
    )
    assert (result.latest, result.in_time) == (dt.date(2026, 12, 1), False)


def test_everything_that_may_be_wrong_is_in_the_table():
    assert {case[0] for case in CASES} == set(application_kinds.WRONG)
