"""The answers of ``/eco/agent/v1`` as a desk keeps them: states and deadlines, and nothing of what a certificate says.

Names, invoices, goods and values stay in the principal's system, whatever it answers.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from odoo.addons.rcep_eco.link.foreign_answers import Odd, day, items, member, number, read, text

CERTIFICATE, INVOICE = "certificate", "invoice"
MOST = 1000  # pieces of work of one principal
PORTAL = "/my/eco"
PAGE = re.compile(rf"{PORTAL}(/[0-9]{{1,10}}/certificate/[0-9]{{1,10}})?")


class Authority(NamedTuple):
    """How far the authority goes, as the principal's system says."""

    authority_no: str
    principal: str
    valid_from: datetime.date | None
    valid_until: datetime.date | None
    may_prepare: bool
    may_submit: bool


class Piece(NamedTuple):
    """One thing that is to be done, or was."""

    kind: str
    number: int  # the principal's own id of it
    name: str
    state: str
    party_code: str
    until: datetime.date | None
    certificate_no: str
    is_specimen: bool
    may_ask: bool
    may_submit: bool
    page: str

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.number


def authority(answer: dict) -> Authority:
    """
    :raises Odd: where a member is of another kind
    """
    stated = member(answer, "authority", dict)
    return Authority(
        text(stated, "number"), text(stated, "principal"), day(stated, "from"), day(stated, "until"),
        stated.get("prepares") is True, stated.get("submits") is True,
    )  # fmt: skip


def work(answer: dict) -> list[Piece]:
    """
    :raises Odd: where a member is of another kind, or there is more than anybody has
    """
    certificates = [*items(answer, "certificates"), *items(answer, "issued")]
    pieces = [*map(_certificate, certificates), *map(_invoice, items(answer, "invoices"))]
    found = {piece.key: piece for piece in reversed(pieces)}  # one that was issued meanwhile stands twice: the first
    if len(found) > MOST:
        raise Odd
    return list(found.values())


def problem(body: bytes) -> str:
    """The sentence of a problem (RFC 9457), or an empty text."""
    try:
        return text(read(body), "detail", longest=500)
    except Odd:
        return ""


def _certificate(item: dict) -> Piece:
    steps = item.get("next")
    steps = steps if isinstance(steps, list) else []
    return Piece(
        CERTIFICATE, number(item, "id"), text(item, "reference"), text(item, "state"), text(item, "importing_party"),
        day(item, "until"), text(item, "certificate_no"), item.get("specimen") is True,
        "ask" in steps, "submit" in steps, _page(item),
    )  # fmt: skip


def _invoice(item: dict) -> Piece:
    own = number(item, "id"), text(item, "number")
    return Piece(INVOICE, *own, "to_certify", "", None, "", False, False, False, _page(item))


def _page(item: dict) -> str:
    """A page of the principal's portal; whatever else it says is not followed."""
    value = item.get("page")
    return value if isinstance(value, str) and PAGE.fullmatch(value) else PORTAL
