"""Carries messages as files, through folders that another program empties and fills.

A client of the single window takes what lies in *out*, moves it to *sent* or *failed*, and puts replies into *in*.
The promise is that of any link: a message arrives exactly once. So a file has one name for life, made of the
application's reference and the revision; it is written under another name and renamed (`places`); and before it is
written, *out*, *sent*, *failed* and *in* are looked through for it (`whereabouts`). A file that was there once and is
nowhere now is a person's matter.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import datetime as dt
import http
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from . import guarded_connections
from .canonical import digest
from .coded_message import CodedMessage
from .errors import FileRefused, LinkError, NotFound, Placed, Unreadable, Waiting, plain
from .event import AttachmentReceipt, EventPage, OddEvent, Outcome
from .file_listing import REFUSED_REPLY, TAKEN_REPLY, Whereabouts, just_now, name_of
from .filing_party import NOBODY, Filer
from .folder_access import FAILED, IN, OUT, PARTS, SENT, Away, Entry
from .onboarding import Case, Claim, Judged, Report

REPLY_LIMIT = 10 * 1024 * 1024  # bytes
OURS_LIMIT = 64 * 1024 * 1024  # bytes of a file under our name that are compared: none of ours is longer
NOT_TAKEN = http.HTTPStatus.UNPROCESSABLE_ENTITY.value
SETTLED = dt.timedelta(minutes=1)  # a reply that is younger may still be written
CLOCKS_DIFFER = dt.timedelta(minutes=10)  # ours and the office's, at most
ODD_KEPT = 1000  # characters of what makes no sense
REPLY_KEPT = 20_000  # characters of a reply as it came
AHEAD = dt.timedelta(days=1)  # what is said to be later than this was not said yet
LONGEST_RUN = 3600  # seconds of reading, where nobody says how many there are
MOST_TRIES = 12  # at reading a reply, each some minutes after the last; then a person is asked to look


class Memory:
    """What one process knows of the files in *in*: which were read and kept, how often others could not be read."""

    def __init__(self):
        self.done: set[Entry] = set()
        self.tries: collections.Counter[Entry] = collections.Counter()

    def forget_others(self, entries: set[Entry]) -> None:
        """Keep what is there only."""
        self.done &= entries
        self.tries = collections.Counter({each: self.tries[each] for each in self.tries.keys() & entries})


class Sent(NamedTuple):
    """An application that bears a number: its reference, and (revision, when it left in UTC, hash of its content).

    The earliest revision stands first; what has not left is none.
    """

    client_ref: str
    revisions: Sequence[tuple[int, dt.datetime, str]]
    attachments: Mapping[str, str] = MappingProxyType({})  # references of what was sent with it, by names of files

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
    :param memory: of the files in *in*, shared by the clients of one process
    :param filer: who files over this connection, for a trial
    :param attachments: the same for the folders of attachments, where it has such
    """

    skew = None  # a folder has no clock

    def __init__(
        self,
        profile,
        place,
        resolve: Callable[[Sequence[str]], dict],
        known: Callable[[str], bool],
        memory: Memory | None = None,
        *,
        attachments: FolderClient | None = None,
        filer: Filer = NOBODY,
    ):
        self.profile, self.place = profile, place
        self._resolve, self._known = resolve, known
        self._memory = memory or Memory()
        self._whereabouts = Whereabouts(profile, place)
        self.attachments = attachments
        self.filer = filer

    # --- out
    def submit(self, client_ref: str, body: bytes, message_id: str, revision: int = 0) -> Outcome:
        """Write the message's file, unless it lies somewhere: this database may have been restored since.

        :raises Placed: it lies there now, and whoever empties the folder has not taken it
        :raises NotSent: nothing was written
        :raises UnknownOutcome: it may have been written
        """
        found = self._whereabouts.of(client_ref, revision)
        if found:
            return dataclasses.replace(self._became(client_ref, found), duplicate=True)
        name = f"{name_of(client_ref, revision)}{self.profile.suffix}"
        self._whereabouts.discard_drafts(name)
        self.place.put(OUT, name, body)
        entry = just_now(name, len(body))
        self._whereabouts.put(client_ref, revision, entry)
        raise _placed(entry)

    def status(self, client_ref: str, revision: int = 0) -> Outcome:
        """What became of the file of a revision, or of the last one.

        :raises NotFound: it is in no folder, and no reply names it
        :raises Placed: it lies in *out*
        :raises FileRefused: the client put it among what failed
        """
        found = self._whereabouts.of(client_ref, revision, afresh=True)
        if not found:
            raise NotFound(http.HTTPStatus.NOT_FOUND.value, "not_found", CodedMessage("file_nowhere"))
        return self._became(client_ref, found)

    def _became(self, client_ref, found):
        newest = max(each.revision for each in found)
        parts = {each.part: each.entry for each in found if each.revision == newest}
        if FAILED in parts or REFUSED_REPLY in parts:
            replies = [each.entry for each in found if (each.revision, each.part) == (newest, REFUSED_REPLY)]
            raise self._refused(client_ref, newest, replies)
        if SENT not in parts and TAKEN_REPLY not in parts:
            raise _placed(parts[OUT])
        where = next((part for part in (SENT, OUT) if part in parts), None)
        content = self._content(where, parts[where].name) if where else b""
        return Outcome(
            client_ref=client_ref, revision=newest, state="submitted",
            content_digest=digest(content) if content else "",
        )  # fmt: skip

    def _content(self, part, name):
        try:
            return self.place.fetch(part, name, OURS_LIMIT)
        except (Away, LinkError):  # moved on meanwhile: then what it holds is not known
            return b""

    def _refused(self, client_ref, revision, replies):
        """A file that the client refused, in the words of its reply and at the field that these name."""
        for entry in replies:
            with contextlib.suppress(LinkError, Away):  # then the folder alone says it
                receipt = self.profile.read_receipt(self.place.fetch(IN, entry.name))
                errors = self.profile.errors(receipt)
                return FileRefused(NOT_TAKEN, "file", receipt.text or CodedMessage("no_reason"), errors)
        return FileRefused(NOT_TAKEN, "file", CodedMessage("no_reason"))

    # --- in
    def events(self, after: str = "") -> EventPage:
        """Return the replies that were not read before; the folder itself is the place in the feed."""
        read, odd = [], []
        now = dt.datetime.now(dt.timezone.utc)
        time = guarded_connections.left(LONGEST_RUN)
        entries = sorted(self.place.entries(IN), key=lambda each: (each.changed, each.name))
        self._memory.forget_others(set(entries))
        for entry in entries:
            if entry in self._memory.done or not entry.name.lower().endswith(self.profile.suffix):
                continue
            if (
                read and guarded_connections.left(LONGEST_RUN) < time / 2
            ):  # these are kept first; the others are read in the next run
                break
            wrong = self._read(entry, read)
            if wrong and not now - SETTLED <= entry.changed <= now + AHEAD:  # what is younger may be half of a reply
                odd.append(wrong)
        return self._with_attachments(self._page(read, odd, after))

    def _with_attachments(self, page):
        """Replies to attachments lie in folders of their own, and hold up no certificate."""
        if not self.attachments:
            return page
        try:
            more = self.attachments.events()
        except LinkError as error:
            remark = CodedMessage("attachments_unread", reason=error.coded).to_json()
            return dataclasses.replace(page, remarks=(*page.remarks, remark))
        return dataclasses.replace(
            page,
            events=page.events + more.events,
            attachments=page.attachments + more.attachments,
            odd=page.odd + more.odd,
        )

    def _read(self, entry, read):
        """Add what a reply says to what was read; what makes no sense (`OddEvent`) is returned."""
        body, why = None, CodedMessage("reply_long", most=REPLY_LIMIT // (1024 * 1024))
        if entry.size <= REPLY_LIMIT:
            try:
                body = self.place.fetch(IN, entry.name, REPLY_LIMIT)
            except Away:
                self._memory.tries[entry] += 1
                if self._memory.tries[entry] < MOST_TRIES:
                    return None
                why = CodedMessage("reply_locked", name=plain(entry.name), tries=MOST_TRIES)
        if body is None or len(body) > REPLY_LIMIT:  # it is known by its name then, and read once it can be
            fingerprint = _fingerprint(entry)
            return None if self._known(fingerprint) else OddEvent(
                coded=why.to_json(), event_id=fingerprint, text=plain(entry.name))  # fmt: skip
        if self._known(digest(body)) or self._is_of_a_file(entry.name, body):
            self._memory.done.add(entry)
            return None
        return self._sort(entry.name, body, read)

    def uploaded(self, files: Sequence[tuple[str, bytes]]) -> EventPage:
        """As `events`, of files that a person brought."""
        read = []
        new = [(name, body) for name, body in files if not self._known(digest(body))]
        odd = list(filter(None, (self._sort(name, body, read) for name, body in new)))
        return self._page(read, odd, "")

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
            receipt = self.profile.read_receipt(body)
            text = self.profile.without_personal(body[: 4 * REPLY_KEPT].decode("utf-8", "replace"))[:REPLY_KEPT]
            read.append((digest(body), receipt, text.replace("\0", "?")))
        except Unreadable as error:
            return self._odd(name, body, error.coded)
        return None

    def _odd(self, name, body, message):
        """What makes no sense, with how it begins; it may be an application of ours that was taken for a reply."""
        begins = body[: 4 * ODD_KEPT].decode("utf-8", "replace").replace("\0", "?")
        text = self.profile.without_personal(begins)[:ODD_KEPT]
        return OddEvent(coded=message.to_json(), event_id=digest(body), text=f"{plain(name)}\n{text}")

    def _page(self, read, odd, cursor) -> EventPage:
        """Receipts as events of the applications whose numbers they name, or of their attachments; others are odd."""
        numbers = self._resolve(sorted({receipt.number for _digest, receipt, _text in read})) if read else {}
        events, attachments = [], []
        for fingerprint, receipt, text in read:
            sent = numbers.get(receipt.number)
            result = _senseless(receipt, sent)
            if result:
                reference = sent.client_ref if sent else ""
                odd.append(
                    OddEvent(coded=result.to_json(), event_id=fingerprint, client_ref=reference, text=receipt.text)
                )
            elif receipt.attachment:
                attachments.append(_of_attachment(receipt, fingerprint, sent, text))
            else:
                event = self.profile.event(receipt, fingerprint, sent.client_ref, *sent.at(receipt.moment))
                events.append(dataclasses.replace(event, raw={"reply": text}))
        return EventPage(events=tuple(events), attachments=tuple(attachments), odd=tuple(odd), cursor=cursor)

    # --- the trial: shown here, since the office has no place for it
    def conformance(self) -> tuple[Case, ...]:
        """What a trial shows."""
        return self.profile.cases

    def report_run(self, run_ref: str, claims: Sequence[Claim], _message_id: str) -> Report:
        """What came of a trial; nothing leaves."""
        judged = tuple(Judged(case=each.case, passed=each.outcome == "passed") for each in claims)
        return Report(run_id=run_ref, passed=all(each.passed for each in judged), cases=judged)

    def connect(self) -> None:
        """See that every folder is there and can be used.

        :raises NotSent: where one cannot
        """
        for part in PARTS:
            self.place.check(part)
        if self.attachments:
            self.attachments.connect()


class HandClient(FolderClient):
    """As a `FolderClient`, where people carry the files: what was sent is known by its replies alone."""

    def submit(self, client_ref: str, body: bytes, message_id: str, revision: int = 0) -> Outcome:
        """
        :raises Waiting: always; the file is ready to be downloaded
        """
        raise Waiting(CodedMessage("file_by_hand"))

    def status(self, client_ref: str, revision: int = 0) -> Outcome:
        """As `submit`."""
        raise Waiting(CodedMessage("file_by_hand"))

    def connect(self) -> None:
        """There is nothing to connect."""


def _placed(entry):
    """A file that lies in *out*."""
    return Placed(CodedMessage("file_waits", since=entry.changed.strftime("%Y-%m-%d %H:%M")))


def _fingerprint(entry):
    """What tells a reply from others where its content is not known: its name, size and time."""
    return digest(f"{entry.name}|{entry.size}|{entry.changed.isoformat()}".encode())


def _of_attachment(receipt, fingerprint, sent, text):
    return AttachmentReceipt(
        event_id=fingerprint,
        client_ref=sent.attachments[receipt.attachment],
        accepted=receipt.accepted,
        occurred_at=receipt.moment,
        text=receipt.text,
        reply=text,
    )


def _senseless(receipt, sent):
    """Why a receipt is not taken for word of what bears its number (`Sent` or None), or None."""
    facts = {"number": receipt.number, "moment": f"{receipt.moment:%Y-%m-%d %H:%M}"}
    if not sent:
        return CodedMessage("receipt_unknown_number", number=receipt.number)
    if receipt.attachment and receipt.attachment not in sent.attachments:
        return CodedMessage("receipt_of_attachment", number=receipt.number, name=plain(receipt.attachment))
    if receipt.moment > dt.datetime.now(dt.timezone.utc) + AHEAD:
        return CodedMessage("receipt_ahead", **facts)
    return None if sent.at(receipt.moment) else CodedMessage("receipt_before", **facts)
