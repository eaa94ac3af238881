"""An application's way from submitting to a certificate, with the real client."""

import concurrent.futures
import dataclasses
import uuid

import pytest
import requests
from rcep_link.application import OldCertificate
from rcep_link.canonical import digest
from rcep_link.errors import Conflict, NotFound, Refused

from . import samples


def test_an_application_becomes_a_certificate(firm):
    application = firm.application()
    issued = firm.issue(application)
    assert issued.certificate_no[2:7] == "C3302"
    assert issued.print_state == "transmitted"
    assert issued.revision == 1
    assert issued.content_digest == digest(firm.client.profile.application_body(application, 1, True))
    assert issued.valid_until.toordinal() - issued.issued_at.date().toordinal() in (364, 365, 366)


def test_a_good_without_an_accepted_filing_is_refused_by_its_place(firm):
    application = firm.application()
    with pytest.raises(Refused) as refused:
        firm.send(application)
    assert (refused.value.status, refused.value.code) == (422, "no_filing")
    assert [error.path for error in refused.value.errors] == ["items.0.product_ref"]
    with pytest.raises(NotFound):
        firm.client.status(application.client_ref)


def test_broken_rules_come_back_by_field(firm):
    firm.file(samples.filing())
    application = firm.application("NB 2026")
    with pytest.raises(Refused) as refused:
        firm.send(application)
    assert [(error.path, error.code) for error in refused.value.errors] == [("invoices.0.number", "unclean")]


def test_a_good_that_differs_from_its_filing_is_refused(firm):
    firm.file(samples.filing())
    application = firm.application()
    other = dataclasses.replace(application.items[0], hs6="940519")
    with pytest.raises(Refused) as refused:
        firm.send(dataclasses.replace(application, items=(other,)))
    assert [(error.path, error.code) for error in refused.value.errors] == [("items.0.hs6", "filing_mismatch")]


def test_an_unreadable_field_is_named_by_its_place(firm):
    application = firm.application()
    body = firm.client.profile.application_body(application, 1, True)
    with pytest.raises(Refused) as refused:
        firm.client.submit(application.client_ref, body.replace(b'"qty":"500"', b'"qty":"many"'), "m-1")
    assert [error.path for error in refused.value.errors] == ["items.0.quantity"]


def test_an_importing_party_without_electronic_certificates_is_refused(firm):
    firm.file(samples.filing())
    application = firm.application(importing_party="JP")
    consignee = dataclasses.replace(application.consignee, country="JP")
    with pytest.raises(Refused) as refused:
        firm.send(dataclasses.replace(application, consignee=consignee))
    assert refused.value.code == "party_not_connected"


def test_another_firm_as_exporter_is_refused(firm):
    firm.file(samples.filing())
    with pytest.raises(Refused) as refused:
        firm.send(samples.application())
    assert [(error.path, error.code) for error in refused.value.errors] == [("exporter.uscc", "credit_code")]


def test_the_same_revision_again_is_a_duplicate(firm):
    firm.file(samples.filing())
    application = firm.application()
    first = firm.send(application)
    again = firm.send(application)
    assert (first.duplicate, again.duplicate) == (False, True)
    assert again.content_digest == first.content_digest


def test_the_same_revision_many_times_at_once_is_one_application(firm):
    application = firm.application()
    firm.client.connect()
    with concurrent.futures.ThreadPoolExecutor(8) as hands:
        outcomes = list(hands.map(lambda _each: firm.send(application, submit=False), range(16)))
    assert sorted(outcome.duplicate for outcome in outcomes) == [False] + [True] * 15
    assert len(firm.all_events()) == 1


def test_other_content_under_the_same_revision_is_a_conflict(firm):
    firm.file(samples.filing())
    application = firm.application()
    firm.send(application)
    with pytest.raises(Conflict) as refused:
        firm.send(dataclasses.replace(application, remarks="OTHER"))
    assert refused.value.code == "conflict"


def test_an_issued_application_takes_no_new_revision(firm):
    application = firm.application()
    firm.issue(application)
    with pytest.raises(Conflict) as refused:
        firm.send(application, revision=2)
    assert refused.value.code == "not_editable"


def test_a_draft_waits_and_needs_nothing_until_it_is_submitted(firm):
    draft = firm.application("NB 2026")
    assert firm.send(draft, submit=False).state == "draft"
    firm.file(samples.filing())
    whole = dataclasses.replace(firm.application(), client_ref=draft.client_ref)
    firm.send(whole, revision=2)
    assert firm.reach(draft.client_ref, "issued").revision == 2


def test_an_invoice_stands_on_one_valid_certificate_only(firm):
    firm.issue(firm.application("NB2026-007"))
    second = firm.application("NB2026-007")
    firm.send(second)
    returned = firm.reach(second.client_ref, "issued", "returned")
    assert returned.state == "returned"
    assert [error.path for error in returned.errors] == ["invoices.0.number"]


def test_a_returned_application_is_corrected_and_issued_as_revision_2(firm):
    firm.issue(firm.application("NB2026-007"))
    second = firm.application("NB2026-007")
    firm.send(second)
    firm.reach(second.client_ref, "returned")
    corrected = dataclasses.replace(firm.application("NB2026-008"), client_ref=second.client_ref)
    firm.send(corrected, revision=2)
    issued = firm.reach(second.client_ref, "issued")
    assert (issued.revision, issued.errors) == (2, ())


def test_an_amended_certificate_replaces_the_old_one(firm):
    first = firm.issue(firm.application("NB2026-007"))
    old = OldCertificate(number=first.certificate_no, reason="the consignee moved")
    amended = firm.application("NB2026-007", kind="amended", old=old)
    firm.send(amended)
    issued = firm.reach(amended.client_ref, "issued", "returned")
    assert issued.state == "issued"
    replaced = firm.client.status(first.client_ref)
    assert (replaced.state, replaced.raw["replaced_by"]) == ("replaced", issued.certificate_no)


def test_marks_that_name_another_origin_are_sent_back(firm):
    firm.file(samples.filing())
    application = firm.application()
    marked = dataclasses.replace(application.items[0], marks="MADE IN KOREA")
    firm.send(dataclasses.replace(application, items=(marked,)))
    returned = firm.reach(application.client_ref, "issued", "returned")
    assert [(error.path, error.code) for error in returned.errors] == [("items.0.marks", "marks_abroad")]


def test_what_was_never_received_is_not_found(firm):
    with pytest.raises(NotFound):
        firm.client.status(str(uuid.uuid4()))


def test_another_enterprise_sees_nothing(firm, other_firm):
    application = firm.application()
    issued = firm.issue(application)
    for call in (
        lambda: other_firm.client.status(application.client_ref),
        lambda: other_firm.client.document(issued.certificate_id),
        lambda: other_firm.client.issuer_check(issued.certificate_id),
    ):
        with pytest.raises(NotFound):
            call()
    assert other_firm.all_events() == []


def test_the_check_page_tells_state_and_specimen(firm):
    issued = firm.issue(firm.application())
    check = firm.client.issuer_check(issued.certificate_id)
    assert check.url == issued.issuer_check_url == firm.enrolment["issuer_check_url"] + check.token
    page = requests.get(check.url, timeout=10)
    for words in (issued.certificate_no, "SPECIMEN", "Ningbo Lamp", "940511", "已签发"):
        assert words in page.text


def test_an_unknown_check_page_is_404(sandbox):
    page = requests.get(f"{sandbox.url}/check/nothing", timeout=10)
    assert page.status_code == 404
    assert "No certificate is known" in page.text
