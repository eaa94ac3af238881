"""The elements of the interface, of one table: their order, form, when each is needed, and which of our fields it is.

``elements.csv`` holds a row for each element that is written. Order and spelling are those of two independent clients;
lengths are those of one of them (docs/gacc.md says of each fact how sure it is).

>>> [element.name for element in of("promise")], of("head")[0].form
(['AplPromiseCode'], 'text 20')
"""

from __future__ import annotations

import csv
import functools
import pathlib
from typing import NamedTuple

TABLE = pathlib.Path(__file__).with_name("elements.csv")
FORMS = ("text", "lines", "digits", "decimal", "percent", "count", "date", "enum")
ALWAYS = "always"


class Element(NamedTuple):
    """One element.

    :param form: kind of content and its bound: ``text 20``, ``lines 400``, ``digits 4``, ``decimal``, ``percent``,
        ``count``, ``date``, ``enum 0 1``; a bound of 0 is none that is known
    :param needed: ``always``, a condition of :mod:`.conditions`, or empty
    :param omitted: whether it is left out where it is empty; others are written empty
    :param path: canonical, below the good or invoice where it belongs to one; empty where none of our fields is it
    """

    name: str
    label: str
    form: str
    needed: str
    omitted: bool
    path: str

    @property
    def kind(self) -> str:
        return self.form.split(" ")[0]

    @property
    def longest(self) -> int:
        """Characters that it holds at most; 0 where no bound is known."""
        return int(self.form.split(" ")[1]) if self.kind in ("text", "lines", "digits") else 0

    @property
    def words(self) -> tuple[str, ...]:
        """What an enumeration takes."""
        return tuple(self.form.split(" ")[1:]) if self.kind == "enum" else ()


@functools.cache
def table() -> dict[str, tuple[Element, ...]]:
    """The elements of each node, in their order."""
    nodes: dict[str, list[Element]] = {}
    with TABLE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            nodes.setdefault(row["node"], []).append(
                Element(row["element"], row["name"], row["form"], row["needed"], row["if_empty"] == "omitted",
                        row["path"])
            )  # fmt: skip
    return {node: tuple(elements) for node, elements in nodes.items()}


def of(node: str) -> tuple[Element, ...]:
    """The elements of ``head``, ``goods``, ``change``, ``third_party``, ``invoice``, ``promise`` or ``file``."""
    return table()[node]
