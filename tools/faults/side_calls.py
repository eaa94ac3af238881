"""The platform of a faults run that is asked by calls: profile ``ccpit-json-1``."""

import collections
import contextlib
import json
import random
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tools.console import CommandError
from tools.demo_scenario import connect
from tools.programs import wait_for

TIMEOUTS = {"connect_timeout": 1, "read_timeout": 2}  # of the connection: a lost answer is noticed soon
PATIENCE = 120
# What may strike the calls to come; the kinds are described in ccpit_sandbox/faults.py.
CALLS = ("submit", "status", "file_product", "withdraw", "cancel", "events", "token", "document", "*")
CALL_KINDS = (
    "delay", "delay_answer", "timeout_before", "timeout_after", "drop_request", "drop_reply", "too_many", "busy",
    "busy_until", "error_500", "error_500_after", "malformed", "truncated", "cut_off", "slow_drip",
    "odd_word", "restart_before", "restart_after",
)
OTHER_KINDS = ("push_bad_signature", "push_duplicate", "push_reorder", "push_delay", "push_lost", "return_for_review")
SECONDS = 3.0  # longer than the connection waits for an answer in these runs


class Calls:
    """The stand-in at its control port, and its database."""

    fates = {"issued": 60, "withdrawn": 12, "cancelled": 14, "replaced": 14}  # in a hundred
    remarks = ("",)  # what the office is asked for by them
    paper_each = 0  # one certificate of so many has an attachment
    wake = ""  # a statement that has the jobs read what is new, where nobody pushes it
    secrets = ()

    def __init__(self, instance):
        self._instance = instance

    def connect(self, actors) -> None:
        """Enrol the firm and enter what the platform answers."""
        state = self._instance.state()
        connect({"url": self._instance.url, "database": self._instance.database,
                 "sandbox": f"http://127.0.0.1:{state['sandbox_port']}",
                 "control": f"http://127.0.0.1:{state['control_port']}"})
        manager = actors.user("manager")
        platforms = manager.do("rcep.platform", "search", [])
        manager.do("rcep.platform", "write", platforms, TIMEOUTS)

    def disturb(self, draw: random.Random) -> collections.Counter[str]:
        """Up to four faults for calls to come; a fault that nobody asked for yet dies with the sandbox."""
        asked: collections.Counter[str] = collections.Counter()
        for _each in range(draw.randint(0, 4)):
            kind = draw.choice((*CALL_KINDS, *OTHER_KINDS))
            wanted = {"kind": kind, "count": draw.randint(1, 3), "seconds": draw.uniform(0.1, SECONDS)}
            if kind in CALL_KINDS:
                wanted["operation"] = draw.choice(CALLS)
            self._control("POST", "/faults", wanted)
            asked[kind] += 1
        return asked

    def calm(self) -> None:
        """No fault any more."""
        self._control("DELETE", "/faults")

    def _control(self, method: str, path: str, content: dict | None = None) -> None:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._instance.state()['control_port']}{path}", method=method,
            data=json.dumps(content).encode() if content is not None else None,
            headers={"Content-Type": "application/json"})

        def asked() -> bool:
            try:
                urllib.request.urlopen(request, timeout=30).close()  # noqa: S310  (our own loopback address)
            except urllib.error.HTTPError as error:
                words = error.read().decode(errors="replace")
                raise CommandError(f"The sandbox's control port refused {path}: {words}") from error
            except OSError:
                return False  # a fault has it restart just now
            return True

        if not wait_for(asked, PATIENCE):
            raise CommandError(f"The sandbox's control port does not answer; see {self._instance.folder}.")

    # --- its database
    def _rows(self, statement) -> list[dict]:
        path = Path(self._instance.folder, "sandbox/platform.sqlite3")
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(statement)]

    def applications(self) -> list[dict]:
        """Each with client_ref, state, revision, certificate_no, digest, and the numbers of its invoices."""
        return [{**each, "invoices": [invoice["invoice_no"] for invoice in
                                      json.loads(each["body"])["application"]["invoices"]]}
                for each in self._rows("SELECT * FROM application")]

    def events(self) -> list[str]:
        """The ids of all events that it sent."""
        return [row["event_id"] for row in self._rows("SELECT event_id FROM event")]

    def revisions(self) -> int:
        """Of all applications, how many it took."""
        return self._rows("SELECT count(*) AS number FROM revision")[0]["number"]

    def differences(self, _rows) -> Iterator[str]:
        """What else does not agree."""
        yield from ()
