"""What can go wrong between us and a platform, as one small tree that tells *what may be done next*.

==================  ===========================================  ==========================================
raised              what is known                                next step
==================  ===========================================  ==========================================
`NotSent`           nothing reached the platform                 send the same message again
`UnknownOutcome`    it may have arrived; no readable answer      ask by ``client_ref`` first, never resend
`Waiting`           it lies where it is taken from           ask again later
`Refused`           the platform read it and said no             correct, by field path
`Conflict`          same key, other content; or not editable     a user's task
`Unauthorised`      token, key or signature was not accepted     the administrator's task
`NotFound`          the platform never received it               send
`Busy`              not now                                      again after ``retry_after`` seconds
`BadSignature`      a message to us is not what was signed       answer 401, store nothing
`Unreadable`        a message to us has no sense                 keep the raw text, answer 400
==================  ===========================================  ==========================================

Each ``coded`` is a message for a person (:class:`coded_message.CodedMessage`), ``str()`` the same in English; neither
ever holds a token, a secret or a key.

>>> from rcep_link.record import FieldError
>>> wrong = FieldError(path="items.0.hs6", code="hs", message="six digits")
>>> str(Refused(422, "invalid", "The goods are incomplete", [wrong]))
'The platform refused the message (422 invalid): The goods are incomplete. items.0.hs6: six digits.'
"""

from __future__ import annotations

from .coded_message import CodedMessage

TEXT_LIMIT = 300  # characters of a platform's own words that are repeated
DEFAULT_WAIT = 60  # seconds, where a busy platform names no time
LONGEST_WAIT = 86_400


class LinkError(Exception):
    """Anything the platform link raises; ``coded`` is its message, by code."""

    def __init__(self, message: CodedMessage | str = ""):
        self.coded = CodedMessage.of(message)
        super().__init__(str(self.coded))


class NotSent(LinkError):
    """Nothing reached the platform: the same message may be sent again."""


class TimeOver(NotSent):
    """The time that a caller gave to several calls was used up by the earlier ones."""


class KeyUnusable(NotSent):
    """Our own signing key did not sign; nothing left this machine."""


class UnknownOutcome(LinkError):
    """The message may have arrived, but no readable answer came: ask first, never resend blindly."""


class Waiting(UnknownOutcome):
    """It lies where another takes it from, who has not come yet: asked again later; nothing is wrong."""

    placed = False  # whether it was seen there, and not only made ready


class Placed(Waiting):
    """Its file was seen in the folder from which it is taken."""

    placed = True


class Gone(Waiting):
    """Its file was seen in the folder and is nowhere now: only a person can say whether it was taken."""


class BadSignature(LinkError):
    """A received message is unsigned, altered, stale, or signed by a key that is not known."""


class UnknownKey(BadSignature):
    """It is signed with a key whose name is not known here: the platform may have announced it meanwhile."""


class Unreadable(LinkError):
    """A received body does not say what the profile promises; ``raw`` keeps its first characters."""

    def __init__(self, message: CodedMessage | str, raw: bytes = b""):
        self.raw = raw[:TEXT_LIMIT]
        super().__init__(message)


class Refused(LinkError):
    """The platform read the message and refused it; ``errors`` are `FieldError` with canonical paths."""

    what = "refused"  # the code of its sentence

    def __init__(self, status: int, code: str, message: CodedMessage | str, errors=(), request_id: str = ""):
        self.status = status
        self.code = plain(code)
        self.message = message if isinstance(message, CodedMessage) else plain(message).rstrip(".")
        self.errors = tuple(errors)
        self.request_id = plain(request_id)
        super().__init__(
            CodedMessage(
                self.what,
                status=self.status,
                code=self.code,
                message=self.message,
                errors=[CodedMessage("wrong_at", where=e.path, what=plain(e.message).rstrip(".")) for e in self.errors],
                request=CodedMessage("request_number", number=self.request_id) if self.request_id else "",
            )
        )


class FileRefused(Refused):
    """A message that travelled as a file was refused by whoever takes the files: the answer to asking for it."""

    what = "file_refused"


class Unauthorised(Refused):
    """Client number, secret, token, key or signature was not accepted (401 or 403)."""

    what = "unauthorised"


class NotFound(Refused):
    """The platform does not know the reference (404): for an application, it was never received."""

    what = "not_found"


class Conflict(Refused):
    """The platform holds something else under this key, or no longer takes changes (409)."""

    what = "conflict"


class Busy(LinkError):
    """The platform asks for a pause (429 or 503); ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int | None = None, request_id: str = ""):
        self.retry_after = min(max(DEFAULT_WAIT if retry_after is None else retry_after, 1), LONGEST_WAIT)
        self.request_id = plain(request_id)
        super().__init__(CodedMessage("busy", seconds=self.retry_after))


def plain(text) -> str:
    """Return a foreign text on one line, without control characters, at most `TEXT_LIMIT` long."""
    stored = "".join(char if char.isprintable() else " " for char in str(text))
    return " ".join(stored.split())[:TEXT_LIMIT]
