"""Reading what a platform says in JSON, strictly: what has no sense is `Unreadable`, and nothing else is ever raised.

What decides is read or refused. What is only said beside is left out with a remark where it has no sense.

>>> json_of(b'{"a": 1, "a": 2}')
Traceback (most recent call last):
...
rcep_link.errors.Unreadable: The platform says a twice in one place.
"""

from __future__ import annotations

import json
import re

from ..coded_message import CodedMessage
from ..errors import Unreadable, plain
from ..event import OddEvent
from ..record import InvalidRecord

LONGEST_REFERENCE = 200  # characters of what the platform calls something: an index of a database holds it
LONGEST_ADDRESS = 2000
LONGEST_TEXT = 20_000  # characters that are kept of what made no sense
YEARS = range(2000, 2200)  # in which a date is one
NUMBER = re.compile(r"[^<>\"'&\\\s](?:[^<>\"'&\\]*[^<>\"'&\\\s])?")  # of a certificate: no mark-up
WEB = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
SHOWN = 60  # characters of a wrong value that are repeated
HIGHEST_COUNT = 2**31 - 1  # of revisions and events: what four bytes hold


def unfit(invalid: InvalidRecord, body: bytes) -> Unreadable:
    places = ", ".join(each.path for each in invalid.errors)
    return Unreadable(CodedMessage("does_not_fit", places=plain(places)), body)


def json_of(body: bytes) -> dict:
    value, twice = parsed(body)
    if not isinstance(value, dict):
        raise Unreadable(CodedMessage("no_object"), body)
    check_once(value, twice, body)
    return value


def parsed(body: bytes):
    """
    :return: (value, {id of an object in it: a key that stands in it twice})
    """
    twice: dict[int, str] = {}

    def made(pairs):
        value = dict(pairs)
        if len(value) < len(pairs):
            keys = [key for key, _value in pairs]
            twice[id(value)] = next(key for key in keys if keys.count(key) > 1)
        return value

    try:
        value = json.loads(body.decode("utf-8"), parse_constant=no_constant, object_pairs_hook=made)
    except (ValueError, RecursionError):
        raise Unreadable(CodedMessage("no_json"), body) from None
    return value, twice


def check_once(value, twice: dict[int, str], body: bytes) -> None:
    """Of a key that stands twice in an object each reader takes another: it says nothing."""
    waiting = [value] if twice else []
    while waiting:
        each = waiting.pop()
        if id(each) in twice:
            raise Unreadable(CodedMessage("twice", name=plain(twice[id(each)])), body)
        waiting += each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()


class Beside:
    """Reads what is only said beside the state; what makes no sense becomes a remark."""

    def __init__(self, data: dict, body: bytes, remarks: list[dict]):
        self.data, self.body, self.remarks = data, body, remarks

    def fact(self, name: str, reader, otherwise):
        try:
            return reader(self.data.get(name))
        except Unreadable as error:
            self.remarks.append(CodedMessage("beside", name=name, reason=error.coded).to_json())
            return otherwise


def odd_event(event, message: CodedMessage) -> OddEvent:
    """What is kept of an event that makes no sense."""
    facts = event if isinstance(event, dict) else {}
    named = {name: facts[name] for name in ("event_id", "client_ref")
             if isinstance(facts.get(name), str) and len(facts[name]) <= LONGEST_REFERENCE and is_storable(facts[name])}
    try:
        text = json.dumps(event, ensure_ascii=False, sort_keys=True)
    except (RecursionError, ValueError):
        text = "…"
    stored = "".join(char if is_storable(char) else "?" for char in text[:LONGEST_TEXT])
    return OddEvent(coded=message.to_json(), text=stored, **named)


def is_storable(text: str) -> bool:
    """Tell whether a database holds this text."""
    return not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text)


def no_constant(name):
    raise ValueError(f"{name} is not JSON")


def object_of(value: dict, key: str, body: bytes) -> dict:
    inner = value.get(key)
    if not isinstance(inner, dict):
        raise Unreadable(CodedMessage("no_object_named", name=key), body)
    return inner


def count_of(number, body: bytes):
    """A number of a revision or an event; its type is asked by the record that it goes into."""
    if type(number) is int and not 0 <= number <= HIGHEST_COUNT:
        raise Unreadable(CodedMessage("no_count", value=plain(number)), body)
    return number


def reference_of(text, body: bytes):
    """A name that the platform gave; a database cannot hold one with a null character."""
    if isinstance(text, str) and "\0" in text:
        raise Unreadable(CodedMessage("null_character"), body)
    if isinstance(text, str) and len(text) > LONGEST_REFERENCE:
        raise Unreadable(CodedMessage("long_reference", length=len(text)), body)
    return text


def number_of(text, body: bytes):
    """A certificate's number, which stands on a public page: mark-up is none."""
    if isinstance(text, str) and text and not NUMBER.fullmatch(text):
        raise Unreadable(CodedMessage("no_number", value=plain(text)[:SHOWN]), body)
    return reference_of(text, body)


def address_of(text, body: bytes) -> str:
    """An address of the web, which people open."""
    if not isinstance(text, str) or len(text) > LONGEST_ADDRESS or (text and not WEB.fullmatch(text)):
        raise Unreadable(CodedMessage("no_address", value=plain(text)[:SHOWN]), body)
    return text


def moment_of(reader, text, body: bytes):
    if not text:
        return None
    try:
        moment = reader(text)
        if moment.year not in YEARS:
            raise ValueError
        return moment
    except (ValueError, TypeError, AttributeError):
        raise Unreadable(CodedMessage("no_date", value=plain(text)), body) from None


def digest_of(text) -> str:
    return text.removeprefix("sha-256:").lower() if isinstance(text, str) else ""
