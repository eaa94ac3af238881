"""A running sandbox and an enterprise that talks to it with the real client."""

import contextlib
import dataclasses
import datetime as dt
import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import requests
import urllib3
from rcep_link import profiles
from rcep_link.client import Client, Connection
from rcep_link.errors import NotFound
from rcep_link.signatures import LocalSigner, sign

from . import samples

CHECKOUT = Path(__file__).resolve().parents[2]
REVIEW_SECONDS = "0.05"
PATIENCE = 20.0


def wait_for(condition, patience: float = PATIENCE):
    """The first true value of ``condition()``, or a failure once patience ends."""
    deadline = time.monotonic() + patience
    pause = threading.Event()
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        pause.wait(0.02)
    raise AssertionError("this did not happen in time")


class Sandbox:
    """The process, restartable on the same folder and ports."""

    def __init__(self, folder: Path, *options: str):
        self.folder, self._options = folder, options
        self.process = None
        self.url = self.control = ""
        self._ports = ("0", "0")

    def start(self) -> None:
        command = [
            sys.executable, "-m", "ccpit_sandbox", "--port", self._ports[0], "--control-port", self._ports[1],
            "--data", str(self.folder), "--review-seconds", REVIEW_SECONDS, *self._options,
        ]  # fmt: skip
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
        with (self.folder.parent / f"{self.folder.name}.log").open("a") as log:
            self.process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=log, env=environment, cwd=self.folder.parent, text=True
            )
        started = json.loads(self.process.stdout.readline())
        self.url, self.control = started["url"], started["control"]
        self._ports = tuple(address.rpartition(":")[2] for address in (self.url, self.control))

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self.process.stdout.close()
        return code

    def kill(self) -> None:
        """SIGKILL, as when the power fails."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def starts(self) -> int:
        """How often the platform has started, or 0 while it is away."""
        try:
            return self.ask("GET", "/health").json()["start"]
        except requests.ConnectionError:
            return 0

    def ask(self, method: str, path: str, content=None):
        return requests.request(method, f"{self.control}{path}", json=content, timeout=10)

    def fault(self, **fault) -> None:
        answer = self.ask("POST", "/faults", fault)
        assert answer.status_code == 200, answer.text

    def struck(self) -> dict:
        """How often each fault struck each operation."""
        return self.ask("GET", "/faults").json()["struck"]

    def enrol(self, uscc: str = samples.USCC, push_url: str = "") -> "Firm":
        signer = LocalSigner.generate(f"firm-{uuid.uuid4().hex[:8]}")
        wanted = {
            "name": "宁波灯具有限公司", "uscc": uscc, "public_key_pem": signer.public_pem().decode(),
            "key_id": signer.key_id, "push_url": push_url,
        }  # fmt: skip
        answer = self.ask("POST", "/enterprises", wanted)
        assert answer.status_code == 200, answer.text
        return Firm(self, answer.json(), signer, uscc)


class Firm:
    """An enrolled enterprise."""

    def __init__(self, sandbox: Sandbox, enrolment: dict, signer: LocalSigner, uscc: str):
        self.sandbox, self.enrolment, self.signer, self.uscc = sandbox, enrolment, signer, uscc
        self._tokens = {}
        self.client = self.make_client(tokens=self._tokens)

    def make_client(self, secret: str = "", signer=None, read_timeout: float = 20.0, tokens=None) -> Client:
        secret = secret or self.enrolment["client_secret"]
        connection = Connection(self.sandbox.url, self.enrolment["client_id"], secret, read_timeout=read_timeout)
        return Client(profiles.get("ccpit-json-1"), connection, signer or self.signer, tokens=tokens)

    def token(self) -> str:
        """A fresh access token, for calls that the client does not make."""
        self.client.connect()
        ((value, _until),) = self._tokens.values()
        return value

    def post(self, target: str, content, sent: bytes | None = None, **headers) -> requests.Response:
        """A signed call of one's own, of an object or of bytes; ``sent`` goes out in place of what was signed."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        signed = sign(self.signer, "POST", target, body, now=dt.datetime.now(dt.timezone.utc), headers=headers)
        signed["Authorization"] = f"Bearer {self.token()}"
        return requests.post(f"{self.sandbox.url}{target}", data=sent or body, headers=signed, timeout=10)

    def attach(self, name: str, content: bytes, part: str = "file") -> requests.Response:
        """Send an attachment."""
        body, content_type = urllib3.encode_multipart_formdata({part: (name, content)})
        return self.post("/v1/attachments", body, **{"Content-Type": content_type})

    def get(self, target: str, **headers) -> requests.Response:
        """A signed reading call of one's own."""
        signed = sign(self.signer, "GET", target, b"", now=dt.datetime.now(dt.timezone.utc), headers=headers)
        signed["Authorization"] = f"Bearer {self.token()}"
        return requests.get(f"{self.sandbox.url}{target}", headers=signed, timeout=10)

    def application(self, invoice: str = "NB2026-001", **facts):
        """An application of this firm."""
        whole = samples.application(invoice, **facts)
        return dataclasses.replace(whole, exporter=dataclasses.replace(whole.exporter, uscc=self.uscc))

    def file(self, filing):
        body = self.client.profile.filing_body(filing)
        self.client.file_product(filing.client_ref, body, str(uuid.uuid4()))
        return wait_for(lambda: self._decided(filing.client_ref))

    def _decided(self, client_ref):
        outcome = self.client.filing_status(client_ref)
        return outcome if outcome.state != "pending" else None

    def send(self, application, revision: int = 1, submit: bool = True):
        body = self.client.profile.application_body(application, revision, submit)
        return self.client.submit(application.client_ref, body, str(uuid.uuid4()))

    def reach(self, client_ref: str, *states: str):
        """The outcome once it has one of these states."""
        return wait_for(lambda: self.state_in(client_ref, states))

    def state_in(self, client_ref, states):
        with contextlib.suppress(NotFound):
            outcome = self.client.status(client_ref)
            return outcome if outcome.state in states else None

    def issue(self, application):
        """Submit and wait until issued; files the product first."""
        self.file(samples.filing())
        self.send(application)
        return self.reach(application.client_ref, "issued")

    def all_events(self):
        events, cursor, more = [], "", True
        while more:
            page = self.client.events(cursor)
            events += page.events
            cursor, more = page.cursor, page.more
        return events
