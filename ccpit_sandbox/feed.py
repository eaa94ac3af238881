"""The feed of an enterprise's events, for whoever missed a push."""

from __future__ import annotations

import http
import json

from .enterprises import Enterprise
from .store import Store
from .wire import Refusal

PAGE = 100
LONGEST_CURSOR = 18  # digits


def page(store: Store, enterprise: Enterprise, after: str) -> dict:
    """The next events after a cursor ("" from the start), in the order in which they happened."""
    if after and not (after.isascii() and after.isdigit() and len(after) <= LONGEST_CURSOR):
        raise Refusal(http.HTTPStatus.BAD_REQUEST, "cursor", "The cursor is not one of this feed.")
    with store.reading() as database:
        rows = database.execute(
            "SELECT id, body FROM event WHERE enterprise_id = ? AND id > ? ORDER BY id LIMIT ?",
            (enterprise.id, int(after or 0), PAGE + 1),
        ).fetchall()
    shown = rows[:PAGE]
    return {
        "events": [json.loads(row["body"]) for row in shown],
        "cursor": str(shown[-1]["id"]) if shown else after,
        "more": len(rows) > PAGE,
    }
