"""What goes wrong in a faults run: a process killed at a random time and started again, calls that fail."""

import collections
import contextlib
import os
import random
import signal
import threading

from tools import instance as instances
from tools import postgres
from tools.console import CommandError
from tools.programs import wait_for

VICTIMS = ("odoo", "sandbox", "postgres")
OFTEN = (17, 17, 6)  # of forty kills: PostgreSQL's are thirty of two hundred
LONGEST_AWAY = 2.0  # seconds that PostgreSQL is away
LONGEST_PEACE = 2.5  # seconds between a start and the next kill
UP_PATIENCE = 120
DEAD_PATIENCE = 20


class Killer(threading.Thread):
    """Kills Odoo or the sandbox with SIGKILL, starts it again, and so on, in a thread of its own."""

    def __init__(self, place, instance, side, seed: int, kills: int, *, whole: bool = False):
        super().__init__(name="killer", daemon=True)
        self._place, self._instance, self._side, self._wanted = place, instance, side, kills
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
            raise CommandError(f"Odoo does not answer after its database was away; see {self._instance.folder}.")
        self.up.set()

    def _kill(self, victim: str) -> None:
        process = self._instance.state()[victim]
        self.up.clear()
        with contextlib.suppress(ProcessLookupError):  # it ended by itself just now: killed or not, it starts again
            os.killpg(process["pid"], signal.SIGKILL)
        if not wait_for(lambda: not instances.alive(process), DEAD_PATIENCE, pause=0.02):
            raise CommandError(f"{victim} outlives SIGKILL.")
        counts = self.counts()
        self._instance.note(kills={**counts, victim: counts[victim] + 1})
        instances.launch(self._place, self._instance, victim)
        if not wait_for(lambda: instances.is_up(self._instance, victim), UP_PATIENCE, pause=0.05):
            raise CommandError(f"{victim} did not come up again; see {self._instance.folder}.")
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
        self._instance.note(faults=collections.Counter(self.faults()) + self._side.disturb(self._draw))
