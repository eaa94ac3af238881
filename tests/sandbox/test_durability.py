"""What the platform answered is stored, whenever its process dies."""

import concurrent.futures
import random
import threading
import time

from rcep_link.errors import LinkError

from . import samples
from .running import wait_for

SENDERS, APPLICATIONS, KILLS = 4, 60, 4
LATENCY = 0.1


class Senders:
    """Four clerks who send applications until each was answered, and remember what was answered."""

    def __init__(self, firm):
        self.firm = firm
        self.answered, self.numbers = {}, {}
        self._give_up = threading.Event()

    def send(self, application) -> None:
        while not self._give_up.is_set():
            try:
                outcome = self.firm.send(application)
            except LinkError:
                self._give_up.wait(0.05)
            else:
                self.answered[application.client_ref] = outcome.content_digest
                return

    def look(self) -> None:
        """Note the numbers that are issued by now; none may change afterwards."""
        for event in self.firm.all_events():
            if event.certificate_no:
                assert self.numbers.setdefault(event.client_ref, event.certificate_no) == event.certificate_no

    def stop(self) -> None:
        self._give_up.set()


def test_killed_in_a_burst_nothing_answered_is_lost_and_no_number_is_given_twice(own_sandbox):
    firm = own_sandbox.enrol()
    firm.file(samples.filing())
    clerks, draw = Senders(firm), random.Random(5)
    applications = [firm.application(f"NB-{number}") for number in range(APPLICATIONS)]
    with concurrent.futures.ThreadPoolExecutor(SENDERS) as hands:
        try:
            sent = [hands.submit(clerks.send, application) for application in applications]
            for kill in range(1, KILLS + 1):
                wait_for(lambda enough=kill * APPLICATIONS // (KILLS + 1): len(clerks.answered) >= enough)
                clerks.look()
                threading.Event().wait(draw.uniform(0, 0.05))
                own_sandbox.kill()
                answered = dict(clerks.answered)
                own_sandbox.start()
                for client_ref, digest in answered.items():
                    assert firm.client.status(client_ref).content_digest == digest
            for each in sent:
                each.result(timeout=60)
        finally:
            clerks.stop()
    for application in applications:
        firm.reach(application.client_ref, "issued")
    clerks.look()
    assert len(clerks.numbers) == APPLICATIONS
    assert len(set(clerks.numbers.values())) == APPLICATIONS
    last = {event.client_ref: event.sequence for event in firm.all_events()}
    assert len(firm.all_events()) == sum(last.values())  # counted on without a gap or a repetition


def test_four_senders_do_not_wait_for_one_another(with_faults, firm):
    with_faults.fault(operation="submit", kind="delay", probability=1, seconds=LATENCY)
    drafts = [firm.application(f"NB-{number}") for number in range(10 * SENDERS)]
    firm.client.connect()
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(SENDERS) as hands:
        list(hands.map(lambda draft: firm.send(draft, submit=False), drafts))
    assert time.monotonic() - began < len(drafts) * LATENCY  # what one sender alone would need at the very least
