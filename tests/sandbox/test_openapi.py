"""The description of the public port: valid, complete, and true of what goes over the wire."""

import json

import jsonschema
import pytest
import requests
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from rcep_link.profiles.ccpit_json_1 import TABLES

from ccpit_sandbox.openapi import describe
from ccpit_sandbox.server import ROUTES

from . import samples


@pytest.fixture(scope="module")
def description(sandbox):
    return requests.get(f"{sandbox.url}/openapi.json", timeout=10).json()


def checker(description, name):
    """A validator for one named schema of the description."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def test_it_is_valid(description):
    validate(description, cls=OpenAPIV31SpecValidator)


def test_it_has_every_call_of_the_profile(description):
    described = {
        (method.upper(), path): call["operationId"]
        for path, calls in description["paths"].items()
        for method, call in calls.items()
    }
    assert described.items() >= {
        (method, target.partition("?")[0]): name for name, (method, target) in TABLES["operations"].items()
    }.items()
    assert len(described) == len(list(ROUTES.iter_rules()))


def test_it_is_made_of_the_routes_and_names_the_platforms_address(sandbox, description):
    assert description == json.loads(json.dumps(describe(ROUTES, sandbox.url)))
    assert description["servers"] == [{"url": sandbox.url}]


def test_what_the_client_sends_and_gets_fits_it(firm, description):
    profile = firm.client.profile
    application, filing = firm.application(), samples.filing()
    issued = firm.issue(application)
    checker(description, "ApplicationBody").validate(json.loads(profile.application_body(application, 1, True)))
    checker(description, "FilingBody").validate(json.loads(profile.filing_body(filing)))
    got = {
        "ApplicationState": f"/v1/applications/{application.client_ref}", "Events": "/v1/events", "Keys": "/v1/keys",
        "IssuerCheck": f"/v1/certificates/{issued.certificate_id}/qr", "Cases": "/v1/conformance",
        "CodeList": "/v1/codelists/parties",
    }  # fmt: skip
    for name, target in got.items():
        checker(description, name).validate(firm.get(target).json()["data"])


def test_a_refusal_fits_it(firm, description):
    checker(description, "Refusal").validate(firm.get("/v1/applications/never").json())


def test_a_field_that_no_record_has_does_not_fit_it(firm, description):
    body = firm.client.profile.application_body(firm.application(), 1, True)
    content = json.loads(body)
    content["application"]["colour"] = "red"
    assert not checker(description, "ApplicationBody").is_valid(content)
