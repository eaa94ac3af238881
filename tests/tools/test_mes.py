"""The simulated MES: its plan is the same each time, and its comparison notices what is lost or doubled."""

import collections
from decimal import Decimal

import pytest

from tools.mes import books
from tools.mes.plan import CUT, HALF, OTHER, PAIR, USUAL, draw

ORDERS = [f"MO/{number}" for number in range(30)]


@pytest.fixture(scope="module")
def plan():
    return draw(3, ORDERS, 300)


@pytest.fixture
def kept(plan):
    replaced = {report["corrects"] for report in plan.reports.values() if "corrects" in report}
    return [{"report_id": number, "state": "corrected" if number in replaced else "applied", "times": 1}
            for number in plan.reports]  # fmt: skip


def account(plan, kept, entries=None):
    return books.compare(plan, set(plan.reports), kept, plan.books() if entries is None else entries)


def test_the_same_seed_is_the_same_plan_and_has_as_many_messages_as_asked(plan):
    assert draw(3, ORDERS, 300) == plan != draw(4, ORDERS, 300)
    assert plan.messages == 300


def test_each_report_is_sent_once_in_the_usual_way_and_some_in_every_other(plan):
    ways = collections.Counter(each.way for each in (*plan.first, *plan.second))
    assert ways.keys() == {USUAL, PAIR, CUT, HALF, OTHER}
    whole = {each.report["report_id"] for each in (*plan.first, *plan.second) if each.way == USUAL}
    assert whole == plan.reports.keys()


def test_what_is_corrected_in_the_second_part_only_is_not_corrected_in_the_first(plan):
    corrections = [each.report for each in plan.first if each.report["kind"] == "correction"]
    first = {each.report["report_id"] for each in plan.first}
    assert corrections
    assert {report["corrects"] for report in corrections} <= first
    assert any(each.report["report_id"] not in first for each in plan.second)


def test_too_few_messages_are_refused_in_words():
    with pytest.raises(ValueError, match=r"30 orders have 1\d\d messages to send"):
        draw(3, ORDERS, 100)


def test_books_that_agree_have_no_differences(plan, kept):
    found = account(plan, kept)
    assert (found.lost, found.doubled, found.differences) == (0, 0, [])
    assert found.entries == len(plan.books())


def test_a_report_that_is_lost_is_named(plan, kept):
    gone = kept.pop()["report_id"]
    found = account(plan, kept)
    assert (found.lost, found.differences) == (1, [f"report {gone} is not there"])


def test_a_report_that_is_doubled_is_named(plan, kept):
    kept[0]["times"] = 2
    found = account(plan, kept)
    assert (found.doubled, found.differences) == (1, [f"report {kept[0]['report_id']} is kept 2 times"])


def test_a_report_that_should_have_been_replaced_is_named(plan, kept):
    wrong = next(each for each in kept if each["state"] == "corrected")
    wrong["state"] = "applied"
    assert account(plan, kept).differences == [f"report {wrong['report_id']} is applied and should be corrected"]


def test_a_quantity_that_differs_is_named(plan, kept):
    entries = plan.books()
    key = min(entries)
    entries[key] += Decimal(1)
    (sentence,) = account(plan, kept, entries).differences
    assert sentence == f"{', '.join(filter(None, key))}: {entries[key] - 1} reported, {entries[key]} kept"
