"""EPCIS 2.0 (GS1): each ``TransformationEvent`` of a document in JSON as a canonical report.

Classes are GS1 Digital Links or URNs with GTIN and lot. An error declaration says which event replaces an earlier one;
both have to come in one document, since the event that replaces does not say so by itself.
"""

import re
from decimal import Decimal

from . import canonical
from .problem import ReportError

LINK = re.compile(r"https?://[^?#]+?/01/(?P<gtin>[0-9]{8,14})(/10/(?P<lot>[^/?#]+))?(/21/(?P<serial>[^/?#]+))?")
LISTS = (
    ("inputQuantityList", "consumed"), ("outputQuantityList", "produced"),
)  # fmt: skip
SINGLE = (("inputEPCList", "consumed"), ("outputEPCList", "produced"))
ORDER = ("prodorder", "https://ref.gs1.org/cbv/BTT-prodorder", "urn:epcglobal:cbv:btt:prodorder")
PIECE = "C62"
ESCAPE = re.compile("%([0-9A-Fa-f]{2})")


def is_one(data):
    """Whether it is a document or an event of EPCIS."""
    return isinstance(data, dict) and data.get("type") in ("EPCISDocument", "TransformationEvent")


def read(data):
    """[(:class:`canonical.Report`, the event as it came)]."""
    events = _events(data)
    replaced, declared = {}, set()
    for event in events:
        declaration = event.get("errorDeclaration")
        if declaration is not None:
            old = _id(event)
            ids = declaration.get("correctiveEventIDs") if isinstance(declaration, dict) else None
            if not isinstance(ids, list) or len(ids) != 1:
                raise ReportError("epcis_error", event=old)
            replaced[ids[0]] = (old, str(declaration.get("reason") or "")[: canonical.LONGEST])
            declared.add(old)
    counted = [event for event in events if "errorDeclaration" not in event]
    if not replaced.keys() <= {event.get("eventID") for event in counted}:
        raise ReportError("epcis_error", event=sorted(declared)[0])
    return [(_report(event, *replaced.get(event.get("eventID"), ("", ""))), event) for event in counted]


def _events(data):
    if data["type"] == "TransformationEvent":
        return [data]
    body = data.get("epcisBody")
    events = body.get("eventList") if isinstance(body, dict) else None
    if not isinstance(events, list) or not events:
        raise ReportError("epcis_empty")
    for event in events:
        if not isinstance(event, dict) or event.get("type") != "TransformationEvent":
            raise ReportError("epcis_type")
    return events


def _id(event):
    found = canonical.text(event, "eventID", needed=True)
    return found.removeprefix("urn:uuid:")


def _report(event, corrects, reason):
    items = []
    for name, use in LISTS:
        items += [_item(each, use, f"{name}[{number}].") for number, each in enumerate(_list(event, name))]
    for name, use in SINGLE:
        for number, each in enumerate(_list(event, name)):
            where = f"{name}[{number}]"
            product, lot = _class(each, where)
            items.append(canonical.item(use, product, lot, "1", PIECE, where=f"{where}."))
    if not items:
        raise ReportError("no_items")
    if len(items) > canonical.MOST_ITEMS:
        raise ReportError("items_many", most=canonical.MOST_ITEMS)
    return canonical.Report(
        report_id=_id(event),
        kind="correction" if corrects else "report",
        corrects=corrects,
        reason=reason,
        order=_order(event),
        operation="",
        produced_at=canonical.moment(canonical.text(event, "eventTime", needed=True)),
        site="",
        items=tuple(items),
    )


def _list(event, name):
    found = event.get(name, [])
    if not isinstance(found, list):
        raise ReportError("epcis_list", field=name)
    return found


def _item(data, use, where):
    if not isinstance(data, dict):
        raise ReportError("item_no_object", field=where.rstrip("."))
    product, lot = _class(data.get("epcClass"), f"{where}epcClass")
    quantity = data.get("quantity")
    if isinstance(quantity, bool) or not isinstance(quantity, str | int | Decimal):
        raise ReportError("quantity", field=f"{where}quantity")
    uom = canonical.text(data, "uom", where) or PIECE  # EPCIS: without a unit it is a number of pieces
    written = str(quantity) if isinstance(quantity, str | int) else format(quantity, "f")
    return canonical.item(use, product, lot, written, uom, where=where)


def _class(written, where):
    """(GTIN, lot or serial number) of a class of goods or of one good."""
    if not isinstance(written, str):
        raise ReportError("epcis_class", field=where)
    found = LINK.fullmatch(written)
    if not found:
        raise ReportError("epcis_class", field=where)
    lot = found["serial"] or found["lot"] or ""
    return found["gtin"], ESCAPE.sub(lambda code: chr(int(code[1], 16)), lot)


def _order(event):
    orders = [
        each.get("bizTransaction")
        for each in _list(event, "bizTransactionList")
        if isinstance(each, dict) and each.get("type") in ORDER
    ]
    if len(orders) != 1:
        raise ReportError("epcis_order")
    name = canonical.text({"order": orders[0]}, "order", needed=True)
    return name.rpartition(":")[2] if name.startswith("urn:") else name
