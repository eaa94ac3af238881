"""The client says exactly what is known when a call breaks; real sockets on the other side."""

import base64
import datetime as dt
import email.utils
import gzip
import ipaddress
import socket
import ssl
import zlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from rcep_link import addresses, guarded_connections, profiles
from rcep_link import client as client_module
from rcep_link.client import Client, Connection
from rcep_link.errors import (
    Busy,
    Conflict,
    KeyUnusable,
    LinkError,
    NotFound,
    NotSent,
    Refused,
    Unauthorised,
    UnknownOutcome,
)
from rcep_link.signatures import LocalSigner, Verifier, verify

from .wire import envelope, hang_up, platform, reply, reset

SECRET = "the-secret-of-the-firm"
SIGNER = LocalSigner.generate("firm-1")
STATE = {"client_ref": "7c1d", "revision": 1, "sequence": 1, "state": "RECEIVED"}


def client_of(url: str, **facts) -> Client:
    connection = Connection(url, "C-1", SECRET, connect_timeout=2, read_timeout=facts.pop("read_timeout", 5))
    return Client(profiles.get("ccpit-json-1"), connection, facts.pop("signer", SIGNER), **facts)


def submit(server, **facts):
    return client_of(server.url, **facts).submit("7c1d", b'{"revision":1}', "m-1")


def test_a_message_arrives_whole_signed_and_with_its_token():
    with platform(reply(200, envelope(STATE))) as server:
        outcome = submit(server)
    assert (outcome.state, outcome.request_id) == ("submitted", "r-1")
    ((line, fields, body),) = server.named("/v1/applications/7c1d")
    assert line == "PUT /v1/applications/7c1d HTTP/1.1"
    assert (body, fields["idempotency-key"], fields["authorization"]) == (b'{"revision":1}', "m-1", "Bearer t-1")
    keys = {"firm-1": Verifier.from_pem(SIGNER.public_pem())}
    verify(keys, "PUT", "/v1/applications/7c1d", fields, body, now=dt.datetime.now(dt.timezone.utc))


# --- nothing was sent
def test_a_name_that_leads_where_no_platform_can_be_gets_nothing(monkeypatch):
    """Whatever the name was when it was entered: what counts is where the connection went."""
    monkeypatch.setattr(addresses, "CREDENTIALS", frozenset([ipaddress.ip_address("127.0.0.1")]))
    with platform(reply(200, envelope(STATE))) as server:
        with pytest.raises(NotSent, match="no platform can be at that address"):
            client_of(server.url.replace("127.0.0.1", "localhost")).submit("7c1d", b"{}", "m-1")
        assert server.requests == []


def test_a_refused_connection_means_not_sent():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(NotSent, match="nothing was sent"):
        client_of(f"http://127.0.0.1:{port}").submit("7c1d", b"{}", "m-1")


@pytest.mark.parametrize("address", ["", "nowhere", "ftp://platform.example", "http://", "http://[::1", "http://x/ü"])
def test_an_address_that_is_none_means_not_sent(address):
    with pytest.raises(NotSent):
        client_of(address).submit("7c1d", b"{}", "m-1")


@pytest.mark.parametrize(
    "token", [reset, hang_up, reply(500), reply(200, b"<html>"), reply(200, {"access_token": ""}), reply(200, {})]
)
def test_no_token_means_not_sent(token):
    with platform(tokens=[token]) as server, pytest.raises(NotSent):
        submit(server)
    assert not server.named("/v1/")


def test_a_certificate_that_nobody_vouches_for_means_not_sent(tmp_path):
    context = self_signed(tmp_path)
    with (
        platform(wrap=lambda raw: context.wrap_socket(raw, server_side=True)) as server,
        pytest.raises(NotSent, match="not trusted"),
    ):
        client_of(server.url.replace("http:", "https:")).submit("7c1d", b"{}", "m-1")
    assert not server.requests


def test_a_key_that_cannot_sign_means_not_sent():
    class Broken:
        key_id, alg = "firm-1", "ES256"

        def sign(self, data):
            raise ValueError

    with platform() as server, pytest.raises(KeyUnusable):
        submit(server, signer=Broken())
    assert not server.requests


