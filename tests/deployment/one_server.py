"""Scenario: docker/'s own odoo.conf and Caddyfile, from an invoice to the QR page through TLS and proxy."""

import json
import sys

import requests
import websocket

from tests.deployment.machine import CONTROL, DOCKER, PATIENCE, SANDBOX, URL, machine
from tools import demo_scenario
from tools.programs import wait_for

EVENTED = "http://odoo:8072"


def upgraded(here):
    """The answer to a request for a websocket through the proxy, as a browser's tab makes it."""
    session = requests.Session()
    session.get(f"{URL}/web/login", timeout=60)
    cookie = "; ".join(f"{name}={value}" for name, value in session.cookies.items())
    connection = websocket.create_connection(
        "wss://localhost/websocket?version=19.0-2", sslopt={"ca_certs": str(here.bundle)}, cookie=cookie, origin=URL,
        timeout=60)  # fmt: skip
    try:
        return connection.getstatus()
    finally:
        connection.close()


def main(facts):
    with machine(facts) as here:
        here.set_parameter("web.base.url", URL)
        here.set_parameter("web.base.url.freeze", "True")
        here.start_proxy((DOCKER / "Caddyfile").read_text())
        here.start_sandbox()
        here.start_odoo("odoo", "127.0.0.2")
        assert wait_for(lambda: here.is_up("odoo"), PATIENCE), "Odoo is not up"
        request = {"url": URL, "database": here.database, "sandbox": SANDBOX, "control": CONTROL}
        found = demo_scenario.run(request)
        login = requests.get(f"{URL}/web/login", timeout=60)
        journal = requests.get(f"{CONTROL}/requests", timeout=60).json()
        pushes = here.sql("SELECT count(*) FROM rcep_platform_event WHERE source = 'push'")
        plain = requests.get("http://localhost/eco", timeout=60, allow_redirects=False)
        answer = {
            **found, "websocket": upgraded(here), "evented": requests.get(f"{EVENTED}/eco", timeout=60).status_code,
            "manager": [requests.get(f"{URL}/web/database{path}", timeout=60).status_code
                        for path in ("", "/manager", "/selector", "/backup")],
            "direct": requests.get("http://odoo:8069/web/database/manager", timeout=60).status_code,
            "headers": dict(login.headers), "cookie": login.headers.get("Set-Cookie", ""),
            "plain": [plain.status_code, plain.headers.get("Location", "")],
            "workers": len([1 for line in (here.folder / "odoo.log").read_text().splitlines() if "Worker WorkerHTTP" in
                            line and "alive" in line]),
            "calls": journal, "pushes": int(pushes[0][0]),
        }  # fmt: skip
    print(json.dumps(answer, default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
