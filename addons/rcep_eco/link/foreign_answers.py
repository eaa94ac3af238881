"""What another firm's server answers, read member by member: of the kind expected and bounded, or refused.

>>> answer = read(b'{"number": "A-1", "day": "2026-11-29", "goods": [{"number": 1}]}')
>>> text(answer, "number"), day(answer, "day"), [number(each, "number") for each in items(answer, "goods")]
('A-1', datetime.date(2026, 11, 29), [1])
"""

from __future__ import annotations

import datetime
import json

LONGEST = 120  # characters of a text that is kept
LARGEST = 2**31


class Odd(ValueError):
    """It is no answer of the kind that was asked for."""


def read(body: bytes) -> dict:
    """
    :raises Odd: where it is no JSON object
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Odd from error
    if not isinstance(answer, dict):
        raise Odd
    return answer


def member(answer: dict, name: str, kind: type):
    """
    :raises Odd: where it is not there, or of another kind
    """
    value = answer.get(name)
    if not isinstance(value, kind):
        raise Odd
    return value


def items(answer: dict, name: str) -> list[dict]:
    """
    :raises Odd: where it is no list of objects
    """
    listed = member(answer, name, list)
    if not all(isinstance(each, dict) for each in listed):
        raise Odd
    return listed


def text(item: dict, name: str, longest: int = LONGEST) -> str:
    """A text in one line without what nobody sees; an empty one where it is not there.

    :raises Odd: where it is of another kind
    """
    value = item.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Odd
    return " ".join("".join(each if each.isprintable() else " " for each in value).split())[:longest]


def number(item: dict, name: str) -> int:
    """
    :raises Odd: where it is no whole number that counts or names something
    """
    value = item.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < LARGEST:
        raise Odd
    return value


def day(item: dict, name: str) -> datetime.date | None:
    """
    :raises Odd: where it is something else than a day or nothing
    """
    value = item.get(name)
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Odd from error
