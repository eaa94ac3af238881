"""The rulebook that the add-on ships, built from its CSV files as Odoo builds it from records."""

import csv
import datetime
from functools import cache

from tools.paths import ADDONS
from tools.pure import load

DATA = ADDONS / "rcep_eco" / "data"
EDITION, VALID_FROM = "HS2022", datetime.date(2023, 1, 1)  # as in rcep_rule_edition.xml


def rows(name: str) -> list[dict]:
    """The rows of one of the add-on's tables."""
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def shipped_rulebook():
    """The :class:`rcep_origin.Rulebook` of the shipped edition."""
    origin = load("rcep_origin")
    return origin.Rulebook(
        edition=EDITION,
        valid_from=VALID_FROM,
        rows={
            row["hs_code"]: origin.RuleRow(row["hs_code"], row["rule"], row["question"], row["rule_if_yes"])
            for row in rows("rcep.rule.csv")
        },
        parties={
            code: origin.Party(code, datetime.date.fromisoformat(row["in_force"]), row["tariff_differential"] == "1")
            for row in rows("rcep.party.csv")
            for code in [row["id"].removeprefix("party_").upper()]
        },
        subheadings=frozenset(row["hs_code"] for row in rows("hs2022.csv")),
    )
