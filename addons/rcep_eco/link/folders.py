"""Carries messages as files, through folders that another program empties and fills.

A client of the single window takes what lies in *out*, moves it to *sent* or *failed*, and puts replies into *in*.
The promise is that of any link: a message arrives exactly once. So a file has one name for life, made of the
application's reference and the revision; it is written under another name and renamed; and before it is written again,
*out*, *sent*, *failed* and *in* are asked for it. A file that was there once and is nowhere now is a person's matter.

>>> name_of("0b6e", 2), reference_of("0b6e-2"), reference_of("letter")
('0b6e-2', ('0b6e', 2), None)
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import http
import os
import pathlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from .canonical import digest
from .errors import FileRefused, LinkError, NotFound, NotSent, Placed, Unreadable, Waiting, plain
from .event import Event, EventPage, OddEvent, Outcome
from .said import Said

OUT, SENT, FAILED, IN = "out", "sent", "failed", "in"
PARTS = (OUT, SENT, FAILED, IN)
TAKEN_REPLY, REFUSED_REPLY = "taken", "refused"  # what the client's own reply in IN says of a file
NAME = re.compile(r"(.+)-([1-9]\d{0,8})")
WRITING = ".writing"  # what a file is called until it is whole
REPLY_LIMIT = 10 * 1024 * 1024  # bytes
MOST_FILES = 20_000  # in one folder; what is not seen there may be written again, so more are none
NOT_TAKEN = http.HTTPStatus.UNPROCESSABLE_ENTITY.value
SETTLED = dt.timedelta(minutes=1)  # a reply that is younger may still be written
CLOCKS_DIFFER = dt.timedelta(minutes=10)  # ours and the office's, at most
ODD_KEPT = 1000  # characters of what makes no sense
AHEAD = dt.timedelta(days=1)  # what is said to be later than this was not said yet


def name_of(client_ref: str, revision: int) -> str:
    """The name of a message's file, without its suffix."""
    return f"{client_ref}-{revision}"


def reference_of(name: str) -> tuple[str, int] | None:
    """(reference, revision) of a file's name, None where it is none of ours."""
    found = NAME.fullmatch(name)
    return (found[1], int(found[2])) if found else None


class Entry(NamedTuple):
    """A file in a folder; ``changed`` in UTC."""

    name: str
    size: int
    changed: dt.datetime


class Away(Exception):
    """One file cannot be read now; its folder can."""


