"""The code lists that an integration may fetch and keep: each code with its words, and what it means to us.

Words of the wire come from the profile's tables and the application's own lists, so they cannot drift apart;
``codelists.json`` adds English and Chinese names, and the lists that only a platform knows.
"""

from __future__ import annotations

import json
import pathlib

from rcep_link import application
from rcep_link.canonical import canonical_bytes, digest
from werkzeug.wrappers import Response

from .applications import CONNECTED_PARTIES
from .wire import TABLES, answer, not_found

NAMES = json.loads(pathlib.Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
FRESH_SECONDS = 300


def _entries(name: str, codes) -> list[dict]:
    """Entries of pairs (wire's code, canonical word)."""
    words = NAMES[name]
    return [
        {"code": code, "canonical": canonical, "name": words[canonical][0], "name_zh": words[canonical][1]}
        for code, canonical in codes
    ]


def _same(name: str, codes) -> list[dict]:
    return _entries(name, [(code, code) for code in codes])


def _coded(name: str, table: str) -> list[dict]:
    return _entries(name, [(code, canonical) for canonical, code in TABLES["codes"][table].items()])


def _lists() -> dict[str, list[dict]]:
    return {
        "states": _entries("states", TABLES["states"].items()),
        "filing_states": _entries("filing_states", TABLES["filing_states"].items()),
        "print_states": _entries("print_states", [each for each in TABLES["print_states"].items() if each[0]]),
        "application_kinds": _coded("application_kinds", "Application.kind"),
        "producer_statements": _coded("producer_statements", "Producer.statement"),
        "transport_means": _coded("transport_means", "Transport.means"),
        "criteria": _same("criteria", application.AGREEMENTS["RCEP"]),
        "modifiers": _same("modifiers", application.MODIFIERS),
        "origin_marks": _same("origin_marks", [mark for mark in application.ORIGIN_MARKS if mark]),
        "parties": [
            {**each, "electronic": each["code"] in CONNECTED_PARTIES} for each in _same("parties", NAMES["parties"])
        ],
        "package_kinds": _same("package_kinds", NAMES["package_kinds"]),
        "units": _same("units", NAMES["units"]),
        "price_terms": _same("price_terms", NAMES["price_terms"]),
        "attachment_types": _same("attachment_types", NAMES["attachment_types"]),
        "errors": [
            {"code": code, "canonical": code, "name": cause, "name_zh": "", "next_step": next_step}
            for code, (cause, next_step) in TABLES["errors"].items()
        ],
    }


LISTS = _lists()
NAMES_OF_LISTS = tuple(sorted(LISTS))


def show(name: str, if_none_match) -> Response:
    """A list in the envelope; 304 where the caller holds it already; 404 for a name that is none."""
    if name not in LISTS:
        raise not_found(f"There is no list of this name; there are {', '.join(NAMES_OF_LISTS)}.")
    content = {"name": name, "entries": LISTS[name]}
    tag = digest(canonical_bytes(content))
    response = Response(status=304) if if_none_match.contains_weak(tag) else answer(content)
    response.set_etag(tag)
    response.headers["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
    return response
