"""The simulated MES: its plan is the same each time, and its comparison notices what is lost or doubled."""

import collections
from decimal import Decimal

import pytest

from tools.mes import booked, books
from tools.mes.plan import CUT, HALF, MADE, MADE_EACH, MAGNET, OTHER, PAIR, ROTOR, USUAL, draw

ORDERS = [f"MO/{number}" for number in range(30)]


@pytest.fixture(scope="module")
def plan():
    return draw(3, ORDERS, 300)


@pytest.fixture
def kept(plan):
    replaced = {report["corrects"] for report in plan.reports.values() if "corrects" in report}
    return [{"report_id": number, "state": "corrected" if number in replaced else "applied", "times": 1,
             "problem": None} for number in plan.reports]  # fmt: skip


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


# --- reports that are booked
STOCK = 1000


@pytest.fixture(scope="module")
def booked_plan():
    return draw(3, ORDERS, 300, booked=True)


@pytest.fixture
def stock(booked_plan):
    """What a database holds where every order was booked as reported: answers of each statement."""
    moved, lying = collections.Counter(), collections.Counter()
    for (order, product, lot, use), quantity in booked_plan.books().items():
        way = {"produced": "made", "consumable": None}.get(use, "consumed")
        if way:
            key = (order, product, lot, way)
            moved[key] = max(moved[key], quantity)
    for (_order, product, lot, way), quantity in moved.items():
        lying[product, lot] += quantity if way == "made" else -quantity
    return {
        booked.ORDERS: [{"order": order, "state": "done"} for order in ORDERS],
        booked.MOVED: [{"order": order, "product": product, "lot": lot, "way": way, "quantity": str(quantity)}
                       for (order, product, lot, way), quantity in moved.items()],
        booked.LYING: [{"product": product, "lot": lot, "quantity": str(quantity + (product != MADE) * STOCK)}
                       for (product, lot), quantity in lying.items()],
    }  # fmt: skip


def sentences(plan, stock, late=frozenset()):
    return booked.differences(plan, late, stock.__getitem__, STOCK)


def test_all_steps_together_say_an_order_whole_and_no_three_of_them(booked_plan):
    steps = collections.defaultdict(collections.Counter)
    replaced = booked_plan.replaced()
    for number, report in booked_plan.reports.items():
        for item in report["items"] if number not in replaced else ():
            amount = Decimal(item["quantity"]) / (1000 if item["uom"] == "GRM" else 1)
            steps[report["order"], report["operation"]][item["product"]] += amount
    for order in ORDERS:
        of_order = [steps[order, f"step {number}"] for number in range(1, 5)]
        assert min(sum(of_order, collections.Counter())[each] for each in (MADE, ROTOR, MAGNET)) >= MADE_EACH
        for left in range(4):
            others = sum((each for number, each in enumerate(of_order) if number != left), collections.Counter())
            assert min(others[each] for each in (MADE, ROTOR, MAGNET)) < MADE_EACH


def test_stock_that_is_as_reported_has_no_differences(booked_plan, stock):
    assert sentences(booked_plan, stock) == []
    assert booked.closed(stock.__getitem__) == len(ORDERS)


def test_an_order_that_stays_open_is_named(booked_plan, stock):
    stock[booked.ORDERS][0]["state"] = "progress"
    assert f"order {ORDERS[0]} is progress, and its reports say all of it" in sentences(booked_plan, stock)


def test_an_order_that_is_booked_twice_is_named(booked_plan, stock):
    row = stock[booked.MOVED][0]
    row["quantity"] = str(2 * Decimal(row["quantity"]))
    found = sentences(booked_plan, stock)
    assert any(sentence.endswith(f"{row['quantity']} moved") for sentence in found)
    assert any(sentence.endswith("should") for sentence in found)


def test_stock_that_went_another_way_is_named(booked_plan, stock):
    stock[booked.LYING][0]["quantity"] = "1"
    (sentence,) = sentences(booked_plan, stock)
    assert "1 lie there" in sentence


def test_a_correction_after_closing_changes_nothing_that_was_booked(booked_plan, stock):
    late = next(number for number, report in booked_plan.reports.items()
                if "corrects" in report and number not in booked_plan.replaced())  # fmt: skip
    assert sentences(booked_plan, stock, frozenset([late])), "its order holds what it said, and should not"
