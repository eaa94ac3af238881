"""Calls made up from the website's own description, to a real Odoo: never a status 500, and answers as described.

Each is made as anybody makes it, and signed with the platform's key; what is sent is drawn the same at each run.
"""

import datetime as dt
import json
import socket
import urllib.request
from pathlib import Path

import pytest
import requests.auth
import schemathesis
from hypothesis import HealthCheck, settings
from rcep_link.signatures import LocalSigner, sign
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tools import bench_submit
from tools.odoo import odoo_command
from tools.programs import end, spawn, wait_for

DESCRIPTION = Path(__file__).resolve().parents[2] / "addons/rcep_eco_website/controllers/openapi.json"
EXAMPLES = 40  # of each call, unsigned and signed
PATIENCE = 60
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
SIGNED = ("signature", "signature-input", "date", "content-digest")
CERTIFICATE = "c-1"


class Signed(requests.auth.AuthBase):
    """Signs what goes out, as it goes out, with the platform's key; without one it leaves it unsigned."""

    def __init__(self, key=None):
        self._key = key

    def __call__(self, request):
        body = request.body or b""
        body = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        for name in SIGNED:
            request.headers.pop(name, None)
        if self._key and isinstance(body, bytes):
            now = dt.datetime.now(dt.timezone.utc)
            signed = sign(self._key, request.method, request.path_url, body, now=now, headers=request.headers)
            request.headers = requests.structures.CaseInsensitiveDict(signed)
        return request


@pytest.fixture(scope="module")
def key():
    return LocalSigner.generate("platform-1")


@pytest.fixture(scope="module")
def website(key):
    """The address of an Odoo with one issued certificate, whose connection knows the platform's key."""
    with bench_submit.prepared(1) as place:
        sql, database = place.workplace.server.sql, place.database
        sql(f"UPDATE rcep_platform SET platform_key_name = '{key.key_id}', "
            f"platform_public_key = '{key.public_pem().decode()}'", database)  # fmt: skip
        sql(f"UPDATE rcep_certificate SET state = 'issued', certificate_ref = '{CERTIFICATE}', "
            "certificate_no = '26C/1', environment = 'sandbox', issued_at = now(), "
            "valid_until = now() + interval '9 months' "
            "WHERE id = (SELECT min(id) FROM rcep_certificate WHERE state = 'submitted')", database)  # fmt: skip
        yield from _served(place)


def _served(place):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = place.configuration.parent / "web.log"
    command = [*odoo_command(place.workplace), "-c", place.configuration, f"--http-port={port}", "--max-cron-threads=0"]
    process = spawn(command, log, env=place.workplace.environment(), cwd=place.configuration.parent)
    url = f"http://127.0.0.1:{port}"
    try:
        assert wait_for(lambda: _is_well(url), PATIENCE), log.read_text()[-2000:]
        yield url
        assert "Traceback" not in log.read_text()
    finally:
        end(process)


def _is_well(url) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/rcep/platform/v1/health", timeout=PATIENCE) as answer:
            return answer.status == 200
    except OSError:
        return False


def _without_security() -> dict:
    """The description without signatures, which are not drawn but made by `Signed`."""
    description = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    for calls in description["paths"].values():
        for call in calls.values():
            del call["security"]
    return description


schema = schemathesis.openapi.from_dict(_without_security(), config=schemathesis.Config.from_dict({"seed": 5}))
drawn = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@schema.parametrize()
@drawn
def test_who_signs_nothing_gets_what_is_described(case, website):
    reply = case.call(base_url=website, auth=Signed(), timeout=20, allow_redirects=False)
    case.validate_response(reply, checks=CHECKS)


@schema.include(path_regex="^/rcep/").parametrize()
@drawn
def test_the_platform_gets_what_is_described(case, website, key):
    reply = case.call(base_url=website, auth=Signed(key), timeout=20, allow_redirects=False)
    case.validate_response(reply, checks=CHECKS)


def test_the_proof_of_a_certificate_is_as_described(website, key):
    target = f"/rcep/platform/v1/origin-data?certificate_id={CERTIFICATE}"
    signed = sign(key, "GET", target, b"", now=dt.datetime.now(dt.timezone.utc))
    reply = requests.get(website + target, headers=signed, timeout=20)
    assert reply.status_code == 200, reply.text
    assert reply.json()["data"]["goods"]
    schema["/rcep/platform/v1/origin-data"]["GET"].validate_response(reply)
