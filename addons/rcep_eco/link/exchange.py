"""One exchange with a server that is no platform: another firm's, whose answer is bounded in time and in size.

Nothing leaves without TLS but to this machine, no redirection is followed, and no name and password of a file of this
machine goes along.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import requests
import urllib3.exceptions

from .addresses import is_protected, is_whole
from .errors import TimeOver
from .guarded_connections import Limit, watched_session

SECONDS = 10
LONGEST = 256 * 1024  # bytes of an answer


class Reply(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class NoReply(Exception):
    """Nothing came back, or not in time; whether the request arrived is not known."""


class TooLong(Exception):
    """More came back than anybody asked for."""


def ask(
    method: str,
    address: str,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    *,
    plain_hosts: frozenset[str] = frozenset(),
    seconds: float = SECONDS,
    longest: int = LONGEST,
) -> Reply:
    """
    :param plain_hosts: names that an administrator of the machine excepts from TLS
    :raises NoReply: where nothing may be sent there, or nothing readable came back in time
    :raises TooLong: where the answer has more than so many bytes
    """
    if not is_whole(address) or not is_protected(address, plain_hosts):
        raise NoReply
    session = watched_session(plain_hosts)
    try:
        request = session.prepare_request(requests.Request(method, address, data=body))
        request.headers.pop("Authorization", None)  # of a netrc file
        request.headers.update({"Accept": "*/*", **(headers or {})})
        with (
            Limit(seconds),
            session.send(request, timeout=seconds, allow_redirects=False, stream=True) as answer,
        ):
            content = answer.raw.read(longest + 1, decode_content=True)
            reply = Reply(answer.status_code, answer.headers, content)
    except (requests.RequestException, urllib3.exceptions.HTTPError, TimeOver, ValueError) as error:
        raise NoReply from error
    if len(content) > longest:
        raise TooLong
    return reply
