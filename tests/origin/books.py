"""The rulebook that the add-on ships, built from its CSV files as Odoo builds it from records."""

import csv
import datetime
from functools import cache
from pathlib import Path

import rcep_origin

DATA = Path(__file__).parents[2] / "addons" / "rcep_eco" / "data"


def rows(name):
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def shipped_rulebook():
    return rcep_origin.Rulebook(
        edition="HS2022",
        valid_from=datetime.date(2023, 1, 1),
        rows={
            row["hs_code"]: rcep_origin.RuleRow(row["hs_code"], row["rule"], row["question"], row["rule_if_yes"])
            for row in rows("rcep.rule.csv")
        },
        parties={
            code: rcep_origin.Party(
                code, datetime.date.fromisoformat(row["in_force"]), row["tariff_differential"] == "1"
            )
            for row in rows("rcep.party.csv")
            for code in [row["id"].removeprefix("party_").upper()]
        },
        subheadings=frozenset(row["hs_code"] for row in rows("hs2022.csv")),
    )