# --- it may have arrived
@pytest.mark.parametrize(
    "answer",
    [
        reset,
        hang_up,
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"SSH-2.0-x\r\n",
        reply(500, envelope()),
        reply(502, b"<html>"),
        reply(200, b"<html>"),
        reply(200, envelope()),
        reply(200, envelope({**STATE, "state": "DANCING"})),
        reply(204),
    ],
)
def test_a_broken_answer_leaves_the_outcome_open(answer):
    with platform(answer) as server, pytest.raises(UnknownOutcome):
        submit(server)
    assert len(server.named("/v1/")) == 1


def test_silence_leaves_the_outcome_open():
    with platform() as server:
        server.answers.append(server.silence)
        with pytest.raises(UnknownOutcome, match="no answer in time"):
            submit(server, read_timeout=0.3)


def test_an_endless_answer_is_not_read_to_its_end():
    long = b"x" * (client_module.REPLY_LIMIT + client_module.CHUNK)
    with platform(reply(200, long)) as server, pytest.raises(UnknownOutcome, match="too long"):
        submit(server)


WHOLE_PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.mark.parametrize("content", [
    b"<html>", b"", b"\n" + WHOLE_PDF, b"%PDF-<script>alert(1)</script>", WHOLE_PDF[:-8], b"%PDF-" + b"\0" * 5000,
], ids=["a page", "nothing", "something before it", "a page as PDF", "cut off", "zeros"])  # fmt: skip
def test_a_document_that_is_no_whole_pdf_is_not_taken(content):
    with platform(reply(200, content), reply(200, WHOLE_PDF)) as server:
        client = client_of(server.url)
        with pytest.raises(UnknownOutcome, match="not a PDF"):
            client.document("c-1")
        assert client.document("c-1") == WHOLE_PDF  # asked for again, it comes


def test_a_document_of_more_than_anybody_prints_is_left_at_once():
    result = b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"
    with platform(result + b"%PDF-1.7") as server, pytest.raises(UnknownOutcome, match="too long"):
        client_of(server.url).document("c-1")


def test_a_document_that_unpacks_to_more_than_is_read_is_left():
    packed = gzip.compress(b"%PDF-" + b"\0" * (2 * client_module.REPLY_LIMIT))
    answer = reply(200, packed, "Content-Encoding: gzip")
    with platform(answer) as server, pytest.raises(UnknownOutcome, match="too long"):
        client_of(server.url).document("c-1")


@pytest.mark.parametrize("packing", ["gzip", "x-gzip", "deflate"])
def test_a_packed_document_is_read_though_none_was_asked_for(packing):
    packed = zlib.compress(WHOLE_PDF) if packing == "deflate" else gzip.compress(WHOLE_PDF)
    with platform(reply(200, packed, f"Content-Encoding: {packing}"), reply(200, packed[:-4], "Content-Encoding: gzip")
                  ) as server:  # fmt: skip
        client = client_of(server.url)
        assert client.document("c-1") == WHOLE_PDF
        with pytest.raises(UnknownOutcome, match="packed in a way"):  # its end is missing
            client.document("c-1")


@pytest.mark.parametrize("packing", ["gzip, gzip", "br", "zstd", "deflate, gzip", "x" * 5000])
def test_what_libraries_unpack_to_gigabytes_at_once_is_not_unpacked(packing):
    packed = gzip.compress(gzip.compress(b"%PDF-" + b"\0" * 10**6))
    with platform(reply(200, packed, f"Content-Encoding: {packing}")) as server:
        with pytest.raises(UnknownOutcome, match="packed in a way") as caught:
            client_of(server.url).document("c-1")
        assert len(str(caught.value)) < 200


def test_lines_between_chunks_end_somewhere():
    """Python reads a line to its end, however long, where a library does not say how long one may be."""
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(head + b"5" * (3 * guarded_connections.LONGEST_LINE) + b"\r\n")
        answer = guarded_connections._pools(False, frozenset())["http"].ConnectionCls.response_class(ours)
        answer.begin()
        assert len(answer.fp.readline()) == guarded_connections.LONGEST_LINE
        answer.close()


