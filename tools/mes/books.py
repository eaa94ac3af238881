"""Both books side by side: what the shop floor said, and what counts in Odoo's database, as it lies there."""

import collections
import json
from decimal import Decimal
from typing import NamedTuple

from tools.mes.plan import OF_RUN, Plan

REPORTS = f"""
    SELECT report_id, state, count(*) AS times, min(problems #>> '{{0,code}}') AS problem
      FROM rcep_production_report WHERE report_id LIKE '{OF_RUN}%' GROUP BY report_id, state
"""  # noqa: S608  (a constant of ours)
LATE = "booking_done"  # it says something else than its order, which is closed: for a person
BOOKS = """
    SELECT production.name AS "order", product.default_code AS product, COALESCE(lot.name, '') AS lot, line.use,
           sum(line.own_quantity::numeric)::text AS quantity
      FROM rcep_production_report_line AS line
      JOIN rcep_production_report AS report ON report.id = line.report_id AND report.state = 'applied'
      JOIN mrp_production AS production ON production.id = report.production_id
      JOIN product_product AS product ON product.id = line.product_id
      LEFT JOIN stock_lot AS lot ON lot.id = line.lot_id
     WHERE product.default_code LIKE 'MES-%'
     GROUP BY production.name, product.default_code, lot.name, line.use"""


class Account(NamedTuple):
    """How both books compare; ``differences`` are sentences."""

    reports: int
    states: dict[str, int]
    entries: int
    lost: int
    doubled: int
    differences: list[str]


def read(rows) -> tuple[list[dict], dict[tuple, Decimal]]:
    """What Odoo has kept: its reports, and its books.

    :param rows: runs a statement, and gives its rows as objects
    """
    kept = rows(REPORTS)
    books = {(each["order"], each["product"], each["lot"], each["use"]): Decimal(each["quantity"])
             for each in rows(BOOKS)}
    return kept, books


def compare(plan: Plan, confirmed: set[str], kept: list[dict], books: dict[tuple, Decimal]) -> Account:
    """The account of a run that has come to rest.

    :param confirmed: numbers of the reports whose receipt the MES was told
    """
    late = late_ones(kept)
    replaced = plan.replaced(late)
    times: collections.Counter = collections.Counter()
    states: collections.Counter = collections.Counter()
    differences = []
    for each in kept:
        times[each["report_id"]] += each["times"]
        states[each["state"]] += each["times"]
        due = "corrected" if each["report_id"] in replaced else "unmatched" if each["report_id"] in late else "applied"
        if each["report_id"] in plan.reports and each["state"] != due:
            why = f": {each['problem']}" if each["problem"] else ""
            differences.append(f"report {each['report_id']} is {each['state']} and should be {due}{why}")
    lost = sorted((confirmed | plan.reports.keys()) - times.keys())
    doubled = sorted(number for number, count in times.items() if count > 1)
    differences += [f"report {number} is not there" for number in lost]
    differences += [f"report {number} is kept {times[number]} times" for number in doubled]
    differences += [f"report {number} was never sent" for number in sorted(times.keys() - plan.reports.keys())]
    said = plan.books(late)
    for key in sorted(said.keys() | books.keys()):
        if said.get(key, Decimal(0)) != books.get(key, Decimal(0)):
            differences.append(f"{', '.join(filter(None, key))}: {said.get(key, 0)} reported, {books.get(key, 0)} kept")
    return Account(len(times), dict(states), len(books), len(lost), len(doubled), differences)


def late_ones(kept: list[dict]) -> frozenset:
    """Numbers of the reports that wait for a person since their order is closed."""
    return frozenset(each["report_id"] for each in kept if each["state"] == "unmatched" and each["problem"] == LATE)


def rows_of(server, database: str):
    """Runs statements in a database, and gives their rows as objects."""
    def rows(statement: str) -> list[dict]:
        listed = f"SELECT COALESCE(json_agg(row), '[]') FROM ({statement}) AS row"  # noqa: S608  (constants of ours)
        return json.loads("\n".join(line[0] for line in server.sql(listed, database)))

    return rows
