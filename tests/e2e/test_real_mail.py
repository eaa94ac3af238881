"""A certificate leaves by SMTP: what arrives bears document, papers and page, and who is refused becomes a task."""

import base64
import datetime as dt

import pytest

from tests.e2e.served import PATIENCE, WebUser, copied
from tests.e2e.smtp import serving
from tools.programs import wait_for

NUMBER = "26C3302A0001/00042"
ADDRESS = "buyer@haiphong.example"
DOCUMENT = b"%PDF-1.7 of the issuing body"
STORED = base64.b64encode(DOCUMENT).decode()  # as a binary field has it in its column
FAILED = "The customer did not get the mail"


@pytest.fixture(scope="module")
def place():
    """The demo, with a mail server of the firm that is ours."""
    with copied("mail") as place:
        place.serve()
        yield place


@pytest.fixture(scope="module")
def users(place):
    return {login: WebUser(place, login) for login in ("admin", "clerk", "signer")}


@pytest.fixture(scope="module")
def server(users):
    with serving() as server:
        values = {"name": "The firm's", "smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_encryption": "none"}
        users["admin"].call("ir.mail_server", "create", [values])
        yield server


@pytest.fixture(scope="module")
def certificate(place, users):
    """A certificate as it is after the platform has answered; the customer reads Chinese."""
    clerk, signer = users["clerk"], users["signer"]
    (customer,) = clerk.call("res.partner", "search", [["name", "=", "Hai Phong Home Hardware JSC"]])
    (good,) = clerk.call("product.product", "search", [["default_code", "=", "YJ-H110"]])
    (term,) = clerk.call("account.incoterms", "search", [["code", "=", "FOB"]])
    line = {"product_id": good, "quantity": 8000, "price_unit": 5.2, "tax_ids": [[5]]}
    today = dt.datetime.now(dt.timezone.utc).date().isoformat()
    invoice = {"move_type": "out_invoice", "partner_id": customer, "invoice_date": today, "invoice_incoterm_id": term,
               "invoice_line_ids": [[0, 0, line]]}  # fmt: skip
    (sold,) = clerk.call("account.move", "create", [invoice])
    clerk.call("account.move", "action_post", [sold])
    made = clerk.call("account.move", "action_create_rcep_certificate", [sold])["res_id"]
    shipment = {"means": "sea", "vessel": "COSCO SHIPPING ROSE V.032S", "port_discharge": "HAI PHONG"}
    clerk.call("rcep.certificate", "write", [made], shipment)
    signer.call("rcep.certificate", "action_approve", [made])
    place.sql(
        f"UPDATE rcep_certificate SET state = 'issued', environment = 'sandbox', certificate_no = '{NUMBER}', "
        f"issued_at = now(), valid_until = current_date + 365, document = '{STORED}' WHERE id = {made}"
    )
    users["admin"].call("res.partner", "write", [customer], {"lang": "zh_CN", "email": ADDRESS})
    return made


def send(clerk, certificate):
    """What the clerk does in the composer."""
    context = clerk.call("rcep.certificate", "action_send", [certificate])["context"]
    composer = clerk.call("mail.compose.message", "create", [{}], context=context)
    clerk.call("mail.compose.message", "action_send_mail", composer, context=context)


def arrived(server):
    """What came for the customer; colleagues get mail of their tasks."""
    return [mail for _sender, recipients, mail in server.taken if recipients == [ADDRESS]]


def test_what_arrives_bears_document_papers_and_page_in_the_customers_language(users, server, certificate):
    send(users["clerk"], certificate)
    assert wait_for(lambda: arrived(server), PATIENCE)
    (mail,) = arrived(server)
    assert "原产地证书" in mail["Subject"]
    assert NUMBER in mail["Subject"]
    files = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    name = NUMBER.replace("/", "-")
    papers = [f"{name}-{paper}.pdf" for paper in ("commercial-invoice", "origin-summary", "packing-list")]
    assert sorted(files) == sorted([f"{name}.pdf", *papers])
    assert all(content.startswith(b"%PDF") for content in files.values())
    assert files[f"{name}.pdf"] == DOCUMENT
    words = mail.get_body(("html",)).get_content()
    assert "/eco/" in words
    assert "原产地证书" in words


def test_who_is_refused_is_a_task_of_the_signer_with_the_servers_words(users, server, certificate):
    server.refused.add(ADDRESS)
    before = arrived(server)
    send(users["clerk"], certificate)
    domain = [["res_model", "=", "rcep.certificate"], ["res_id", "=", certificate], ["summary", "=", FAILED]]

    def tasks():
        return users["signer"].call("mail.activity", "search_read", domain, ["note", "user_id"])

    assert wait_for(tasks, PATIENCE)
    (task,) = tasks()
    assert ADDRESS in task["note"]
    assert "no such mailbox here" in task["note"]
    assert arrived(server) == before
