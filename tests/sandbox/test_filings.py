"""Product filings: accepted, sent back with reasons, renewed."""

import dataclasses
import datetime as dt
import uuid

import pytest
from rcep_link.errors import NotFound, Refused

from . import samples


def test_a_whole_filing_is_accepted_for_a_year(firm):
    accepted = firm.file(samples.filing())
    assert accepted.state == "accepted"
    assert dt.timedelta(360) < accepted.valid_until - dt.date.today() < dt.timedelta(370)  # noqa: DTZ011  near enough


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"hs6": ""}, "hs6"),
        ({"materials": ()}, "materials"),
        ({"processes": ()}, "processes"),
        ({"criterion": "RVC"}, "rvc"),
        ({"name_en": ""}, "name_en"),
    ],
)
def test_a_filing_that_lacks_something_is_sent_back(firm, facts, path):
    returned = firm.file(samples.filing(**facts))
    assert (returned.state, [error.path for error in returned.errors]) == ("returned", [path])


def test_a_material_needs_name_and_hs_code(firm):
    chip = samples.filing().materials[0]
    bare = dataclasses.replace(chip, name="", hs6="")
    returned = firm.file(samples.filing(materials=(chip, bare)))
    assert [error.path for error in returned.errors] == ["materials.1.name", "materials.1.hs6"]


def test_renewed_content_is_a_new_decision(firm):
    filing = samples.filing(hs6="")
    assert firm.file(filing).state == "returned"
    assert firm.file(dataclasses.replace(filing, hs6="940511")).state == "accepted"


def test_the_same_filing_again_is_a_duplicate(firm):
    filing = samples.filing()
    firm.file(filing)
    again = firm.client.file_product(filing.client_ref, firm.client.profile.filing_body(filing), "m-2")
    assert (again.duplicate, again.state) == (True, "accepted")


def test_an_application_names_a_returned_filing(firm):
    firm.file(samples.filing(hs6=""))
    with pytest.raises(Refused) as refused:
        firm.send(firm.application())
    assert refused.value.code == "filing_returned"


def test_the_address_and_the_content_name_the_same_filing(firm):
    body = firm.client.profile.filing_body(samples.filing())
    with pytest.raises(Refused) as refused:
        firm.client.file_product("other", body, "m-1")
    assert [error.path for error in refused.value.errors] == ["client_ref"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"filing":[]}', b"\xff", b"[" * 100_000])
def test_a_body_without_sense_is_refused(firm, body):
    with pytest.raises(Refused) as refused:
        firm.client.file_product("some", body, "m-1")
    assert (refused.value.status, refused.value.code) == (400, "body")


def test_what_was_never_filed_is_not_found(firm):
    with pytest.raises(NotFound):
        firm.client.filing_status(str(uuid.uuid4()))
