"""A table of reports: one line an item; lines of the same ``report_id`` are one report."""

from . import canonical
from .problem import ReportError

OF_REPORT = ("report_id", "kind", "corrects", "reason", "order", "operation", "produced_at", "site")
OF_ITEM = ("use", "product", "lot", "quantity", "uom")
NEEDED = {"report_id", "order", "produced_at", "use", "product", "quantity", "uom"}
COLUMNS = {name: name in NEEDED for name in (*OF_REPORT, *OF_ITEM)}
TEMPLATE = (
    "report_id,kind,corrects,reason,order,operation,produced_at,site,use,product,lot,quantity,uom\r\n"
    "R-0001,report,,,WH/MO/00042,assembly,2026-11-20T09:30:00+08:00,SZ1,consumed,PCB-100,PCB-2611-07,500,C62\r\n"
    "R-0001,report,,,WH/MO/00042,assembly,2026-11-20T09:30:00+08:00,SZ1,produced,CTRL-1,CTRL-2611-20,500,C62\r\n"
)


def read(rows):
    """[(:class:`canonical.Report`, its lines as they came)].

    :param rows: [(line number, {column: text})]
    """
    found = {}
    for number, row in rows:
        head = {name: row[name] for name in OF_REPORT}
        head["kind"] = head["kind"] or "report"
        known = found.setdefault(row["report_id"], (head, []))
        if known[0] != head:
            raise ReportError("sheet_head", line=number, report=row["report_id"])
        known[1].append({name: row[name] for name in OF_ITEM})
    reports = []
    for head, items in found.values():
        data = {**head, "items": items}
        reports.append((canonical.read(data), data))
    return reports