def test_an_answer_that_contradicts_itself_is_no_sign_that_nothing_was_sent():
    result = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 500\r\n\r\n"
    with platform(result + b"x" * 500) as server, pytest.raises(UnknownOutcome, match="It may have arrived"):
        submit(server)
    assert server.named("/v1/")


# --- the platform said no
def test_a_token_that_ran_out_is_renewed_once():
    denied = reply(401, envelope(code="token"))
    with platform(denied, reply(200, envelope(STATE))) as server:
        assert submit(server).state == "submitted"
    assert len(server.named("/oauth/token")) == 2
    first, second = server.named("/v1/")
    assert (first[2], first[1]["idempotency-key"]) == (second[2], second[1]["idempotency-key"])


def test_a_second_401_is_final():
    denied = reply(401, envelope(code="signature"))
    with platform(denied, denied, denied) as server, pytest.raises(Unauthorised) as refused:
        submit(server)
    assert refused.value.code == "signature"
    assert len(server.named("/v1/")) == 2


def test_a_wrong_secret_is_the_administrators_task():
    with platform(tokens=[reply(401, envelope(code="client"))]) as server, pytest.raises(Unauthorised):
        submit(server)


def test_a_token_is_kept_between_calls_and_clients():
    tokens = {}
    with platform(*[reply(200, envelope(STATE))] * 3) as server:
        for _each in range(3):
            submit(server, tokens=tokens)
    assert len(server.named("/oauth/token")) == 1


@pytest.mark.parametrize(
    ("status", "fields", "pause"),
    [
        (429, ["Retry-After: 7"], 7),
        (503, ["Retry-After: 0"], 1),
        (503, ["Retry-After: 99999999999999"], 86_400),
        (503, ["Retry-After: soon"], 60),
        (429, [], 60),
    ],
)
def test_a_busy_platform_names_its_pause(status, fields, pause):
    with platform(reply(status, b"", *fields)) as server, pytest.raises(Busy) as busy:
        submit(server)
    assert busy.value.retry_after == pause


def test_a_pause_may_be_a_date():
    until = dt.datetime.now(dt.timezone.utc) + dt.timedelta(minutes=10)
    field = f"Retry-After: {email.utils.format_datetime(until, usegmt=True)}"
    with platform(reply(503, b"", field)) as server, pytest.raises(Busy) as busy:
        submit(server)
    assert 590 <= busy.value.retry_after <= 600


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_refused(status):
    with platform() as elsewhere:
        with platform(reply(status, b"", f"Location: {elsewhere.url}/")) as server, pytest.raises(Refused) as refused:
            submit(server)
        assert refused.value.code == "redirect"
        assert not elsewhere.requests


@pytest.mark.parametrize(("status", "kind"), [(404, NotFound), (409, Conflict), (403, Unauthorised), (422, Refused)])
def test_each_refusal_has_its_own_kind(status, kind):
    errors = [{"path": "/application/goods/0/hs_code", "code": "format", "message": "six digits"}]
    with platform(reply(status, envelope(code="no", errors=errors))) as server, pytest.raises(kind) as refused:
        submit(server)
    assert type(refused.value) is kind
    assert [(error.path, error.code) for error in refused.value.errors] == [("items.0.hs6", "format")]


# --- what must not get out
@pytest.mark.parametrize("answer", [reset, reply(500), reply(401), reply(422, envelope())])
def test_no_error_tells_the_secret(answer):
    with platform(answer, answer) as server:
        link = client_of(server.url)
        with pytest.raises(LinkError) as caught:
            link.submit("7c1d", b"{}", "m-1")
    result = f"{caught.value!r} {caught.value} {link.connection!r}"
    assert SECRET not in result
    assert "t-1" not in result


def test_credentials_of_the_machine_are_not_used(tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login root password other\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with platform(reply(200, envelope(STATE))) as server:
        submit(server)
    assert [fields["authorization"].split()[0] for _line, fields, _body in server.requests] == ["Basic", "Bearer"]
    assert b"C-1" in base64.b64decode(server.requests[0][1]["authorization"].split()[1])


def self_signed(folder) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = dt.datetime.now(dt.timezone.utc) - dt.timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain)
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
