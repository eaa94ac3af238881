"""The lines of a sheet by its kind's columns: each cell read, each key once."""

from collections.abc import Callable
from typing import NamedTuple

from .problem import CellError, Problem


class Column(NamedTuple):
    """A column of a kind.

    :param read: of :mod:`.cells`
    :param needed: whether each line fills it
    :param is_cost: whether what is there already is told to nobody but a cost engineer
    """

    read: Callable
    needed: bool = False
    is_cost: bool = False


class Line(NamedTuple):
    """A line that could be read; an empty cell is not among its values, and leaves what is there as it is."""

    number: int
    values: dict


def read(rows, columns, key):
    """(the lines without a fault, [what is wrong with the others]).

    :param rows: of :mod:`.reading`
    :param columns: {name: :class:`Column`}
    :param key: names of the columns by which a line is told from the others
    """
    lines, problems, seen = [], [], {}
    for number, row in rows:
        values, wrong = {}, []
        for name, column in columns.items():
            try:
                if row.get(name):
                    values[name] = column.read(row[name])
                elif column.needed:
                    raise CellError("missing")
            except CellError as error:
                wrong.append(Problem(number, name, error.code, error.facts))
        told = tuple(values.get(name) for name in key)
        if not wrong and told in seen:
            wrong.append(Problem(number, "", "twice", {"other": seen[told], "key": ", ".join(key)}))
        seen.setdefault(told, number)
        problems += wrong
        if not wrong:
            lines.append(Line(number, values))
    return lines, problems
