"""``python -m ccpit_sandbox``: both ports, the reviewer and the pusher, until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import functools
import json
import logging
import os
import pathlib
import signal
import sys
import threading

from rcep_link.errors import plain
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from . import clock
from .applications import Applications
from .control import Backstage, Control
from .decisions import Decisions
from .fault_effects import FaultEffects
from .faults import Faults
from .journal import Journal
from .keys import Keys
from .push import Pusher
from .review import Reviewer
from .server import CHECK_PATH, Office, Platform
from .status import StatusPages
from .store import Store

LOG = logging.getLogger("ccpit_sandbox")
CONTROL_HOST = "127.0.0.1"
SWITCH_SECONDS = 0.0005  # calls wait for the reviewer's thread no longer than this
SOCKET_SECONDS = 30  # after which a silent connection is closed
AWAKE_SECONDS = 0.2  # how long an end that was asked for may wait


class Handler(WSGIRequestHandler):
    """Closes connections that say nothing; logs method, path and status, and no header."""

    timeout = SOCKET_SECONDS

    def date_time_string(self, timestamp=None):
        """The time by the platform's clock, which a fault may have set wrong."""
        return super().date_time_string(timestamp if timestamp is not None else clock.now().timestamp())

    def log_request(self, code="-", size="-"):
        line = getattr(self, "requestline", "")  # absent where not even that could be read
        self.log("info", "%s %s", plain(line.rpartition(" HTTP/")[0] or line), code)

    def log(self, type, message, *args):
        LOG.log(logging.ERROR if type == "error" else logging.INFO, message, *args)

    def address_string(self):
        return self.client_address[0]


def main() -> int:
    """Run the platform."""
    options = _options()
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    sys.setswitchinterval(SWITCH_SECONDS)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_signal: stopping.set())

    store = Store(options.data)
    keys, faults, journal = Keys(store), Faults(store), Journal(store)
    public = make_server(options.host, options.port, _not_ready, threaded=True, request_handler=Handler)
    control = make_server(CONTROL_HOST, options.control_port, _not_ready, threaded=True, request_handler=Handler)
    url = (options.public_url or f"http://{options.host}:{public.server_port}").rstrip("/")
    applications = Applications(store, f"{url}{CHECK_PATH}", options.review_seconds)
    filing_seconds = options.review_seconds if options.filing_seconds is None else options.filing_seconds
    restart = functools.partial(_restart, public.server_port, control.server_port)
    office = Office(store, applications, keys, journal, filing_seconds, url, options.open_enrolment)
    public.app = Platform(office, faults, FaultEffects(stopping, restart))
    reviewer, pusher = Reviewer(store, applications, faults), Pusher(store, keys, faults, journal)
    pages = StatusPages(store, faults, journal, Decisions(store, applications, reviewer))
    control.app = Control(Backstage(store, keys, faults, pages, applications.check_base, restart))

    _serve(public, control)
    reviewer.start()
    pusher.start()
    print(json.dumps({"url": url, "control": f"http://{CONTROL_HOST}:{control.server_port}"}), flush=True)
    while not stopping.wait(AWAKE_SECONDS):  # a signal that another thread got is handled when this one moves
        pass
    LOG.info("Ending.")
    for server in (public, control):
        server.shutdown()
        server.server_close()
    reviewer.stop()
    pusher.stop()
    store.close()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ccpit_sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address of the public port")
    parser.add_argument("--port", type=int, default=8169, help="public port; 0 for any free one")
    parser.add_argument("--control-port", type=int, default=9169, help="control port, on the loopback only; 0 as above")
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder of the database; made when missing")
    parser.add_argument("--review-seconds", type=float, default=1.0, help="how long each step of the review takes")
    parser.add_argument(
        "--filing-seconds", type=float, help="the same for filings; 0 decides them at once (default: as above)"
    )
    parser.add_argument(
        "--open-enrolment", action="store_true",
        help="let a known enterprise be enrolled anew with any key; by default only with the key on file",
    )  # fmt: skip
    parser.add_argument("--public-url", help="the address under which others see the public port, behind a proxy")
    return parser.parse_args()


def _restart(port: int, control_port: int) -> None:
    """Put a new process in this one's place, on the same ports: nothing is finished or tidied, as with SIGKILL."""
    command = [sys.executable, "-m", "ccpit_sandbox", *sys.argv[1:], f"--port={port}", f"--control-port={control_port}"]
    LOG.warning("Restarting, because a fault or the control port asks for it.")
    os.execv(sys.executable, command)  # noqa: S606  itself, with its own arguments


def _not_ready(_environ, start_response):
    start_response("503 Service Unavailable", [("Retry-After", "1"), ("Content-Length", "0")])
    return [b""]


def _serve(*servers: BaseWSGIServer) -> None:
    for server in servers:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
