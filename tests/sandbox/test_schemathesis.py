"""Calls made up from the platform's own description: never an error of its own, and answers as described.

They are signed and carry a token, so that they get past the door; what is sent is drawn the same at each run.
"""

import base64
import datetime as dt

import pytest
import requests.auth
import schemathesis
from hypothesis import HealthCheck, settings
from rcep_link.signatures import sign
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from ccpit_sandbox.openapi import describe
from ccpit_sandbox.server import ROUTES

from . import samples
from .conftest import new_uscc

EXAMPLES = 50  # of each call
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, negative_data_rejection, unsupported_method, allow_header_conformance,
]  # fmt: skip
REFUSED = ["400", "401", "404", "405", "409", "411", "413", "415", "422"]  # how what does not fit is refused
SIGNED = ("signature", "signature-input", "date", "content-digest", "authorization")


class Signed(requests.auth.AuthBase):
    """Signs what goes out, as it goes out."""

    def __init__(self, firm):
        self._firm, self._token = firm, firm.token()
        pair = f"{firm.enrolment['client_id']}:{firm.enrolment['client_secret']}"
        self._basic = f"Basic {base64.b64encode(pair.encode()).decode()}"

    def __call__(self, request):
        body = request.body or b""
        body = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        for name in SIGNED:
            request.headers.pop(name, None)
        now = dt.datetime.now(dt.timezone.utc)
        request.headers = requests.structures.CaseInsensitiveDict(
            sign(self._firm.signer, request.method, request.path_url, body, now=now, headers=request.headers)
        )
        is_for_token = request.path_url == "/oauth/token"
        request.headers["Authorization"] = self._basic if is_for_token else f"Bearer {self._token}"
        return request


@pytest.fixture(scope="module")
def signed(sandbox):
    """A firm that has filed its product, so that an application may get far."""
    firm = sandbox.enrol(new_uscc())
    firm.file(samples.filing())
    return Signed(firm)


def _without_security(description: dict) -> dict:
    """The description without tokens and signatures, which are not drawn but made by `Signed`."""
    for calls in description["paths"].values():
        for call in calls.values():
            del call["security"]
    return description


config = schemathesis.Config.from_dict(
    {"seed": 5, "checks": {"negative_data_rejection": {"expected-statuses": REFUSED}}}
)
schema = schemathesis.openapi.from_dict(_without_security(describe(ROUTES, "")), config=config)


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_it_answers_what_its_description_says(case, sandbox, signed):
    root = next((each for each in ("application", "filing") if _holds(case.body, each)), None)
    if root and case.path_parameters:
        case.body[root]["client_ref"] = case.path_parameters["client_ref"]  # else nothing gets any further
    case.validate_response(case.call(base_url=sandbox.url, auth=signed, timeout=20), checks=CHECKS)


def _holds(body, root) -> bool:
    return isinstance(body, dict) and isinstance(body.get(root), dict) and isinstance(body[root].get("client_ref"), str)