class Place:
    """Folders on this machine, or mounted here.

    :param root: the folder that the client calls its own
    :param parts: {``out``, ``sent``, ``failed``, ``in``: path below it}
    """

    def __init__(self, root: str, parts: dict[str, str]):
        self._root, self._parts = pathlib.Path(root), parts

    def folder(self, part: str) -> str:
        """Where a part is, for people."""
        return str(self._path(part))

    def entries(self, part: str) -> Iterator[Entry]:
        """The files of a folder; no order is promised."""
        with self._reaching(part), os.scandir(self._path(part)) as found:
            for number, each in enumerate(found):
                if number >= MOST_FILES:
                    raise NotSent(Said("folder_crowded", folder=self.folder(part), most=MOST_FILES))
                with contextlib.suppress(FileNotFoundError):  # taken meanwhile
                    if each.is_file(follow_symlinks=False):
                        stat = each.stat(follow_symlinks=False)
                        yield Entry(each.name, stat.st_size, dt.datetime.fromtimestamp(stat.st_mtime, dt.timezone.utc))

    def fetch(self, part: str, name: str, most: int = REPLY_LIMIT) -> bytes:
        """The content of a file, at most one byte more than ``most``.

        :raises Away: it cannot be read now: taken meanwhile, locked, or a link
        """
        with self._reaching(part):
            try:
                with open(self._path(part) / name, "rb", opener=_no_link) as file:
                    return file.read(most + 1)
            except OSError as error:
                if self._path(part).is_dir():
                    raise Away(name) from error
                raise

    def put(self, part: str, name: str, content: bytes) -> None:
        """Have a file there whole, or not at all; one of that name that is there already stays as it is."""
        path = self._path(part)
        temporary, whole = path / f".{name}{WRITING}", path / name
        try:
            with self._writing(part):
                temporary.unlink(missing_ok=True)  # left by a process that ended, or a link that leads elsewhere
                with temporary.open("xb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                if whole.exists():
                    return
                temporary.rename(whole)
        finally:
            with contextlib.suppress(OSError):  # it was renamed, or the folder is gone
                temporary.unlink()

    def free(self) -> int:
        """Bytes that are free where the folders are."""
        with self._reaching(OUT):
            found = os.statvfs(self._path(OUT))
            return found.f_bavail * found.f_frsize

    def check(self, part: str) -> None:
        """See that a folder is there and can be read, and *out* be written into.

        :raises NotSent: where it cannot
        """
        next(iter(self.entries(part)), None)
        if part == OUT and not os.access(self._path(part), os.W_OK | os.X_OK):
            raise NotSent(Said("folder_unwritable", folder=self.folder(part), reason=Said("no_right")))

    def _path(self, part):
        return self._root / self._parts[part]

    @contextlib.contextmanager
    def _reaching(self, part):
        try:
            yield
        except FileNotFoundError as error:
            raise NotSent(Said("folder_gone", folder=self.folder(part), reason=_reason(error))) from error
        except OSError as error:
            raise NotSent(Said("folder_unreadable", folder=self.folder(part), reason=_reason(error))) from error

    @contextlib.contextmanager
    def _writing(self, part):
        try:
            yield
        except FileNotFoundError as error:
            raise NotSent(Said("folder_gone", folder=self.folder(part), reason=_reason(error))) from error
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise NotSent(Said("folder_full", folder=self.folder(part))) from error
            raise NotSent(Said("folder_unwritable", folder=self.folder(part), reason=_reason(error))) from error


def _no_link(path, flags):
    """Whoever may write into the folder cannot have us read another file by a link to it."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _reason(error):
    return plain(os.strerror(error.errno) if error.errno else type(error).__name__)


class NoPlace:
    """No folders: people carry the files."""

    def entries(self, part: str) -> Iterator[Entry]:
        return iter(())


class Sent(NamedTuple):
    """An application that bears a number: its reference, and (revision, when it left in UTC, hash of its content).

    The earliest revision stands first; what has not left is none.
    """

    client_ref: str
    revisions: Sequence[tuple[int, dt.datetime, str]]

    def at(self, moment: dt.datetime) -> tuple[int, str] | None:
        """(revision, hash) of what a receipt of a moment is about: the last that had left by then.

        None where none had: somebody else uses that number too, and what is said is said of theirs.
        """
        left = [(revision, content) for revision, at, content in self.revisions if at <= moment]
        first = [(revision, content) for revision, at, content in self.revisions[:1] if at - CLOCKS_DIFFER <= moment]
        return (left or first or [None])[-1]


class FolderClient:
    """One company's way to a client of the single window; the calls of `client.Client` that such a wire has.

    :param resolve: gives {number: `Sent`} of the numbers of applications
    :param known: whether a reply with this fingerprint was read before
    :param seen: files in *in* that were read and kept, shared by the clients of one process
    """

    skew = None  # a folder has no clock

    def __init__(
        self,
        profile,
        place,
        resolve: Callable[[Sequence[str]], dict],
        known: Callable[[str], bool],
        seen: set[Entry] | None = None,
    ):
        self.profile, self.place = profile, place
        self._resolve, self._known = resolve, known
        self._seen = set() if seen is None else seen

    # --- out
    def submit(self, client_ref: str, body: bytes, message_id: str, revision: int = 0) -> Outcome:
        """Write the message's file.

        :raises Placed: it lies there now, and whoever empties the folder has not taken it
        :raises NotSent: nothing was written
        """
        self.place.put(OUT, f"{name_of(client_ref, revision)}{self.profile.suffix}", body)
        return self.status(client_ref, revision)

    def status(self, client_ref: str, revision: int = 0) -> Outcome:
        """What became of the file of a revision, or of the last one.

        :raises NotFound: it is in no folder, and no reply names it
        :raises Placed: it lies in *out*
        :raises FileRefused: the client put it among what failed
        """
        found = self._found(client_ref)
        if revision:
            found = [each for each in found if each[0] == revision]
        if not found:
            raise NotFound(http.HTTPStatus.NOT_FOUND.value, "not_found", Said("file_nowhere"))
        newest = max(number for number, _part, _entry in found)
        parts = {part: entry for number, part, entry in found if number == newest}
        if FAILED in parts or REFUSED_REPLY in parts:
            raise self._refused(client_ref, newest)
        if SENT not in parts and TAKEN_REPLY not in parts:
            since = parts[OUT].changed.strftime("%Y-%m-%d %H:%M")
            raise Placed(Said("file_waits", since=since))
        where = next((part for part in (SENT, OUT) if part in parts), None)
        content = self._content(where, parts[where].name) if where else b""
        return Outcome(
            client_ref=client_ref, revision=newest, state="submitted",
            content_digest=digest(content) if content else "",
        )  # fmt: skip

    def _content(self, part, name):
        try:
            return self.place.fetch(part, name)
        except (Away, LinkError):  # moved on meanwhile: then what it holds is not known
            return b""

    def _found(self, client_ref):
        """Where the files of an application are, as (revision, part, entry); a reply says how it went."""
        found = []
        for part in (OUT, SENT, FAILED):
            for entry in self.place.entries(part):
                name = re.sub(f"{re.escape(self.profile.suffix)}$", "", entry.name, flags=re.IGNORECASE)
                known = reference_of(name)
                if known and known[0] == client_ref and name != entry.name:
                    found.append((known[1], part, entry))
        for entry, name, taken in self._replies():
            known = reference_of(name)
            if known and known[0] == client_ref:
                found.append((known[1], TAKEN_REPLY if taken else REFUSED_REPLY, entry))
        return found

    def _replies(self):
        """The client's own replies: (entry, whole name of our file, whether it took it)."""
        for entry in self.place.entries(IN):
            said = self.profile.reply_name(entry.name)
            if said:
                yield entry, *said

    def _refused(self, client_ref, revision):
        """A file that the client refused, in the words of its reply and at the field that these name."""
        for entry, name, taken in self._replies():
            if not taken and reference_of(name) == (client_ref, revision):
                with contextlib.suppress(LinkError, Away):  # then the folder alone says it
                    receipt = self.profile.read_receipt(self.place.fetch(IN, entry.name))
                    event = self.profile.event(receipt, "", client_ref, revision)
                    return FileRefused(NOT_TAKEN, "file", receipt.text or Said("no_reason"), event.errors)
        return FileRefused(NOT_TAKEN, "file", Said("no_reason"))

    # --- in
    def events(self, after: str = "") -> EventPage:
        """Return the replies that were not read before; the folder itself is the place in the feed."""
        read, odd = [], []
        now = dt.datetime.now(dt.timezone.utc)
        for entry in sorted(self.place.entries(IN), key=lambda each: (each.changed, each.name)):
            if entry in self._seen or not entry.name.lower().endswith(self.profile.suffix):
                continue
            try:
                body = self.place.fetch(IN, entry.name)
            except Away:
                continue
            if self._known(digest(body)) or self._is_of_a_file(entry.name, body):
                self._seen.add(entry)
                continue
            wrong = self._sort(entry.name, body, read)
            if wrong and not now - SETTLED <= entry.changed <= now + AHEAD:  # what is younger may be half of a reply
                odd.append(wrong)
        return EventPage(events=self._told(read, odd), odd=tuple(odd), cursor=after)

    def uploaded(self, files: Sequence[tuple[str, bytes]]) -> EventPage:
        """As `events`, of files that a person brought."""
        read = []
        new = [(name, body) for name, body in files if not self._known(digest(body))]
        odd = list(filter(None, (self._sort(name, body, read) for name, body in new)))
        return EventPage(events=self._told(read, odd), odd=tuple(odd), cursor="")

    def _is_of_a_file(self, name, body):
        """Whether this is the client's own word about one of our files, which `status` reads by its name."""
        return bool(self.profile.reply_name(name)) and not self._can_be_read(body)

    def _can_be_read(self, body):
        try:
            self.profile.read_receipt(body)
        except Unreadable:
            return False
        return True

    def _sort(self, name, body, read):
        """Add what a reply says to what was read; what makes no sense (`OddEvent`) is returned."""
        try:
            read.append((digest(body), self.profile.read_receipt(body)))
        except Unreadable as error:
            return self._odd(name, body, error.said)
        return None

    def _odd(self, name, body, said):
        """What makes no sense, with how it begins; it may be an application of ours that was taken for a reply."""
        begins = body[: 4 * ODD_KEPT].decode("utf-8", "replace").replace("\0", "?")
        text = self.profile.without_personal(begins)[:ODD_KEPT]
        return OddEvent(said=said.to_json(), event_id=digest(body), text=f"{plain(name)}\n{text}")

    def _told(self, read, odd) -> tuple[Event, ...]:
        """Receipts as events of the applications whose numbers they name; others are odd."""
        numbers = self._resolve(sorted({receipt.number for _digest, receipt in read})) if read else {}
        events = []
        for fingerprint, receipt in read:
            sent = numbers.get(receipt.number)
            said = _senseless(receipt, sent)
            if said:
                reference = sent.client_ref if sent else ""
                odd.append(
                    OddEvent(said=said.to_json(), event_id=fingerprint, client_ref=reference, text=receipt.text)
                )
            else:
                event = self.profile.event(receipt, fingerprint, sent.client_ref, *sent.at(receipt.moment))
                events.append(event)
        return tuple(events)

    def connect(self) -> None:
        """See that every folder is there and can be used.

        :raises NotSent: where one cannot
        """
        for part in PARTS:
            self.place.check(part)


class HandClient(FolderClient):
    """As a `FolderClient`, where people carry the files: what was sent is known by its replies alone."""

    def submit(self, client_ref: str, body: bytes, message_id: str, revision: int = 0) -> Outcome:
        """
        :raises Waiting: always; the file is ready to be downloaded
        """
        raise Waiting(Said("file_by_hand"))

    def status(self, client_ref: str, revision: int = 0) -> Outcome:
        """As `submit`."""
        raise Waiting(Said("file_by_hand"))

    def connect(self) -> None:
        """There is nothing to connect."""


def _senseless(receipt, sent):
    """Why a receipt is not taken for word of what bears its number (`Sent` or None), or None."""
    facts = {"number": receipt.number, "moment": f"{receipt.moment:%Y-%m-%d %H:%M}"}
    if not sent:
        return Said("receipt_unknown_number", number=receipt.number)
    if not receipt.state:
        return Said("receipt_of_attachment", number=receipt.number)
    if receipt.moment > dt.datetime.now(dt.timezone.utc) + AHEAD:
        return Said("receipt_ahead", **facts)
    return None if sent.at(receipt.moment) else Said("receipt_before", **facts)
