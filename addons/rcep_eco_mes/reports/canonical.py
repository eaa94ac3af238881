"""The canonical production report: what production did with an order, as one JSON object (``report.schema.json``).

``consumed`` is a material of the determination. ``consumable`` is an indirect material (Art. 3.10), which never counts
into the value of non-originating materials. ``scrap`` of a material is part of what was consumed of it.
"""

import datetime
import json
import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from .problem import ReportError

USES = ("consumed", "consumable", "scrap", "produced", "by_product")
KINDS = ("report", "correction")
MOST_ITEMS = 20_000
LONGEST = 200  # characters of a text
QUANTITY = re.compile(r"[0-9]{1,15}(\.[0-9]{1,12})?")
FIELDS = {"report_id", "kind", "corrects", "reason", "order", "operation", "produced_at", "site", "items"}
ITEM_FIELDS = {"use", "product", "lot", "quantity", "uom"}


class Item(NamedTuple):
    """A quantity of one product or lot; ``uom`` is a common code of UN/ECE Recommendation 20."""

    use: str
    product: str
    lot: str
    quantity: Decimal
    uom: str


class Report(NamedTuple):
    """What production did with an order; ``corrects`` is the report that it replaces, or empty."""

    report_id: str
    kind: str
    corrects: str
    reason: str
    order: str
    operation: str
    produced_at: datetime.datetime
    site: str
    items: tuple

    def to_json(self):
        """As canonical JSON: texts only, empty ones left out; the same report is always the same."""
        values = {name: getattr(self, name) for name in ("report_id", "kind", "corrects", "reason", "order",
                                                         "operation", "site")}  # fmt: skip
        values["produced_at"] = self.produced_at.astimezone(datetime.timezone.utc).isoformat()
        items = [_filled({**item._asdict(), "quantity": format(item.quantity.normalize(), "f")}) for item in self.items]
        return {**_filled(values), "items": items}


def read(data):
    """Check one report that was read from JSON.

    :raises ReportError: for the first thing that is wrong
    """
    if not isinstance(data, dict):
        raise ReportError("no_object")
    _check_fields(data, FIELDS, "")
    report_id = text(data, "report_id", needed=True)
    kind = text(data, "kind", needed=True)
    if kind not in KINDS:
        raise ReportError("kind", kind=kind)
    corrects = text(data, "corrects", needed=kind == "correction")
    if corrects and (kind != "correction" or corrects == report_id):
        raise ReportError("corrects", report=report_id)
    return Report(
        report_id=report_id,
        kind=kind,
        corrects=corrects,
        reason=text(data, "reason"),
        order=text(data, "order", needed=True),
        operation=text(data, "operation"),
        produced_at=moment(text(data, "produced_at", needed=True)),
        site=text(data, "site"),
        items=_items(data.get("items")),
    )


def _items(listed):
    if not isinstance(listed, list) or not listed:
        raise ReportError("no_items")
    if len(listed) > MOST_ITEMS:
        raise ReportError("items_many", most=MOST_ITEMS)
    return tuple(_item(data, f"items[{number}].") for number, data in enumerate(listed))


def _item(data, where):
    if not isinstance(data, dict):
        raise ReportError("item_no_object", field=where.rstrip("."))
    _check_fields(data, ITEM_FIELDS, where)
    use = text(data, "use", where, needed=True)
    if use not in USES:
        raise ReportError("use", field=f"{where}use", use=use, known=", ".join(USES))
    return item(
        use,
        text(data, "product", where, needed=True),
        text(data, "lot", where),
        data.get("quantity"),
        text(data, "uom", where, needed=True),
        where=where,
    )


def item(use, product, lot, quantity, uom, *, where):
    """One item whose texts are read already; its quantity is checked.

    Nothing of a material is a fact too: it says that a component of the bill of materials was not used.
    """
    if not isinstance(quantity, str) or not QUANTITY.fullmatch(quantity):
        raise ReportError("quantity", field=f"{where}quantity")
    number = Decimal(quantity)
    if not number and use != "consumed":
        raise ReportError("quantity_zero", field=f"{where}quantity")
    return Item(use, product, lot, number, uom)


def text(data, name, where="", needed=False):
    """A text of an object, without blanks around it."""
    value = data.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str):
        raise ReportError("no_text" if name in data else "missing", field=f"{where}{name}")
    value = value.strip()
    if needed and not value:
        raise ReportError("missing", field=f"{where}{name}")
    if len(value) > LONGEST or not value.isprintable():
        raise ReportError("text", field=f"{where}{name}", length=LONGEST)
    return value


def moment(written):
    """A moment with its offset.

    :raises ReportError: where it is none, or nobody knows where its clock stands
    """
    try:
        read_moment = datetime.datetime.fromisoformat(written)
        if read_moment.tzinfo is None:
            raise ReportError("moment", text=written)
        read_moment.astimezone(datetime.timezone.utc)
    except (ValueError, OverflowError) as error:
        raise ReportError("moment", text=written) from error
    return read_moment


def _check_fields(data, known, where):
    """A field that nobody knows may be a misspelt one that counts."""
    for name in data:
        if name not in known:
            raise ReportError("field_unknown", field=f"{where}{name}"[:LONGEST])


def loads(content):
    """JSON of a file or body: a name said twice, or a number that is none, is refused.

    :param bytes content:
    """
    try:
        return json.loads(
            content.decode("utf-8-sig"), parse_float=Decimal, object_pairs_hook=_once, parse_constant=_no_number
        )
    except (ValueError, RecursionError, InvalidOperation) as error:
        raise ReportError("no_json") from error


def _once(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ReportError("twice")
    return found


def _no_number(_text):
    raise ReportError("no_json")


def _filled(values):
    return {name: value for name, value in values.items() if value}
