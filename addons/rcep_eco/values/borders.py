"""A border: where data passes between the firm and somebody else, and exactly which.

Each add-on lists its own borders (``rcep.borders``). Of pages the list is compared with what their
templates read, of messages with what they hold, and each address that is not for employees belongs to one border: so
nothing crosses that is not listed.
"""

from __future__ import annotations

from typing import NamedTuple

# What each page is given for its own frame: words of ours, and what the visitor typed itself.
OF_EACH_PAGE = frozenset({
    "code", "languages", "heading", "token", "notice", "saved", "said", "used", "wrong", "problems", "typed", "line",
    "typed_line", "who", "part", "parts", "pass_on", "kind", "words", "today", "copied", "intro", "lang", "product",
    "names", "beside",
})  # fmt: skip


class Border(NamedTuple):
    """One border.

    :param addresses: beginnings of its addresses
    :param pages: ``{template: {name in it: model}}``
    :param leaves: what goes out: ``model.field``, ``model.method()``, or the name of a value
    :param enters: what comes in: ``model.field``, or the name of a member of a message
    :param counted: (model, field with the day, domain) of what passed; None where nobody counts it
    :param company: path in the model to whose it is
    """

    addresses: tuple[str, ...] = ()
    pages: dict = {}
    leaves: frozenset = frozenset()
    enters: frozenset = frozenset()
    counted: tuple | None = None
    company: str = "company_id"


def fields_of(model: str, names: str) -> frozenset:
    """Fields of a model, by one text.

    >>> sorted(fields_of("rcep.party", "code name"))
    ['rcep.party.code', 'rcep.party.name']
    """
    return frozenset(f"{model}.{name}" for name in names.split())
