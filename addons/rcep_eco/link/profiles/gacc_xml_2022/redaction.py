"""Turns a real reply into one that may be shown: its shape and what the office says stay, the firm's own facts go.

Whoever tries this interface first has what nobody here has seen: real replies. They are of use to this project's tests,
and say whose goods went to whom; so what the application said is replaced by the name of its field.

>>> redacted("<CertNo>RC26MA2EXAMPL0007</CertNo><Note>YJ7 91330200MA2EXAMPL8 有误</Note>", {"YJ7": "seller"})
'<CertNo>RC26XXXXXXXXX0001</CertNo><Note>[seller] [number] 有误</Note>'
>>> redacted('<Note of="YJ"><!-- YJ --><![CDATA[YJ & CO]]> YJ/n&amp; CO</Note>', {"YJ & CO": "seller"})
'<Note of="[attribute]">[seller] [seller]</Note>'
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from .reader import without_personal

NUMBER = re.compile(r"(?<![0-9A-Z])([A-Z]{1,2}\d\d)[0-9A-Z]{9}(\d{4})(?![0-9A-Z])")  # of a certificate
# Credit codes, phones, accounts and whatever else has so many digits; moments have signs between theirs.
DIGITS = re.compile(r"(?<![0-9A-Za-z])(?=[0-9A-Z-]*\d{4})[0-9A-Z][0-9A-Z-]{6,}(?![0-9A-Za-z])")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
FILE = re.compile(r"[0-9A-Za-z+/]{40,}={0,2}")  # the content of one, as messages hold it
COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.DOTALL)
CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
TAGS = re.compile(r"(<\?xml[^<>]*>|</?[A-Za-z_](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)")
ATTRIBUTE = re.compile(r"(\s(?!xmlns|xsi:)[\w:.-]+\s*=\s*)(?:\"[^\"]*\"|'[^']*')")
DECLARATION = "<?xml"
IDENTITY = re.compile(r"(?<=<Id>)[^<]+")
KEPT = re.compile(r"\d{4}-\d{2}-\d{2}|[A-Z]{1,2}\d\dX{9}\d{4}|UTF-8")
SHORTEST = 3  # characters of a fact that is looked for: a shorter one stands in many words
BETWEEN = r"(?:\s|/[nN])*"  # words of a fact: lines are broken in more than one way


def redacted(text: str, facts: Mapping[str, str]) -> str:
    """A reply without the firm's facts.

    :param facts: what the application said, and by what name it is replaced
    """
    numbers: dict[str, str] = {}

    def number(found):
        return numbers.setdefault(found[0], f"{found[1]}{'X' * 9}{len(numbers) + 1:04d}")

    text = CDATA.sub(lambda found: escape(found[1]), COMMENT.sub("", text))
    text = IDENTITY.sub("[id]", NUMBER.sub(number, without_personal(text)))
    return "".join(
        _tag(each) if TAGS.fullmatch(each) else escape(_without(html.unescape(each), facts))
        for each in TAGS.split(text)
    )


def _tag(text):
    """Names of elements stay; what stands in their attributes may be anybody's."""
    return text if text.startswith(DECLARATION) else ATTRIBUTE.sub(r'\1"[attribute]"', text)


def _without(text, facts):
    for fact in sorted(facts, key=len, reverse=True):
        if len(fact) >= SHORTEST and not KEPT.fullmatch(fact):
            words = BETWEEN.join(map(re.escape, fact.split()))
            text = re.sub(words, lambda _found, fact=fact: f"[{facts[fact]}]", text, flags=re.IGNORECASE)
    text = MAIL.sub("[mail]", FILE.sub("[file]", text))
    return DIGITS.sub(lambda found: found[0] if KEPT.fullmatch(found[0]) else "[number]", text)
