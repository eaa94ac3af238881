"""What a simulated MES has to say of its orders, and how badly it sends it: drawn by a seed, the same each time.

Quantities of what was consumed, scrapped and made are drawn for each order's steps. Some reports are corrected, some
more than once; some name a lot that nobody has registered yet. Each report is delivered at least once in the usual
way, and besides twice at once, again later, or over a connection that is cut.
"""

import collections
import random
import uuid
from decimal import Decimal
from typing import NamedTuple

MADE, ROTOR, MAGNET, OIL = "MES-MOTOR", "MES-ROTOR", "MES-MAGNET", "MES-OIL"
LOTS = {MADE: ("M-1", "M-2"), ROTOR: ("R-1", "R-2", "R-3"), MAGNET: ("G-1", "G-2")}
LATE_LOTS = {ROTOR: ("R-LATE",), MAGNET: ("G-LATE",)}  # registered only after reports have named them
MOMENT = "2026-11-20T09:30:00+08:00"
UNIT, KILOGRAM, GRAM, LITRE = "C62", "KGM", "GRM", "LTR"
TO_OWN = {UNIT: Decimal(1), KILOGRAM: Decimal(1), GRAM: Decimal("0.001"), LITRE: Decimal(1)}  # their own units

STEPS = 4  # reports of an order
MADE_EACH = 10  # of each order; where reports are booked, all steps together say it, and as much of each material
CORRECTED, EARLY, UNREGISTERED = 0.25, 0.5, 0.05  # shares
USUAL, PAIR, CUT, HALF, OTHER = "usual", "at once", "cut", "half", "other"
WAYS = {USUAL: 45, PAIR: 35, CUT: 15, HALF: 5}  # of what is sent again, how often of a hundred
OF_RUN = "run-"  # the numbers of a run begin so: those of the demo data do not
OTHERS = 0.01  # share of the reports whose number comes a second time with other content


class Delivery(NamedTuple):
    """One message, or two where it is ``at once``; ``other`` says something else than what came by its number."""

    report: dict
    way: str

    @property
    def messages(self) -> int:
        """How many times it is sent."""
        return 2 if self.way == PAIR else 1


class Plan(NamedTuple):
    """Deliveries in two parts: after the first, the missing lots are registered and what named them is replayed."""

    first: list[Delivery]
    second: list[Delivery]
    reports: dict[str, dict]  # by number
    unregistered: frozenset  # numbers of those of the first part that name a lot that is not there yet

    @property
    def messages(self) -> int:
        """How many are sent in all."""
        return sum(each.messages for each in (*self.first, *self.second))

    def replaced(self, late: frozenset = frozenset()) -> set[str]:
        """Numbers of the reports that others replace; ``late``: those that came when their order was closed."""
        return {report["corrects"] for number, report in self.reports.items()
                if "corrects" in report and number not in late}

    def books(self, late: frozenset = frozenset()) -> dict[tuple, Decimal]:
        """{(order, product, lot, use): quantity in the product's own unit}: what counts once all was said."""
        replaced = self.replaced(late)
        found: collections.defaultdict = collections.defaultdict(Decimal)
        for number, report in self.reports.items():
            for item in report["items"] if number not in replaced | late else ():
                key = (report["order"], item["product"], item.get("lot", ""), item["use"])
                found[key] += Decimal(item["quantity"]) * TO_OWN[item["uom"]]
        return dict(found)


