"""What an integration must show before production, and runs of it, compared with what the platform itself saw.

A run names for each case which reference it used and how it went. It passes a case only where the integration
reports so *and* the journal and the records of the platform bear it out, within the time of the case. The cases are
data, in ``conformance.json``; each has its check in `Sight` under the same name.
"""

from __future__ import annotations

import datetime as dt
import http
import json
import pathlib
import uuid
from dataclasses import dataclass

from rcep_link.canonical import digest
from rcep_link.errors import plain
from rcep_link.record import read_datetime

from . import clock, filings
from .enterprises import Enterprise
from .faults import PUSH, Fault
from .journal import Journal, Note
from .store import Store
from .wire import STATE_WORDS, Refusal, entry, incomplete, not_found, read_object

CASES = json.loads(pathlib.Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
BY_ID = {case["id"]: case for case in CASES}
OUTCOMES = ("passed", "failed", "skipped")
REMARKS = {  # what an application's remarks may ask for, so that a run needs no fault on the control port
    "CONFORMANCE RETURN": "return_for_review",
    "CONFORMANCE REFUSE": "refuse",
    "CONFORMANCE HOLD": "hold",
}
LOSE_ANSWER = b"CONFORMANCE LOSE ANSWER"
SLACK = 60.0  # seconds that the clocks of both sides may differ
LONGEST_REFERENCE = 100
CALLS = (
    "file_product", "filing_status", "submit", "status", "withdraw", "cancel", "document", "issuer_check", "events",
)  # fmt: skip


class Sight:
    """What the platform saw of an enterprise in the time of one case; each check is True where it saw the case."""

    def __init__(self, store: Store, journal: Journal, enterprise: Enterprise, claim: Claim):
        self._store, self._journal, self._enterprise, self._claim = store, journal, enterprise, claim

    def confirms(self) -> bool:
        """Did the case happen as its claim has it?"""
        return getattr(self, f"_{self._claim.case_id}")()

    # --- what happened
    def _notes(self, *operations: str, subject: str | None = None) -> list[Note]:
        begin, end = self._claim.begin - SLACK, self._claim.end + SLACK
        return [n for n in self._journal.of(self._enterprise.id, operations, subject) if begin <= n.at <= end]

    def _own_notes(self, *operations: str) -> list[Note]:
        return self._notes(*operations, subject=self._claim.client_ref)

    def _states(self) -> list[tuple[str, int]]:
        """(state, revision) of each event of the application, in order."""
        with self._store.reading() as database:
            rows = database.execute(
                "SELECT body FROM event WHERE enterprise_id = ? "
                "AND json_extract(CAST(body AS TEXT), '$.client_ref') = ? ORDER BY id",
                (self._enterprise.id, self._claim.client_ref),
            ).fetchall()
        events = [json.loads(row["body"]) for row in rows]
        return [(event["state"], event["revision"]) for event in events if self._is_in_time(event["occurred_at"])]

    def _is_in_time(self, time: str) -> bool:
        return self._claim.begin - SLACK <= read_datetime(time).timestamp() <= self._claim.end + SLACK

    def _reached(self, state: str) -> bool:
        return any(found == STATE_WORDS[state] for found, _revision in self._states())

    # --- the cases
    def _token(self) -> bool:
        return any(_is_success(note) for note in self._notes("token"))

    def _signature(self) -> bool:
        skews = [abs(note.skew) for note in self._notes(*CALLS) if note.skew is not None]
        return bool(skews) and max(skews) <= SLACK

    def _filing_accepted(self) -> bool:
        return any(note.code == "accepted" for note in self._own_notes(filings.DECIDED))

    def _filing_returned(self) -> bool:
        notes = self._own_notes(filings.DECIDED, "filing_status")
        decided = [i for i, note in enumerate(notes) if note.code == "returned"]
        return bool(decided) and any(note.operation == "filing_status" for note in notes[decided[0] :])

    def _application_issued(self) -> bool:
        return self._reached("issued")

    def _application_corrected(self) -> bool:
        states = self._states()
        returned = [revision for state, revision in states if state == STATE_WORDS["returned"]]
        received = [revision for state, revision in states if state == STATE_WORDS["submitted"]]
        return bool(returned) and max(received, default=0) > min(returned)

    def _duplicate(self) -> bool:
        return any(_is_success(note) and note.code == "duplicate" for note in self._own_notes("submit"))

    def _conflict(self) -> bool:
        notes = self._own_notes("submit")
        refused = [i for i, note in enumerate(notes) if note.code == "conflict"]
        return bool(refused) and refused[-1] == refused[0]

    def _lost_answer(self) -> bool:
        notes = self._own_notes("submit", "status")
        lost = [i for i, note in enumerate(notes) if note.lost and note.operation == "submit"]
        after = notes[lost[0] + 1 : lost[0] + 2] if lost else []
        return any(note.operation == "status" for note in after)

    def _withdrawn(self) -> bool:
        return self._reached("withdrawn")

    def _cancelled(self) -> bool:
        return self._reached("cancelled")

    def _push(self) -> bool:
        return any(_is_success(note) for note in self._own_notes(PUSH))

    def _feed(self) -> bool:
        return any(_is_success(note) for note in self._notes("events"))

    def _document(self) -> bool:
        with self._store.reading() as database:
            row = database.execute(
                "SELECT certificate_id FROM application WHERE enterprise_id = ? AND client_ref = ?",
                (self._enterprise.id, self._claim.client_ref),
            ).fetchone()
        if not row or not row["certificate_id"]:
            return False
        fetched = self._notes("document", "issuer_check", subject=row["certificate_id"])
        return {note.operation for note in fetched if _is_success(note)} == {"document", "issuer_check"}


@dataclass(frozen=True)
class Claim:
    """What a run reports of one case; times in seconds since 1970."""

    case_id: str
    client_ref: str
    outcome: str
    begin: float
    end: float


def take(store: Store, journal: Journal, enterprise: Enterprise, body: bytes):
    """Judge a run; returns (report, status). The same run again is a duplicate, another under its name a conflict."""
    content = read_object(body)
    run_ref, claims = _read(content)
    fingerprint = digest(body)
    run = _find_run(store, "enterprise_id = ? AND run_ref = ?", enterprise.id, run_ref)
    if not run:
        report = _report(store, journal, enterprise, run_ref, claims)
        with store.transaction() as database:
            database.execute(
                "INSERT OR IGNORE INTO conformance_run (run_id, enterprise_id, run_ref, digest, report) "
                "VALUES (?, ?, ?, ?, ?)",
                (report["run_id"], enterprise.id, run_ref, fingerprint, json.dumps(report)),
            )
        run = _find_run(store, "enterprise_id = ? AND run_ref = ?", enterprise.id, run_ref)
        if json.loads(run["report"]) == report:
            return {**report, "duplicate": False}, http.HTTPStatus.CREATED
    if run["digest"] != fingerprint:
        words = "Another run was reported under this reference."
        raise Refusal(http.HTTPStatus.CONFLICT, "conflict", words)
    return {**json.loads(run["report"]), "duplicate": True}, http.HTTPStatus.OK


def show(store: Store, enterprise: Enterprise, run_id: str) -> dict:
    """The report of a run, or 404."""
    run = _find_run(store, "enterprise_id = ? AND run_id = ?", enterprise.id, run_id)
    if not run:
        raise not_found()
    return json.loads(run["report"])


def _find_run(store: Store, condition: str, *facts):
    with store.reading() as database:
        return database.execute(f"SELECT * FROM conformance_run WHERE {condition}", facts).fetchone()  # noqa: S608  ours


def _report(store, journal, enterprise, run_ref, claims) -> dict:
    results = []
    for case in CASES:
        claim = claims.get(case["id"])
        passed, message, message_zh = False, "The run does not name this case.", "本次运行未包含此项。"
        if claim and claim.outcome != "passed":
            message, message_zh = f"The integration itself says {claim.outcome}.", "对接系统自报未通过。"
        elif claim and Sight(store, journal, enterprise, claim).confirms():
            passed, message, message_zh = True, "The platform saw it.", "平台已确认。"
        elif claim:
            message = f"The platform did not see this in the time of the case: {case['looks_at']}"
            message_zh = f"平台在该时段内未见：{case['looks_at_zh']}"
        results.append({"id": case["id"], "passed": passed, "message": message, "message_zh": message_zh})
    return {
        "run_id": uuid.uuid4().hex,
        "run_ref": run_ref,
        "enterprise": enterprise.name,
        "judged_at": clock.text(clock.now()),
        "passed": all(result["passed"] for result in results),
        "cases": results,
        "specimen": True,
    }


# --- what remarks ask for
def asked_of_reviewer(remarks: str) -> str:
    """The kind of fault that an application's remarks ask of the reviewer, or nothing."""
    return next((kind for words, kind in REMARKS.items() if words in remarks), "")


def asked_of_answer(journal: Journal, enterprise: Enterprise, client_ref: str, body: bytes) -> list[Fault]:
    """The fault that loses the first answer to an application whose remarks ask for it."""
    if LOSE_ANSWER not in body or any(n.lost for n in journal.of(enterprise.id, ("submit",), client_ref)):
        return []
    return [Fault("submit", "drop_reply")]


# --- reading a run
def _read(content: dict) -> tuple[str, dict[str, Claim]]:
    errors, claims = [], {}
    run_ref, cases = content.get("run_ref"), content.get("cases")
    if not _is_reference(run_ref):
        errors.append(entry("/run_ref", "required", f"text of 1 to {LONGEST_REFERENCE} characters is needed"))
    if not isinstance(cases, list) or not 0 < len(cases) <= len(CASES):
        errors.append(entry("/cases", "format", f"a list of 1 to {len(CASES)} cases is needed"))
        cases = []
    for i, claimed in enumerate(cases):
        claim = _claim(claimed, f"/cases/{i}", errors)
        if claim and claim.case_id in claims:
            errors.append(entry(f"/cases/{i}/id", "format", f"the case {claim.case_id} stands there twice"))
        elif claim:
            claims[claim.case_id] = claim
    if errors:
        raise incomplete(errors)
    return run_ref, claims


def _claim(claimed, at: str, errors: list[dict]) -> Claim | None:
    before = len(errors)
    if not isinstance(claimed, dict):
        errors.append(entry(at, "format", "an object is needed"))
        return None
    case_id, outcome, client_ref = claimed.get("id"), claimed.get("outcome"), claimed.get("client_ref", "")
    case = BY_ID.get(case_id) if isinstance(case_id, str) else None
    if not case:
        errors.append(entry(f"{at}/id", "unknown", f"one of {', '.join(BY_ID)} is needed"))
    if outcome not in OUTCOMES:
        errors.append(entry(f"{at}/outcome", "unknown", f"one of {', '.join(OUTCOMES)} is needed"))
    if client_ref not in ("", None) and not _is_reference(client_ref):
        errors.append(entry(f"{at}/client_ref", "format", f"text of at most {LONGEST_REFERENCE} characters is needed"))
    elif case and case["about"] != "connection" and outcome == "passed" and not client_ref:
        errors.append(entry(f"{at}/client_ref", "required", f"the reference of the {case['about']} is needed"))
    begin, end = (_read_time(claimed, name, at, errors) for name in ("started_at", "ended_at"))
    if len(errors) > before:
        return None
    return Claim(case_id, client_ref or "", outcome, begin, end)


def _is_reference(text) -> bool:
    return isinstance(text, str) and 0 < len(text) <= LONGEST_REFERENCE and text == plain(text)


def _read_time(claimed: dict, name: str, at: str, errors: list[dict]) -> float:
    try:
        time = read_datetime(claimed.get(name))
        return time.astimezone(dt.timezone.utc).timestamp()
    except (ValueError, TypeError, AttributeError, OverflowError):
        errors.append(entry(f"{at}/{name}", "format", "a time in ISO 8601 with its offset is needed"))
        return 0.0


def _is_success(note: Note) -> bool:
    return http.HTTPStatus.OK <= note.status < http.HTTPStatus.MULTIPLE_CHOICES
