"""The exact bytes of a message and their fingerprint.

A stored message must leave the same at every try, so its bytes are made once, in the form of `canonical_json`.
The fingerprint is SHA-256, as hexadecimal text for comparing and as the ``Content-Digest`` field of RFC 9530 for
the wire.

>>> digest(b"{}")
'44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
>>> content_digest(b"{}")
'sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:'
>>> has_digest("sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:", b"{ }")
False
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from .canonical_json import canonical_bytes

__all__ = ["canonical_bytes", "content_digest", "digest", "has_digest"]

SHA256_MEMBER = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]{44}):\s*(?=,|$)")


def digest(body: bytes) -> str:
    """Return the SHA-256 of ``body`` in 64 hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()


def content_digest(body: bytes) -> str:
    """Return the value of the ``Content-Digest`` field for ``body`` (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def has_digest(field: str, body: bytes) -> bool:
    """Tell whether a ``Content-Digest`` field holds the one SHA-256 of ``body``."""
    found = SHA256_MEMBER.findall(field)
    return len(found) == 1 and hmac.compare_digest(found[0], content_digest(body)[len("sha-256=:") : -1])