def draw(seed: int, orders: list[str], messages: int, *, booked: bool = False) -> Plan:
    """A plan of exactly so many messages.

    :param booked: whether the reports of an order say together, and no sooner, all that it makes and consumes
    :raises ValueError: where they are too few for what so many orders have to report
    """
    drawn = random.Random(seed)  # noqa: S311  (repeatable, no secret)
    early, late, unregistered = [], [], set()
    for order in orders:
        for step in range(STEPS):
            report = _report(drawn, order, f"step {step + 1}", _items(drawn, step, booked=booked))
            early.append(report)
            if _names_late_lot(report):
                unregistered.add(report["report_id"])
            may_be_early = True
            while drawn.random() < CORRECTED:  # a correction is corrected as often
                items = _items(drawn, step, registered=True, booked=booked)
                report = {**_report(drawn, order, report["operation"], items),
                          "kind": "correction", "corrects": report["report_id"], "reason": "counted again"}
                may_be_early = may_be_early and drawn.random() < EARLY
                (early if may_be_early else late).append(report)
    reports = {report["report_id"]: report for report in (*early, *late)}
    others = [Delivery(_changed(report), OTHER) for report in drawn.sample(early, int(len(early) * OTHERS))]
    first, second = ([Delivery(report, USUAL) for report in each] for each in (early, late))
    left = messages - len(first) - len(second) - len(others)
    if left < 0:
        raise ValueError(f"{len(orders)} orders have {messages - left} messages to send: ask for as many, or more.")
    again = list(reports.values())
    numbers_early = {report["report_id"] for report in early}
    unregistered -= {report.get("corrects") for report in early}  # what a correction replaced is replayed by nobody
    while left:
        way = drawn.choices(tuple(WAYS), tuple(WAYS.values()))[0] if left > 1 else USUAL
        delivery = Delivery(drawn.choice(again), way)
        may_be_first = delivery.report["report_id"] in numbers_early and drawn.random() < 0.7
        (first if may_be_first else second).append(delivery)
        left -= delivery.messages
    drawn.shuffle(first)
    second += others
    drawn.shuffle(second)
    return Plan(first, second, reports, frozenset(unregistered))


def _report(drawn: random.Random, order: str, operation: str, items: list[dict]) -> dict:
    number = f"{OF_RUN}{uuid.UUID(int=drawn.getrandbits(128), version=4)}"
    return {"report_id": number, "kind": "report", "order": order, "operation": operation, "produced_at": MOMENT,
            "site": "SZ1", "items": items}


def _items(drawn: random.Random, step: int, *, registered: bool = False, booked: bool = False) -> list[dict]:
    """What a step says; corrections name lots that are there."""
    def lot(product: str) -> str:
        late = not registered and product in LATE_LOTS and drawn.random() < UNREGISTERED
        return drawn.choice((LATE_LOTS if late else LOTS)[product])

    few = drawn.randint(1, 9)
    rest = MADE_EACH - few
    if step == 0:
        others = rest if booked else few + 1
        return [_item("consumed", ROTOR, few, lot(ROTOR)), _item("consumed", ROTOR, others, LOTS[ROTOR][0])]
    if step == 1:
        grams = 6000 + 10 * drawn.randint(10, 99) if booked else 1000 * few + drawn.randint(100, 999)
        return [_item("consumed", MAGNET, grams, lot(MAGNET), GRAM),
                _item("consumable", OIL, f"0.{few}", unit=LITRE)]
    if step == 2:
        more = f"{4 if booked else 0}.{few}"
        return [_item("scrap", ROTOR, 1, lot(ROTOR)), _item("consumed", MAGNET, more, LOTS[MAGNET][0], KILOGRAM)]
    if booked:  # an order of Odoo makes one lot
        made = LOTS[MADE][0]
        return [_item("produced", MADE, few, made), _item("produced", MADE, rest, made)]
    return [_item("produced", MADE, few, lot(MADE)), _item("produced", MADE, 1, LOTS[MADE][1])]


def _item(use: str, product: str, quantity: object, lot: str = "", unit: str = UNIT) -> dict:
    said = {"use": use, "product": product, "quantity": str(quantity), "uom": unit}
    return {**said, "lot": lot} if lot else said


def _names_late_lot(report: dict) -> bool:
    return any(item.get("lot", "") in LATE_LOTS.get(item["product"], ()) for item in report["items"])


def _changed(report: dict) -> dict:
    return {**report, "site": "SZ2"}
