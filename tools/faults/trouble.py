"""What goes wrong in a faults run: a process killed at a random moment and started again, calls that fail."""

import collections
import contextlib
import json
import os
import random
import signal
import threading
import urllib.error
import urllib.request

from tools import instance as instances
from tools import postgres
from tools.programs import wait_for
from tools.say import Trouble

VICTIMS = ("odoo", "sandbox", "postgres")
OFTEN = (17, 17, 6)  # of forty kills: PostgreSQL's are thirty of two hundred
LONGEST_AWAY = 2.0  # seconds that PostgreSQL is away
LONGEST_PEACE = 2.5  # seconds between a start and the next kill
UP_PATIENCE = 120
DEAD_PATIENCE = 20
# What may strike the calls to come; the kinds are described in ccpit_sandbox/faults.py.
CALLS = ("submit", "status", "file_product", "withdraw", "cancel", "events", "token", "document", "*")
CALL_KINDS = (
    "delay", "delay_answer", "timeout_before", "timeout_after", "drop_request", "drop_reply", "too_many", "busy",
    "busy_until", "error_500", "error_500_after", "malformed", "truncated", "cut_off", "slow_drip",
    "odd_word", "restart_before", "restart_after",
)
OTHER_KINDS = ("push_bad_signature", "push_duplicate", "push_reorder", "push_delay", "push_lost", "return_for_review")
SECONDS = 3.0  # longer than the connection waits for an answer in these runs


class Killer(threading.Thread):
    """Kills Odoo or the sandbox with SIGKILL, starts it again, and so on, in a thread of its own."""

    def __init__(self, place, instance, seed: int, kills: int, *, whole: bool = False):
        super().__init__(name="killer", daemon=True)
        self._place, self._instance, self._wanted = place, instance, kills
        self._whole = whole  # PostgreSQL itself is ended, under everybody who uses it
        self._draw = random.Random(f"kills {seed} {self.made}")  # noqa: S311  (repeatable, no secret)
        self.up = threading.Event()
        self.up.set()
        self.stopping = threading.Event()
        self.failed: Exception | None = None

    @property
    def made(self) -> int:
        """Kills so far, those of earlier parts of the run included."""
        return sum(self.counts().values())

    def counts(self) -> dict[str, int]:
        """Kills by victim."""
        return {**dict.fromkeys(VICTIMS, 0), **(self._instance.state().get("kills") or {})}

    def faults(self) -> dict[str, int]:
        """Faults asked for, by kind."""
        return self._instance.state().get("faults") or {}

    def run(self) -> None:
        try:
            while self.made < self._wanted and not self.stopping.is_set():
                self._set_faults()
                self.stopping.wait(self._draw.uniform(0, LONGEST_PEACE))
                self.supervise()
                victim = self._draw.choices(VICTIMS, OFTEN)[0]
                if victim == "postgres":
                    self._crash_database()
                else:
                    self._kill(victim)
        except Exception as error:  # noqa: BLE001  (whatever it is, it is raised again where the run is waited for)
            self.failed = error
        finally:
            self.up.set()

    def _crash_database(self) -> None:
        self.up.clear()
        how = postgres.crash(self._place.server, self._instance.database, self._draw.uniform(0, LONGEST_AWAY),
                             whole=self._whole)
        counts, ways = self.counts(), collections.Counter(self._instance.state().get("crashes") or {})
        ways[how] += 1
        self._instance.note(kills={**counts, "postgres": counts["postgres"] + 1}, crashes=ways)
        if not wait_for(self._is_well, UP_PATIENCE, pause=0.05):
            raise Trouble(f"Odoo does not answer after its database was away; see {self._instance.folder}.")
        self.up.set()

    def _kill(self, victim: str) -> None:
        process = self._instance.state()[victim]
        self.up.clear()
        with contextlib.suppress(ProcessLookupError):  # it ended by itself just now: killed or not, it starts again
            os.killpg(process["pid"], signal.SIGKILL)
        if not wait_for(lambda: not instances.alive(process), DEAD_PATIENCE, pause=0.02):
            raise Trouble(f"{victim} outlives SIGKILL.")
        counts = self.counts()
        self._instance.note(kills={**counts, victim: counts[victim] + 1})
        instances.launch(self._place, self._instance, victim)
        if not wait_for(lambda: instances.is_up(self._instance, victim), UP_PATIENCE, pause=0.05):
            raise Trouble(f"{victim} did not come up again; see {self._instance.folder}.")
        self.up.set()

    def _is_well(self) -> bool:
        """Whether Odoo answers; where it ended by itself it is started again, as a supervisor does, and counted."""
        self.supervise()
        return instances.is_up(self._instance, "odoo")

    def supervise(self) -> None:
        """Start Odoo again where it ended by itself, such as by a cursor that its database was taken from."""
        if not instances.alive(self._instance.state()["odoo"]):
            self._instance.note(ended=self.ended() + 1)
            instances.launch(self._place, self._instance, "odoo")

    def ended(self) -> int:
        """How often Odoo ended by itself."""
        return self._instance.state().get("ended") or 0

    def _set_faults(self) -> None:
        """Up to three faults for calls to come; a fault that nobody asked for yet dies with the sandbox."""
        asked = collections.Counter(self.faults())
        for _each in range(self._draw.randint(0, 4)):
            kind = self._draw.choice((*CALL_KINDS, *OTHER_KINDS))
            wanted = {"kind": kind, "count": self._draw.randint(1, 3), "seconds": self._draw.uniform(0.1, SECONDS)}
            if kind in CALL_KINDS:
                wanted["operation"] = self._draw.choice(CALLS)
            control(self._instance, "POST", "/faults", wanted)
            asked[kind] += 1
        self._instance.note(faults=asked)


def control(instance, method: str, path: str, content: dict | None = None) -> dict:
    """One call of the sandbox's control port."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{instance.state()['control_port']}{path}", method=method,
        data=json.dumps(content).encode() if content is not None else None,
        headers={"Content-Type": "application/json"})
    told: dict = {}

    def asked() -> bool:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  (our own loopback address)
                told.update(json.load(answer))
        except urllib.error.HTTPError as error:
            words = error.read().decode(errors="replace")
            raise Trouble(f"The sandbox's control port refused {path}: {words}") from error
        except OSError:
            return False  # a fault has it restart just now
        return True

    if not wait_for(asked, UP_PATIENCE):
        raise Trouble(f"The sandbox's control port does not answer; see {instance.folder}.")
    return told
