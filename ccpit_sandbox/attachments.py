"""Attachments of applications: taken in as multipart/form-data, known by the SHA-256 of their content.

What an attachment is decides its content, not what its sender calls it.
"""

from __future__ import annotations

import hashlib
import http

from rcep_link.errors import plain

from .enterprises import Enterprise
from .store import Store
from .wire import PlatformRequest, Refusal, entry, incomplete

PART = "file"
MOST_BYTES = 3 * 1024 * 1024
LONGEST_NAME = 200
STARTS = {"application/pdf": b"%PDF-", "image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


def take(store: Store, enterprise: Enterprise, request: PlatformRequest):
    """Keep an attachment; returns (answer, status). The same content again is a duplicate and no harm."""
    if request.mimetype != "multipart/form-data":
        words = "An attachment comes as multipart/form-data."
        raise Refusal(http.HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "body", words)
    parts = request.files.getlist(PART)
    if len(parts) != 1:
        raise incomplete([entry(f"/{PART}", "required", f"exactly one file in a part named {PART} is needed")])
    name, content = plain(parts[0].filename or ""), parts[0].read()
    content_type = _checked(name, content)
    fingerprint = hashlib.sha256(content).hexdigest()
    with store.transaction() as database:
        row = database.execute(
            "SELECT name FROM attachment WHERE enterprise_id = ? AND sha256 = ?", (enterprise.id, fingerprint)
        ).fetchone()
        if not row:
            database.execute(
                "INSERT INTO attachment (enterprise_id, sha256, name, content_type, content) VALUES (?, ?, ?, ?, ?)",
                (enterprise.id, fingerprint, name, content_type, content),
            )
    facts = {
        "attachment_id": f"sha-256:{fingerprint}", "name": row["name"] if row else name, "size": len(content),
        "content_type": content_type, "duplicate": bool(row),
    }  # fmt: skip
    return facts, http.HTTPStatus.OK if row else http.HTTPStatus.CREATED


def _checked(name: str, content: bytes) -> str:
    if len(content) > MOST_BYTES:
        words = f"An attachment may have at most {MOST_BYTES} bytes."
        raise Refusal(http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size", words)
    if not 0 < len(name) <= LONGEST_NAME:
        words = f"the file needs a name of at most {LONGEST_NAME} characters"
        raise incomplete([entry(f"/{PART}", "required", words)])
    kind = next((kind for kind, start in STARTS.items() if content.startswith(start)), "")
    if not kind:
        raise incomplete([entry(f"/{PART}", "attachment_type", "only PDF, PNG and JPEG files are taken")])
    return kind
