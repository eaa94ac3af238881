"""What differs between two applications, as the form shows it: what was, what is, and in which box."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from . import form

# Boxes of one good, by their numbers on the form.
GOOD = {
    "7": "marks", "8": "description", "9": "hs6", "10": "criterion", "11": "origin", "12": "quantity", "13": "invoice",
}  # fmt: skip
ABSENT = "-"


class Change(NamedTuple):
    """One difference.

    :param box: number of the box
    :param item: number of the good, on the certificate on which it stands; 0 for the head
    """

    box: str
    item: int
    was: str
    now: str


def changes(old, new) -> tuple[Change, ...]:
    """Return the differences between two applications, in the order of the form."""
    before, after = form.boxes(old), form.boxes(new)
    found = [
        Change(box, 0, getattr(before, name), getattr(after, name))
        for box, name in (("1", "exporter"), ("2", "consignee"), ("3", "producer"))
    ]
    found.append(Change("4", 0, _transport(before), _transport(after)))
    goods_before, goods_after = _goods(old, before), _goods(new, after)
    for key in [*goods_before, *(key for key in goods_after if key not in goods_before)]:
        found += _of_good(goods_before.get(key), goods_after.get(key))
    found.append(Change("14", 0, _remarks(old), _remarks(new)))
    found.append(Change("17", 0, _ticks(before), _ticks(after)))
    return tuple(change for change in found if change.was != change.now)


def text(found: tuple[Change, ...], longest: int = 400) -> str:
    """The differences in one English line, for the issuing body; what does not fit is counted.

    >>> text((Change("12", 1, "100 PCS", "90 PCS"),))
    'BOX 12, ITEM 1: WAS 100 PCS, IS 90 PCS'
    """
    sentences = []
    for number, change in enumerate(found):
        item = f", ITEM {change.item}" if change.item else ""
        words = f"BOX {change.box}{item}: WAS {change.was or ABSENT}, IS {change.now or ABSENT}"
        if len("; ".join([*sentences, words])) > longest:
            return "; ".join([*sentences, f"AND {len(found) - number} MORE"])
        sentences.append(words)
    return "; ".join(sentences)


def _goods(application, boxes):
    """{(product, how many-th of it): good as the form has it}."""
    seen = Counter()
    values = {}
    for item, good in zip(application.items, boxes.goods, strict=True):
        seen[item.product_ref] += 1
        values[item.product_ref, seen[item.product_ref]] = good
    return values


def _of_good(before, after):
    number = int((after or before).number)
    if before is None or after is None:
        yield Change("8", number, before.description if before else "", after.description if after else "")
        return
    for box, name in GOOD.items():
        yield Change(box, number, _line(getattr(before, name)), _line(getattr(after, name)))


def _line(value):
    return value if isinstance(value, str) else " ".join(value)


def _transport(boxes):
    return ", ".join((boxes.departure, boxes.vessel, boxes.port))


def _remarks(application):
    third = application.third_party
    party = f"{third.name}, {form.country_name(third.country)}" if third else ""
    return "; ".join(filter(None, (application.remarks, party, *form.original_proofs(application))))


def _ticks(boxes):
    return ", ".join(words for is_ticked, words in boxes.ticks if is_ticked)
