"""The signed document of a certificate, checked as a customs office would."""

import dataclasses
import io

import pypdf
import pytest
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from .conftest import new_uscc


def check(pdf: bytes, root_pem: str):
    root = x509.Certificate.load(pem.unarmor(root_pem.encode())[2])
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[root], allow_fetching=False))


@pytest.fixture(scope="module")
def issued(sandbox):
    firm = sandbox.enrol()
    outcome = firm.issue(firm.application())
    return firm, outcome, firm.client.document(outcome.certificate_id)


def test_the_signature_is_valid_and_covers_the_whole_file(issued):
    firm, _outcome, pdf = issued
    status = check(pdf, firm.enrolment["issuer_root_certificate_pem"])
    assert status.bottom_line, status.pretty_print_details()
    assert status.coverage.name == "ENTIRE_FILE"


def test_an_altered_byte_breaks_it(issued):
    firm, _outcome, pdf = issued
    at = pdf.index(b"SPECIMEN")
    altered = pdf[:at] + b"X" + pdf[at + 1 :]
    status = check(altered, firm.enrolment["issuer_root_certificate_pem"])
    assert not status.intact
    assert not status.bottom_line


def test_it_is_a_pades_signature(issued):
    _firm, _outcome, pdf = issued
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_the_form_shows_number_content_and_specimen(issued):
    _firm, outcome, pdf = issued
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    for words in (outcome.certificate_no, "SPECIMEN", "NOT VALID", "Ningbo Lamp", "940511", "NB2026-001", "CHINA"):
        assert words in text


def test_letters_that_the_form_lacks_are_shown_without_their_marks(sandbox):
    firm = sandbox.enrol(new_uscc())
    application = firm.application("NB2026-003")
    consignee = dataclasses.replace(application.consignee, name_en="Đèn Sài Gòn, Đà Nẵng")
    outcome = firm.issue(dataclasses.replace(application, consignee=consignee))
    pages = pypdf.PdfReader(io.BytesIO(firm.client.document(outcome.certificate_id))).pages
    assert "Dèn Sài Gòn, Dà Nang" in pages[0].extract_text()


def test_a_certificate_of_fifty_goods_has_several_sheets(sandbox):
    firm = sandbox.enrol(new_uscc())
    application = firm.application("NB2026-004")
    items = tuple(dataclasses.replace(application.items[0], number=i + 1) for i in range(50))
    outcome = firm.issue(dataclasses.replace(application, items=items))
    pages = pypdf.PdfReader(io.BytesIO(firm.client.document(outcome.certificate_id))).pages
    assert len(pages) > 1
    assert all("SPECIMEN" in page.extract_text() for page in pages)


def test_it_stays_the_same(issued):
    firm, outcome, pdf = issued
    assert firm.client.document(outcome.certificate_id) == pdf
