"""One faults run in a process of its own: prepare, break everything, come to rest, reconcile both sides.

Run as ``python -m tools.faults.run OPTIONS``, a JSON object with ``profile``, ``seed``, ``kills``, ``certificates``
and ``keep``.
Where a run stopped stands in the state of its instance; the same command goes on from there.
"""

import json
import signal
import sys
import time

import requests

from tools import instance as instances
from tools import setup
from tools.console import CommandError, info
from tools.demo_scenario import ScenarioError
from tools.faults.actors import Actors
from tools.faults.killer import Killer
from tools.faults.reconcile import Reconciliation, Secrets, secrets_of
from tools.faults.side_calls import Calls
from tools.faults.side_files import Files
from tools.locks import release_all

SIDES = {"ccpit-json-1": Calls, "gacc-xml-2022": Files}
PROGRESS = 10.0  # seconds between two lines of progress
NUDGE = 1.0  # seconds between two looks of the jobs at what is due; a server of a firm looks each minute
REST_PATIENCE = 900
FOLLOW = "model._cron_follow()"  # the job that reads the feed, each five minutes by itself


class Run:
    """A run and where it stands."""

    def __init__(self, options: dict):
        self.seed, self.kills, self.count = options["seed"], options["kills"], options["certificates"]
        self.keep, self.whole = options["keep"], options["whole"]
        self.place = setup.get_workplace()
        self.profile = options["profile"]
        kind = instances.FOLDERS if SIDES[self.profile] is Files else ""
        self.instance = instances.of_checkout(f"faults{kind[:1]}-{self.seed}-{self.kills}-{self.count}")
        self.instance.folder.mkdir(parents=True, exist_ok=True)
        self.instance.note(stand_in=kind)
        self.side = SIDES[self.profile](self.instance)
        self._last_progress = 0.0

    # --- phases
    def go(self) -> dict:
        """All of it; the counts."""
        began = time.monotonic()
        with self.instance.locked():
            instances.start(self.place, self.instance, None, None)
            if self.whole:  # what it confirms is to outlive it, as anybody's PostgreSQL has it
                self.place.server.set_durable(True)
            state = self.instance.state()
            if state.get("run_in") != state["template"]:  # a new database: whatever was done in another does not count
                self.instance.note(run_in=state["template"], connected=False, kills=None, crashes=None, faults=None,
                                   ended=None, seconds=0)
            self.actors = Actors(self.instance.url, self.instance.database, self.seed, self.side)
            try:
                self._prepare()
                self.killer = Killer(self.place, self.instance, self.side, self.seed, self.kills, whole=self.whole)
                self._break_everything()
                self._come_to_rest()
                answer = self._account()
            finally:
                spent = self.instance.state().get("seconds", 0) + time.monotonic() - began
                self.instance.note(seconds=round(spent, 1))
                instances.stop(self.instance)
                if self.whole:
                    self.place.server.set_durable(False)
        return {**answer, "seconds": round(spent)}

    def _prepare(self) -> None:
        if not self.instance.state().get("connected"):
            self.side.connect(self.actors)
            self.instance.note(connected=True)
        self.actors.prepare(self.count, lambda made: self._report(f"{made} of {self.count} certificates prepared"))

    def _break_everything(self) -> None:
        """Users work while processes die; what was cut off is looked at again."""
        self.killer.start()
        try:
            while self.killer.is_alive():
                self._work(self._allowed())
        finally:
            self.killer.stopping.set()
            self.killer.join()
        if self.killer.failed:
            raise self.killer.failed

    def _allowed(self) -> int:
        """Submissions so far allowed, so that they spread over the kills."""
        return -(-self.count * (self.killer.made + 1) // max(1, self.kills))

    def _work(self, may_submit: int) -> bool:
        """One round of all users' tasks; whether nothing is left to do."""
        try:
            certificates = self.actors.look()
            for task in self.actors.tasks(certificates, may_submit):
                self.actors.work(task)
            self.actors.attend()
            self._nudge()
            done = self.actors.is_done(certificates)
            self._report(f"{self.killer.made} of {self.kills} kills; " + _summary(certificates))
        except (requests.RequestException, ScenarioError, CommandError):  # no answer, or the session died with it
            self.killer.up.wait(NUDGE)
            return False
        return done

    def _nudge(self) -> None:
        """Have the jobs look at what is due; then give them a little time."""
        if self.side.wake:
            self.place.server.sql(self.side.wake, self.instance.database)
        self.place.server.sql(f"SELECT pg_notify('cron_trigger', '{self.instance.database}')")
        time.sleep(NUDGE / 2)

    def _come_to_rest(self) -> None:
        self.side.calm()
        deadline = time.monotonic() + REST_PATIENCE
        while not (self._work(self.count) and self._is_quiet()):
            self.killer.supervise()
            if time.monotonic() > deadline:
                info("eco: not everything came to rest; the differences show what did not.")
                return

    def _is_quiet(self) -> bool:
        """Whether every message has an end and every event was read; else the feed is read now, as a manager may."""
        waits = [["state", "not in", ["delivered", "failed"]]]
        if self.actors.user("clerk").do("rcep.platform.message", "search_count", waits):
            return False
        if not Reconciliation(self.place, self.instance, self.side).unread():
            return True
        admin = self.actors.user("admin")
        jobs = admin.do("ir.cron", "search", [["code", "=", FOLLOW]])
        admin.do("ir.cron", "method_direct_trigger", jobs)
        return False

    def _account(self) -> dict:
        sides = Reconciliation(self.place, self.instance, self.side)
        sides.compare()
        found = Secrets(self.place, self.instance, self._secrets()).search()
        for sentence in sides.differences[:50]:
            info(f"✗ {sentence}")
        return {
            "ok": not sides.differences and not found, "profile": self.profile, "seed": self.seed,
            "kills": self.killer.counts(),
            "ended_by_itself": self.killer.ended(),
            "faults": self.killer.faults(), **sides.counts, "refused": dict(self.actors.refused),
            "differences": len(sides.differences), "secrets_found_in": found,
        }

    def _secrets(self) -> list[str]:
        return [*self.side.secrets, *secrets_of(self.place, self.instance, self.actors)]

    def _report(self, words: str) -> None:
        if time.monotonic() - self._last_progress > PROGRESS:
            self._last_progress = time.monotonic()
            info(f"· {words}")


def _summary(certificates: list[dict]) -> str:
    counts: dict[str, int] = {}
    for each in certificates:
        counts[each["state"]] = counts.get(each["state"], 0) + 1
    return ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))


def main(options: str) -> int:
    """Run it; a JSON line last."""
    run: Run | None = None
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # SIGTERM interrupts as Ctrl-C does
    try:
        run = Run(json.loads(options))
        answer = run.go()
    except (CommandError, ScenarioError, requests.RequestException) as error:
        answer = {"ok": False, "error": str(error)}
    except KeyboardInterrupt:
        info("eco: interrupted. The same command goes on from here.")
        return 130
    if answer["ok"] and run and not run.keep:
        instances.clean([run.instance], run.place.server)
    release_all()
    print(json.dumps(answer, ensure_ascii=False), flush=True)
    return 0 if answer["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
