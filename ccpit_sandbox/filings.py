"""Product filings: what a good is made of, taken in, looked through, and asked for by applications."""

from __future__ import annotations

import datetime as dt
import http
import json
import sqlite3
import time
from decimal import Decimal

from rcep_link.canonical import digest
from rcep_link.filing import Filing
from rcep_link.rules import HS6

from . import clock
from .enterprises import Enterprise
from .journal import Note, write
from .store import Store
from .wire import FILING_WORDS, PROFILE, entry, not_found, read_record

PENDING, ACCEPTED, RETURNED = "pending", "accepted", "returned"
DECIDED = "filing_decided"  # how the journal calls it
REFUSED_BECAUSE = {
    "no_filing": "there is no accepted filing for the product",
    "filing_pending": "the filing of the product is not reviewed yet",
    "filing_returned": "the filing of the product was sent back",
    "filing_expired": "the filing of the product is no longer valid",
}


def take(store: Store, enterprise: Enterprise, client_ref: str, body: bytes, review_seconds: float):
    """Take a filing in; returns (answer, status). Content that differs from what is on file is a new decision.

    With no seconds for the review it is decided at once, and the answer holds the decision.
    """
    filing = read_record(PROFILE.read_filing_body, "filing", body, client_ref)
    with store.transaction() as database:
        row = _find(database, enterprise, client_ref)
        if row and row["digest"] == digest(body) and not _has_expired(row):
            return {**_view(row), "duplicate": True}, http.HTTPStatus.OK
        database.execute(
            "INSERT OR REPLACE INTO filing (enterprise_id, client_ref, product_ref, body, digest, state, "
            "valid_until, errors, changed_at, due) VALUES (?, ?, ?, ?, ?, ?, '', '[]', ?, ?)",
            (enterprise.id, client_ref, filing.product_ref, body, digest(body), PENDING, time.time(),
             time.time() + review_seconds),
        )  # fmt: skip
        if not review_seconds:
            review(database, _find(database, enterprise, client_ref))
        status = http.HTTPStatus.OK if row else http.HTTPStatus.CREATED
        return {**_view(_find(database, enterprise, client_ref)), "duplicate": False}, status


def show(store: Store, enterprise: Enterprise, client_ref: str) -> dict:
    """The whole state of a filing, or 404."""
    with store.reading() as database:
        row = _find(database, enterprise, client_ref)
    if not row:
        raise not_found()
    return _view(row)


def review(database: sqlite3.Connection, row: sqlite3.Row) -> None:
    """Decide on a filing that is due."""
    filing = PROFILE.read_filing_body(row["body"])
    errors = [entry(PROFILE.pointer("filing", path), "required", words) for path, words in _missing(filing)]
    valid_until = ""
    if not errors:
        end = clock.a_year_after(clock.today())
        valid_until = min(end, filing.valid_until or end).isoformat()
    database.execute(
        "UPDATE filing SET state = ?, errors = ?, valid_until = ?, changed_at = ?, due = NULL "
        "WHERE enterprise_id = ? AND client_ref = ? AND digest = ?",
        (RETURNED if errors else ACCEPTED, json.dumps(errors), valid_until, time.time(),
         row["enterprise_id"], row["client_ref"], row["digest"]),
    )  # fmt: skip
    decision = RETURNED if errors else ACCEPTED
    write(database, Note(time.time(), row["enterprise_id"], DECIDED, row["client_ref"], http.HTTPStatus.OK, decision))


def _missing(filing: Filing):
    """Yield (canonical path, sentence) of what a cost statement must have and this one lacks."""
    for part in ("product_ref", "name_en", "unit", "currency"):
        if not getattr(filing, part):
            yield part, f"{part} is missing"
    if not HS6.fullmatch(filing.hs6):
        yield "hs6", "an HS code of six digits is needed"
    if filing.criterion == "RVC" and filing.rvc is None:
        yield "rvc", "the criterion RVC needs the regional value content"
    if filing.criterion == "WO":  # wholly obtained: grown or taken from the ground, not made of anything
        return
    if not filing.materials:
        yield "materials", "the materials of the product are missing"
    if not filing.processes:
        yield "processes", "the steps of production are missing"
    for i, material in enumerate(filing.materials):
        if not material.name:
            yield f"materials.{i}.name", "the material has no name"
        if not HS6.fullmatch(material.hs6):
            yield f"materials.{i}.hs6", f"the material {material.name or i + 1} needs an HS code of six digits"
        if material.use_per_unit <= Decimal(0):
            yield f"materials.{i}.use_per_unit", f"the material {material.name or i + 1} needs a quantity above zero"


# --- asked by applications
def problems(database: sqlite3.Connection, enterprise_id: int, application) -> list[dict]:
    """Errors for each good without an accepted, valid filing that fits it."""
    found = []
    for i, item in enumerate(application.items):
        rows = database.execute(
            "SELECT * FROM filing WHERE enterprise_id = ? AND product_ref = ? ORDER BY changed_at DESC",
            (enterprise_id, item.product_ref),
        ).fetchall()
        good = [row for row in rows if row["state"] == ACCEPTED and not _has_expired(row)]
        if not good:
            code = _why_not(rows)
            pointer = PROFILE.pointer("application", f"items.{i}.product_ref")
            found.append(entry(pointer, code, f"item {item.number}: {REFUSED_BECAUSE[code]} {item.product_ref}"))
            continue
        filing = PROFILE.read_filing_body(good[0]["body"])
        for path, words in _differences(item, filing, application.importing_party):
            pointer = PROFILE.pointer("application", f"items.{i}.{path}")
            found.append(entry(pointer, "filing_mismatch", f"item {item.number}: {words}"))
    return found


def _why_not(rows) -> str:
    if not rows:
        return "no_filing"
    return "filing_expired" if rows[0]["state"] == ACCEPTED else f"filing_{rows[0]['state']}"


def _differences(item, filing, importing_party):
    for part, words in (("hs6", "HS code"), ("criterion", "criterion")):
        stated, filed = getattr(item, part), getattr(filing, part)
        if stated != filed:
            yield part, f"the {words} {stated} is not that of the filing, {filed}"
    if filing.destinations and importing_party not in filing.destinations:
        yield "product_ref", f"the filing does not name {importing_party} among its destinations"


# --- records
def _find(database, enterprise, client_ref):
    return database.execute(
        "SELECT * FROM filing WHERE enterprise_id = ? AND client_ref = ?", (enterprise.id, client_ref)
    ).fetchone()


def _has_expired(row) -> bool:
    return bool(row["valid_until"]) and dt.date.fromisoformat(row["valid_until"]) < clock.today()


def _view(row) -> dict:
    return {
        "client_ref": row["client_ref"],
        "product_code": row["product_ref"],
        "state": FILING_WORDS[row["state"]],
        "content_digest": f"sha-256:{row['digest']}",
        "valid_until": row["valid_until"] or None,
        "errors": json.loads(row["errors"]),
    }
