"""What HTTP's own status codes mean, for the profiles of platforms that keep to them (RFC 9110, RFC 6585).

>>> kind_of(200), kind_of(404), kind_of(503), kind_of(302), kind_of(422), kind_of(502)
(None, 'not_found', 'busy', 'elsewhere', 'refused', 'broken')
"""

from __future__ import annotations

import datetime as dt
import email.utils
import http

from . import BROKEN, BUSY, CONFLICT, ELSEWHERE, FORBIDDEN, NOT_FOUND, REFUSED, RENEW, Reply

KINDS = {401: RENEW, 403: FORBIDDEN, 404: NOT_FOUND, 409: CONFLICT, 429: BUSY, 503: BUSY}


def kind_of(status: int) -> str | None:
    """Return what a status means, None where it is a success."""
    if status in KINDS:
        return KINDS[status]
    if status < http.HTTPStatus.OK or status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return BROKEN
    if status < http.HTTPStatus.MULTIPLE_CHOICES:
        return None
    return ELSEWHERE if status < http.HTTPStatus.BAD_REQUEST else REFUSED


def retry_after(reply: Reply) -> int | None:
    """Return the pause of a ``Retry-After`` field in seconds: a number, or a date (RFC 9110, 10.2.3)."""
    text = str(reply.headers.get("Retry-After", "")).strip()
    if text.isascii() and text.isdigit():
        return int(text[:9])
    try:
        moment = email.utils.parsedate_to_datetime(text)
        return round((moment - dt.datetime.now(dt.timezone.utc)).total_seconds())
    except (ValueError, TypeError, IndexError):
        return None
