"""The rulebook that the add-on ships, built from its CSV files as Odoo builds it from records."""

import csv
import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from tools.paths import ADDONS
from tools.pure import load

DATA = ADDONS / "rcep_eco" / "data"
EDITION, VALID_FROM = "HS2022", datetime.date(2023, 1, 1)  # as in rcep_rule_edition.xml


def rows(name: str, folder: Path = DATA) -> list[dict]:
    """The rows of one of an add-on's tables."""
    with (folder / name).open(newline="", encoding="utf-8") as file:
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


AGREEMENTS = ADDONS / "rcep_eco_agreements" / "data"


@cache
def agreement_rulebook(code: str, listed: tuple | None = None):
    """The :class:`rcep_origin.Rulebook` of another agreement, as the add-on ships it.

    :param listed: (prefix, rule) of its product list, or None where that is not loaded, as the add-on has it
    """
    origin, heart = load("rcep_origin"), shipped_rulebook()
    row = next(row for row in _agreements() if row["code"] == code)
    since = datetime.date.fromisoformat(row["valid_from"])
    agreement = origin.Agreement.of(
        row["name"],
        since,
        regional_value=Decimal(row["regional_value"]),
        de_minimis=Decimal(row["de_minimis"]),
        build_up=row["build_up"] == "True",
        minimal_operations=frozenset(row["minimal_operations"].split()),
        deductions=frozenset(row.get("deductions", "").split()),
        weight_chapters=(int(row["first_weight_chapter"]), int(row["last_weight_chapter"])),
        country_of_origin=row["country_of_origin"] == "True",
        articles=origin.articles_of(row["articles"]),
    )
    return origin.Rulebook(
        edition=row["edition"],
        valid_from=since,
        rows={prefix: origin.RuleRow(prefix, rule) for prefix, rule in listed or ()},
        parties={
            each["country_id:id"].removeprefix("base.").upper(): origin.Party(
                each["country_id:id"].removeprefix("base.").upper(), datetime.date.fromisoformat(each["in_force"])
            )
            for each in rows("rcep.agreement.party.csv", AGREEMENTS)
            if each["agreement_id:id"] == row["id"]
        },
        subheadings=heart.subheadings,
        agreement=agreement,
        general={
            each["hs_code"]: origin.RuleRow(each["hs_code"], each["rule"])
            for each in rows("rcep.agreement.rule.csv", AGREEMENTS)
            if each["agreement_id:id"] == row["id"]
        },
        list_missing=row["has_list"] == "True" and listed is None,
    )


def _agreements():
    """The fields of each agreement's record, as texts."""
    for record in ElementTree.parse(AGREEMENTS / "agreement_data.xml").iter("record"):  # noqa: S314  (our own file)
        fields = {field.get("name"): field.get("eval") or field.text or "" for field in record.iter("field")}
        yield {"id": record.get("id"), **fields}
