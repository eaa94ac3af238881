"""Where our files lie: one look at every folder serves many questions.

Folders hold up to 20,000 files each and may be far away, and every file that waits is asked for. So they are listed
once, and that holds for a moment. It never answers that a file is *nowhere* to somebody who asks afresh: another sender
may have written it since.

>>> name_of("0b6e", 2), reference_of("0b6e-2"), reference_of("letter")
('0b6e-2', ('0b6e', 2), None)
"""

from __future__ import annotations

import collections
import datetime as dt
import re
import time
from typing import NamedTuple

from .folder_access import FAILED, IN, OUT, SENT, WRITING, Entry, draft_of

TAKEN_REPLY, REFUSED_REPLY = "taken", "refused"  # what the client's own reply in IN says of a file
NAME = re.compile(r"(.+)-([1-9]\d{0,8})")
ABANDONED = dt.timedelta(hours=1)  # what is still being written then was left by a process that ended
HOLDS = 20  # seconds: less than a sender waits before it asks for the same file again


def name_of(client_ref: str, revision: int) -> str:
    """The name of a message's file, without its suffix."""
    return f"{client_ref}-{revision}"


def reference_of(name: str) -> tuple[str, int] | None:
    """(reference, revision) of a file's name, None where it is none of ours."""
    found = NAME.fullmatch(name)
    return (found[1], int(found[2])) if found else None


class Lying(NamedTuple):
    """A file of an application in a folder, or the client's reply to it."""

    revision: int
    part: str  # a folder, TAKEN_REPLY or REFUSED_REPLY
    entry: Entry


class Whereabouts:
    """Where the files of one place lie."""

    def __init__(self, profile, place, clock=time.monotonic):
        self._profile, self._place, self._clock = profile, place, clock
        self._found: dict[str, list[Lying]] = {}
        self._drafts: list[Entry] = []
        self._until = 0.0

    def of(self, client_ref: str, revision: int = 0, *, afresh: bool = False) -> list[Lying]:
        """Where the files of an application lie, or those of one revision.

        :param afresh: look again where the last look did not find any
        """
        if self._clock() >= self._until:
            self._look()
        found = self._chosen(client_ref, revision)
        if not found and afresh:
            self._look()
            found = self._chosen(client_ref, revision)
        return found

    def discard_drafts(self, name: str) -> None:
        """Remove what is left of earlier tries to write a file; who is at it still learns that it may be written."""
        self._discard(each for each in self._drafts if each.name.startswith(draft_of(name)))

    def put(self, client_ref: str, revision: int, entry: Entry) -> None:
        """It was written into *out* just now."""
        self._found.setdefault(client_ref, []).append(Lying(revision, OUT, entry))

    def _chosen(self, client_ref, revision):
        return [each for each in self._found.get(client_ref, ()) if revision in (0, each.revision)]

    def _look(self):
        """In the order in which files go, so that one that moves meanwhile is seen."""
        found, drafts = collections.defaultdict(list), []
        for part in (OUT, SENT, FAILED):
            for entry in self._place.entries(part):
                if entry.name.endswith(WRITING):
                    drafts.append(entry)
                stem = re.sub(f"{re.escape(self._profile.suffix)}$", "", entry.name, flags=re.IGNORECASE)
                known = reference_of(stem)
                if known and stem != entry.name:
                    found[known[0]].append(Lying(known[1], part, entry))
        for entry in self._place.entries(IN):
            name, is_taken = self._profile.reply_name(entry.name) or ("", False)
            known = reference_of(name)
            if known:
                found[known[0]].append(Lying(known[1], TAKEN_REPLY if is_taken else REFUSED_REPLY, entry))
        self._found, self._drafts, self._until = dict(found), drafts, self._clock() + HOLDS
        now = dt.datetime.now(dt.timezone.utc)
        self._discard(each for each in drafts if now - each.changed > ABANDONED)

    def _discard(self, drafts):
        for entry in drafts:
            self._place.discard(OUT, entry.name)


def just_now(name: str, size: int) -> Entry:
    """A file that was written just now."""
    return Entry(name, size, dt.datetime.now(dt.timezone.utc))
