"""Files of duty rates: each line becomes the values of a rate, or one sentence that says what is wrong with it.

The columns are those of the project's format; nothing is guessed at: no comma, no lost zero, no missing origin.
"""

import csv
import datetime
from dataclasses import dataclass, field
from itertools import pairwise

from odoo import tools
from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco.values import spreadsheets

from .rcep_rate import LENGTHS, TYPES, problem_of_numbers

COLUMNS = {
    "importer": True,
    "agreement": True,
    "origin": True,
    "hs_edition": True,
    "national_code": True,
    "valid_from": True,
    "valid_to": False,
    "rate_type": True,
    "rate": True,
    "specific_amount": False,
    "specific_unit": False,
    "currency": False,
    "excluded_origins": False,
    "condition": False,
    "other_reading": False,
    "other_reading_of": False,
    "source": True,
    "source_date": False,
    "confidence": False,
}
MFN, EVERYWHERE = "MFN", "*"
EDITION = "2022"  # of the Harmonized System, in which the suite's list of subheadings is
HIGHEST = 100  # per cent: a rate above it is asked about
AS_IN_FILE = (
    "hs_edition", "rate_type", "rate", "specific_amount", "specific_unit", "currency", "excluded_origins", "condition",
    "other_reading", "other_reading_of", "source", "confidence",
)  # fmt: skip


@dataclass
class Table:
    """What a file says.

    :param rows: [(line number, values of a rate)]
    :param errors: a sentence for each line that is wrong
    :param high: how many rates are above :data:`HIGHEST`
    """

    rows: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    high: int = 0


def subheadings():
    """The six-digit codes of HS 2022."""
    with tools.file_open("rcep_eco/data/hs2022.csv") as file:
        return {row["hs_code"] for row in csv.DictReader(file)}


class RateFile:
    """Understands files with the Parties, agreements and countries that are there now."""

    def __init__(self, env):
        self.env = env
        self.subheadings = subheadings()
        self.beginnings = {code[:length] for code in self.subheadings for length in (2, 4, 6)}
        self.parties = {party.code: party.id for party in env["rcep.party"].search([])}
        self.agreements = {each.code: each.id for each in env["rcep.agreement"].search([])}
        self.countries = {each.code: each.id for each in env["res.country"].search([])}
        self.kinds = dict(TYPES)

    def table_of(self, content):
        """The :class:`Table` of a file.

        :param bytes content: CSV or XLSX
        """
        table = Table()
        try:
            lines = spreadsheets.read(content, COLUMNS)
        except origin.OriginError as error:
            return Table(errors=[str(error)])
        for number, row in lines:
            problem = self._problem(row)
            if problem:
                table.errors.append(self.env._("Line %(line)s: %(reason)s.", line=number, reason=problem))
                continue
            table.rows.append((number, self._values(row)))
            table.high += bool(row["rate"]) and float(row["rate"]) > HIGHEST
        table.errors += self._overlaps(table.rows)
        return table

    # --- one line ----------------------------------------------------------------------------------------
    def _problem(self, row):
        """What is wrong with a line, as the end of a sentence; None where nothing is."""
        checks = (self._problem_of_names, self._problem_of_code, self._problem_of_days, self._problem_of_rate)
        return next(filter(None, (check(row) for check in checks)), None)

    def _problem_of_names(self, row):
        if row["importer"] not in self.parties:
            return self.env._("“%s” is no importing Party: write its two letters, as VN", row["importer"])
        if row["agreement"] != MFN and row["agreement"] not in self.agreements:
            known = ", ".join((MFN, *self.agreements))
            return self.env._(
                "“%(code)s” is no agreement here: write one of %(known)s", code=row["agreement"], known=known
            )
        if row["origin"] != EVERYWHERE and row["origin"] not in self.countries:
            return self.env._("“%s” is no origin: write the two letters of a country, or * for all", row["origin"])
        strange = [code for code in row["excluded_origins"].split() if code not in self.countries]
        if strange:
            return self.env._(
                "“%s” is no country: write excluded origins as two letters with spaces between", strange[0]
            )
        return None if row["source"] else self.env._("the source is missing: write the law that the rate stands in")

    def _problem_of_code(self, row):
        code = row["national_code"] = origin.hs.compact(row["national_code"])
        if not row["hs_edition"].endswith(EDITION):
            return self.env._("edition “%s” cannot be checked: load the lines of an edition of 2022", row["hs_edition"])
        if not (code.isascii() and code.isdigit()) or not 2 <= len(code) <= LENGTHS[-1]:
            return self.env._("“%s” is no tariff line: write 2, 4, 6, 8 or 10 digits", code)
        if len(code) not in LENGTHS:
            return self.env._(
                "“%s” has an odd number of digits: a spreadsheet took its leading zero; write it again", code
            )
        if code[: origin.hs.SUBHEADING] not in self.beginnings:
            return self.env._(
                "“%(code)s” begins with digits that are not in %(edition)s: correct the code",
                code=code, edition=row["hs_edition"],
            )  # fmt: skip
        return None

    def _problem_of_days(self, row):
        if not row["valid_from"]:
            return self.env._("the day from which the rate holds is missing")
        for name in ("valid_from", "valid_to", "source_date"):
            row[name] = row[name].removesuffix(" 00:00:00")  # as a spreadsheet has a day
            if row[name] and _day(row[name]) is None:
                return self.env._("“%s” is no day: write it as 2026-01-31", row[name])
        if row["valid_to"] and row["valid_to"] < row["valid_from"]:
            return self.env._(
                "the rate ends on %(end)s, before it begins on %(start)s", end=row["valid_to"], start=row["valid_from"]
            )
        return None

    def _problem_of_rate(self, row):
        if row["rate_type"] not in self.kinds:
            known = ", ".join(self.kinds)
            return self.env._(
                "“%(kind)s” is no kind of rate: write one of %(known)s", kind=row["rate_type"], known=known
            )
        if row["specific_amount"] and not (row["specific_unit"] and row["currency"]):
            return self.env._("the amount per unit stands without its unit and currency")
        return problem_of_numbers(self.env, row)

    def _values(self, row):
        return {
            "party_id": self.parties[row["importer"]],
            "agreement_id": self.agreements.get(row["agreement"], False),
            "origin_id": self.countries.get(row["origin"], False),
            "national_code": row["national_code"],
            "valid_from": _day(row["valid_from"]),
            "valid_to": _day(row["valid_to"]) if row["valid_to"] else False,
            "source_date": _day(row["source_date"]) if row["source_date"] else False,
            **{name: row[name] or False for name in AS_IN_FILE},
        }

    # --- all lines ---------------------------------------------------------------------------------------
    def _overlaps(self, rows):
        """A sentence for each line that holds on days on which an earlier line of the file does."""
        by_key = {}
        for number, values in rows:
            by_key.setdefault(key_of(values), []).append((values["valid_from"], number, values))
        for same in by_key.values():
            same.sort(key=lambda each: each[:2])
            for (_from, before, first), (start, number, values) in pairwise(same):
                if not first["valid_to"] or start <= first["valid_to"]:
                    yield self.env._(
                        "Line %(line)s: %(code)s has a rate on some of the same days in line %(before)s already: let "
                        "one end before the other begins.",
                        line=max(number, before), code=values["national_code"], before=min(number, before),
                    )  # fmt: skip


def key_of(values):
    """What one rate a day may hold for, as `rcep.rate._key` has it."""
    return values["party_id"], values["agreement_id"], values["origin_id"], values["national_code"]


def _day(text):
    """A day as ISO writes it, or None."""
    try:
        return datetime.date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except ValueError:
        return None
