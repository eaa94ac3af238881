"""What the templates of the status pages ask for: translated texts, names of codes, an application's content."""

from __future__ import annotations

import datetime as dt

from rcep_link.application import Application

from . import clock
from .application_record import ApplicationRecord
from .codelists import NAMES
from .faults import KINDS
from .translations import KINDS_ZH, LANGUAGES, LOOKS, WORDS
from .wire import PROFILE, STATE_WORDS, TABLES


class StatusView:
    """The pages in one language; ``secret`` goes into every form."""

    looks = LOOKS

    def __init__(self, language: str, secret: str):
        self.language, self.secret = language, secret
        self._at = LANGUAGES.index(language)

    def text(self, word: str) -> str:
        """A text of the page itself."""
        return WORDS[word][self._at]

    def name(self, table: str, code: str) -> str:
        """A code's name in a code list."""
        return NAMES[table][code][self._at]

    def named(self, table: str, code: str) -> str:
        """A code's name with the code; the code alone where the list does not know it."""
        return f"{self.name(table, code)} ({code})" if code in NAMES[table] else code

    def fault(self, kind: str) -> str:
        """What a kind of fault does."""
        return (KINDS[kind][1].replace("`", ""), KINDS_ZH[kind])[self._at]

    @staticmethod
    def application(record: ApplicationRecord) -> Application:
        """The content of an application."""
        return PROFILE.read_application_body(record.body)

    @staticmethod
    def wire_state(state: str) -> str:
        """A state's word on the wire."""
        return STATE_WORDS[state]

    @staticmethod
    def canonical_state(word: str) -> str:
        """The state that a word on the wire means."""
        return TABLES["states"][word]

    @staticmethod
    def time_of(seconds: float) -> str:
        """ISO 8601 of seconds since 1970."""
        return clock.text(dt.datetime.fromtimestamp(seconds, dt.timezone.utc))
