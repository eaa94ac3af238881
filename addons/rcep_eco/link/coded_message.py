"""A sentence as its code and its facts, so that whoever reads it later reads it in a language of their own.

``str()`` is the sentence in English. A fact is text, a number, another sentence, or several of these.

>>> str(CodedMessage("busy", seconds=60))
'The platform is busy and asks to be called again in 60 seconds.'
>>> stored = CodedMessage("not_sent_no_token", reason=CodedMessage("busy", seconds=60)).to_json()
>>> stored["facts"]["reason"]["code"]
'busy'
>>> str(CodedMessage.from_json(stored))
'The platform gave no access token, so the message was not sent. The platform is busy and asks to be called again in 60 seconds.'
>>> str(CodedMessage.of("what another says"))
'what another says'
"""  # noqa: E501  one line is what is printed

from __future__ import annotations

import re
from collections.abc import Callable

from .message_texts import BARE, SENTENCES

PLAIN = "plain"  # the code of text that somebody else wrote: it is shown as it is
_GAPS = re.compile(r"[ \t]{2,}")


class CodedMessage:
    """A sentence that can be read in any language."""

    __slots__ = ("code", "facts")

    def __init__(self, code: str, /, **facts):
        self.code, self.facts = code, facts

    def __repr__(self):
        return f"CodedMessage({self.code!r}, **{self.facts!r})"

    def __eq__(self, other):
        return isinstance(other, CodedMessage) and self.to_json() == other.to_json()

    __hash__ = None

    def __str__(self):
        return self.in_words(lambda code: {**SENTENCES, **BARE}.get(code, code))

    @classmethod
    def of(cls, text) -> CodedMessage:
        """A sentence as it is, or text of somebody else's as one."""
        return text if isinstance(text, CodedMessage) else cls(PLAIN, text=str(text))

    def to_json(self) -> dict:
        """As it is stored."""
        return {"code": self.code, "facts": {name: _to_json(fact) for name, fact in self.facts.items()}}

    @classmethod
    def from_json(cls, stored: dict) -> CodedMessage:
        """As it was stored."""
        return cls(stored["code"], **{name: _from_json(fact) for name, fact in stored["facts"].items()})

    def in_words(self, template: Callable[[str], str], shown: Callable | None = None) -> str:
        """The sentence, by the templates of a language.

        :param template: the text of a code, with places such as ``%(name)s``
        :param shown: how a message is read that stands among the facts; as this one, where nothing is given
        """
        if self.code == PLAIN:
            return str(self.facts.get("text", ""))
        shown = shown or (lambda each: each.in_words(template))
        facts = _Facts({name: _shown(fact, shown) for name, fact in self.facts.items()})
        return _GAPS.sub(" ", template(self.code) % facts).strip()


class _Facts(dict):
    """Facts of a sentence; one that is not there is left out, whoever wrote what is stored."""

    def __missing__(self, name):
        return "…"


def _shown(fact, shown):
    if isinstance(fact, (list, tuple)):
        return " ".join(str(_shown(each, shown)) for each in fact)
    return shown(fact) if isinstance(fact, CodedMessage) else fact


def _to_json(fact):
    if isinstance(fact, (list, tuple)):
        return [_to_json(each) for each in fact]
    return fact.to_json() if isinstance(fact, CodedMessage) else fact


def _from_json(fact):
    if isinstance(fact, list):
        return [_from_json(each) for each in fact]
    return CodedMessage.from_json(fact) if isinstance(fact, dict) else fact
