"""Tries every call of a connection without leaving anything behind, and says in words what is wrong.

What has no harm is asked outright. The other calls are made about something that cannot exist, so that a platform
which understood them says that it does not know it, or that it will not take it.

>>> [name for name, _try in CALLS][:3]
['connect', 'events', 'status']
"""

from __future__ import annotations

import typing
import uuid
from collections.abc import Iterator

from .coded_message import CodedMessage
from .errors import LinkError, NotFound, Refused, Unauthorised

if typing.TYPE_CHECKING:
    from .client import Client

NOTHING = b"{}"
MOST_SKEW = 60.0  # seconds that a clock may be off before signatures are in danger


class Tried(typing.NamedTuple):
    """How one call went; ``said`` is a sentence where it did not go well."""

    call: str
    well: bool
    coded: CodedMessage | str = ""


def _unknown(ask):
    """A call about something that cannot exist: a platform that understood it says so."""

    def attempt(client: Client) -> None:
        try:
            ask(client, f"checkup-{uuid.uuid4()}", str(uuid.uuid4()))
        except Unauthorised:
            raise
        except (NotFound, Refused):
            return

    return attempt


CALLS = (
    ("connect", lambda client: client.connect()),
    ("events", lambda client: client.events()),
    ("status", _unknown(lambda client, reference, _key: client.status(reference))),
    ("filing_status", _unknown(lambda client, reference, _key: client.filing_status(reference))),
    ("file_product", _unknown(lambda client, reference, key: client.file_product(reference, NOTHING, key))),
    ("submit", _unknown(lambda client, reference, key: client.submit(reference, NOTHING, key))),
    ("withdraw", _unknown(lambda client, reference, key: client.withdraw(reference, NOTHING, key))),
    ("cancel", _unknown(lambda client, reference, key: client.cancel(reference, NOTHING, key))),
    ("document", _unknown(lambda client, reference, _key: client.document(reference))),
    ("issuer_check", _unknown(lambda client, reference, _key: client.issuer_check(reference))),
)


def tries(client: Client) -> Iterator[Tried]:
    """Try each call; where not even the first goes well, the others would say the same and are left out."""
    for name, attempt in CALLS:
        try:
            attempt(client)
        except LinkError as error:
            yield Tried(name, False, error.coded)
            if name == "connect":
                return
        else:
            yield Tried(name, True)
