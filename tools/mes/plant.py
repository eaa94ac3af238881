"""The simulated MES on the wire: many clients at once, answers counted by code, what was confirmed remembered."""

import collections
import concurrent.futures
import json
import socket
import threading
import time
import urllib.parse
from collections.abc import Iterable

import requests

from tools.mes.plan import CUT, HALF, OTHER, PAIR, Delivery

REPORTS = "/eco/mes/v1/reports"
CLIENTS = 6
TIMEOUT = 120  # seconds
LATER = (429, 503)  # what is sent again after a while
TAKEN, CONTRADICTS = 202, 409


class Plant:
    """Sends deliveries; the same report at once comes from two clients."""

    def __init__(self, url: str, key: str):
        self.url, self._head = url, {"Authorization": f"Bearer {key}"}
        self.answers: collections.Counter[str] = collections.Counter()
        self.sent = 0
        self.confirmed: set[str] = set()
        self.wrong: list[str] = []
        self._lock, self._sessions = threading.Lock(), threading.local()

    def send(self, deliveries: Iterable[Delivery]) -> None:
        """Send all of them, in about this order."""
        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
            for done in [pool.submit(self._deliver, each) for each in deliveries]:
                done.result()

    def _deliver(self, delivery: Delivery) -> None:
        if delivery.way in (CUT, HALF):
            self._cut(delivery.report, whole=delivery.way == CUT)
        elif delivery.way == PAIR:
            other = threading.Thread(target=self._post, args=(delivery.report,))
            other.start()
            self._post(delivery.report)
            other.join()
        else:
            self._post(delivery.report, CONTRADICTS if delivery.way == OTHER else TAKEN)

    def post(self, report: dict) -> requests.Response:
        """One report on its way, once."""
        return self._session().post(f"{self.url}{REPORTS}", json=report, headers=self._head, timeout=TIMEOUT)

    def get(self, url: str) -> requests.Response:
        """Ask for something."""
        return self._session().get(url, headers=self._head, timeout=TIMEOUT)

    def _session(self) -> requests.Session:
        if not hasattr(self._sessions, "own"):
            self._sessions.own = requests.Session()  # each thread its own
        return self._sessions.own

    def _post(self, report: dict, expected: int = TAKEN) -> None:
        """Send it until it is answered for good."""
        with self._lock:
            self.sent += 1
        while True:
            try:
                reply = self.post(report)
            except requests.ConnectionError:
                self._count("no answer")
                continue
            self._count(str(reply.status_code))
            if reply.status_code not in LATER:
                break
            time.sleep(int(reply.headers.get("Retry-After", "1")))
        number = report["report_id"]
        with self._lock:
            if reply.status_code != expected:
                self.wrong.append(f"{number}: {reply.status_code} instead of {expected}: {reply.text[:200]}")
            elif expected == TAKEN:
                self.confirmed.add(number)

    def _cut(self, report: dict, *, whole: bool) -> None:
        """Send it, or half of it, and hang up without waiting for an answer."""
        address = urllib.parse.urlsplit(self.url)
        body = json.dumps(report).encode()
        head = [f"POST {REPORTS} HTTP/1.1", f"Host: {address.netloc}", "Content-Type: application/json",
                f"Content-Length: {len(body)}", *(f"{name}: {value}" for name, value in self._head.items()), "", ""]
        with socket.create_connection((address.hostname, address.port), TIMEOUT) as wire:
            wire.sendall("\r\n".join(head).encode() + (body if whole else body[: len(body) // 2]))
        with self._lock:
            self.sent += 1
        self._count("hung up")

    def _count(self, answer: str) -> None:
        with self._lock:
            self.answers[answer] += 1
