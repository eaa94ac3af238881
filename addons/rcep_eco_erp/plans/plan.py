"""A plan: what each line of a sheet would do, made in a few queries whatever the number of lines.

Records are read and written as the person for whom the sheet comes, in one company: what this person may not do, no
sheet does.
"""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from odoo import models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.values import amounts, units

from ..sheets import Problem, lines
from ..sheets.problem import CellError


class Change(NamedTuple):
    """A field that becomes another, as people read it."""

    column: str
    before: str
    after: str


class Outcome(NamedTuple):
    """What a line does: ``created``, ``changed`` or ``same``.

    :param record: what is there; empty where it is created
    :param values: what is written
    """

    line: int
    key: str
    what: str
    record: object
    values: dict
    changes: tuple = ()


class Wrong(CellError):
    """What is wrong with one column of a line, once it was compared with the records."""

    def __init__(self, column, code, **facts):
        self.column = column
        super().__init__(code, **facts)


class Plan:
    """A sheet compared with the records.

    :param env: of the person for whom it comes
    :param rows: of :mod:`..sheets.reading`
    """

    model = ""
    columns = {}
    key = ()

    def __init__(self, env, company, rows):
        context = {"active_test": False, "allowed_company_ids": company.ids, "lang": "en_US"}
        self.env, self.company = env(context={**env.context, **context}), company
        self.records = self.env[self.model]
        self.records.check_access("write")
        self.lines, self.problems = lines.read(rows, self.columns, self.key)
        self.count = len(rows)
        self.outcomes = []
        self.look_up()
        for line in self.lines:
            try:
                self.outcomes.append(self.outcome(line))
            except Wrong as error:
                self.problems.append(Problem(line.number, error.column, error.code, error.facts))
        if not self.problems:
            self.problems += self.contradictions()
        if not self.problems:
            self.outcomes += self.beside_lines()
        self.problems.sort(key=lambda problem: problem.line)

    # --- of each kind ------------------------------------------------------------------------------------
    def look_up(self):
        """Read what the lines name, in queries of which the number of lines changes nothing."""
        raise NotImplementedError

    def outcome(self, line):
        """What one line does.

        :raises Wrong: where it cannot be done
        """
        raise NotImplementedError

    def contradictions(self):
        """[:class:`Problem`] of lines that each are right, and together are not."""
        return []

    def beside_lines(self):
        """[:class:`Outcome`] of what the lines do together, beside what each does."""
        return []

    def apply(self, sheet):
        """Do it, through the ORM: what rests on these records is looked at anew, as if a person had typed it."""
        new = [each.values for each in self.outcomes if each.what == "created"]
        self.records.create([{**values, **self.origin_of(sheet)} for values in new])
        alike = defaultdict(list)
        for each in self.outcomes:
            if each.what == "changed":
                alike[tuple(sorted(each.values.items()))] += each.record.ids
        changed = self.records.browse([record_id for ids in alike.values() for record_id in ids])
        for values, ids in alike.items():
            # Each record brings the others along when it is read.
            self.records.browse(ids).with_prefetch(changed.ids).write({**dict(values), **self.origin_of(sheet)})

    def origin_of(self, sheet):
        """What each record says of the sheet that it came by."""
        return {}

    # --- help --------------------------------------------------------------------------------------------
    def said(self, column):
        """What the lines say in a column, each once."""
        return list({line.values[column] for line in self.lines if column in line.values})

    def units_by_name(self):
        return units_by_name(self.env)

    def unit_of(self, name, column="unit"):
        return one_unit(self._units, name, column)

    def compared(self, record, column, field, value):
        """What of one field differs: (value to write, :class:`Change`), or None where it is the same."""
        before = record[field]
        kind = record._fields[field]
        if isinstance(value, models.BaseModel):
            if before == value:
                return None
            return value.id, Change(column, before[:1].display_name or "", value.display_name)
        if isinstance(value, Decimal):
            self.check_places(column, kind, value)
            if record and amounts.exact(before) == value:
                return None
            return float(value), Change(column, amounts.text(amounts.exact(before)), amounts.text(value))
        if (before or False) == (value or False):
            return None
        return value, Change(column, self.shown(before), self.shown(value))

    def check_places(self, column, field, value):
        """A number that Odoo would round is another number.

        :raises Wrong: where it has more decimals than are kept
        """
        digits = field.get_digits(self.env)
        if digits and -value.normalize().as_tuple().exponent > digits[1]:
            raise Wrong(column, "places", text=amounts.text(value), places=digits[1])

    @staticmethod
    def shown(value):
        if value is True:
            return "yes"
        return "" if value in (False, None) else str(value)

    def planned(self, line, key, record, wanted, new=None):
        """The outcome of a line whose fields are known.

        :param record: what is there, or an empty record
        :param wanted: {column: (field, value)}
        :param new: what is written beside them where the record is not there yet
        """
        told, values = [], {}
        for column, (field, value) in wanted.items():
            found = self.compared(record, column, field, value)
            if found:
                told.append(found[1])
            if found or not record:
                values[field] = found[0] if found else value  # what is new has defaults of its own
        if not record:
            return Outcome(line.number, key, "created", record, {**values, **(new or {})}, tuple(told))
        return Outcome(line.number, key, "changed" if values else "same", record, values, tuple(told))


def units_by_name(env):
    """{code of UN/ECE Recommendation 20, or English name: units that are called so}."""
    found = defaultdict(env["uom.uom"].browse)
    for unit in env["uom.uom"].with_context(active_test=True).search([]):
        for name in {link.units.code(units.unit_text(unit)), unit.name} - {""}:
            found[name] |= unit
    return found


def one_unit(known, name, column="unit"):
    """The one unit of that name.

    :raises Wrong: where there is none, or more than one
    """
    found = known.get(name)
    if not found:
        raise Wrong(column, "unit_unknown", unit=name)
    if len(found) > 1:
        raise Wrong(column, "unit_several", unit=name)
    return found
