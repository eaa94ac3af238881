"""One wall clock over a whole exchange, and no way to where no platform can be, whatever the other side does."""

import concurrent.futures
import datetime as dt
import http.server
import ipaddress
import json
import socket
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from rcep_link import addresses, guarded_connections, profiles
from rcep_link import client as client_module
from rcep_link.client import Client, Connection
from rcep_link.errors import NotSent, UnknownOutcome
from rcep_link.signatures import LocalSigner

from .wire import TOKEN, envelope, platform, reply

SIGNER = LocalSigner.generate("firm-1")
STATE = {"client_ref": "7c1d", "revision": 1, "sequence": 1, "state": "RECEIVED"}
GOOD = reply(200, envelope(STATE))
CONNECT, READ = 0.4, 0.6
LONGEST = CONNECT + READ
SLACK = 0.8  # seconds that a busy machine may need beside
DRIP = 0.1  # seconds between two bytes: far below every time-out of a socket


def client_of(url, **facts):
    connection = Connection(url, "C-1", "secret", connect_timeout=CONNECT, read_timeout=READ, **facts)
    return Client(profiles.get("ccpit-json-1"), connection, SIGNER)


def submit(url, **facts):
    return client_of(url, **facts).submit("7c1d", b"{}", "m-1")


def dripping(server, content, each=1):
    """Sends a content byte by byte, for as long as anybody listens."""

    def act(connection):
        for start in range(0, len(content), each):
            connection.sendall(content[start : start + each])
            if server.ending.wait(DRIP):
                return

    return act


@pytest.fixture(autouse=True)
def on_time():
    """Each of these calls ends on time, and leaves neither a thread nor a clock behind."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < LONGEST + SLACK
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer) and thread.is_alive()
                and not thread.finished.is_set()]  # fmt: skip


# --- slow
@pytest.mark.parametrize("content", [GOOD, b"HTTP/1.1 200 OK\r\nX-Endless: " + b"x" * 5000, b"H" * 500], ids=[
    "status and body", "one header field", "no status"])  # fmt: skip
def test_an_answer_that_comes_byte_by_byte_is_cut_off(content):
    with platform() as server:
        server.answers.append(dripping(server, content))
        with pytest.raises(UnknownOutcome, match="within 1 seconds"):
            submit(server.url)


def test_a_body_whose_length_nobody_stated_is_not_taken_for_whole_where_it_was_cut_off():
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n%PDF-1.7 "
    with platform() as server:
        server.answers.append(lambda connection: (connection.sendall(head), dripping(server, b"x" * 500)(connection)))
        with pytest.raises(UnknownOutcome):
            client_of(server.url).document("c-1")


def test_a_token_that_comes_byte_by_byte_means_not_sent():
    with platform() as server:
        server.tokens.append(dripping(server, reply(200, TOKEN)))
        with pytest.raises(NotSent, match="no access token"):
            submit(server.url)
        assert not server.named("/v1/")


def test_a_handshake_that_never_ends_means_not_sent():
    with platform(wrap=lambda raw: server.ending.wait(3) and raw) as server, pytest.raises(NotSent):
        submit(server.url.replace("http:", "https:"))


def test_the_time_is_that_of_a_call_with_its_token_and_its_second_try():
    slow = lambda connection: (time.sleep(0.35), connection.sendall(reply(401, envelope())))  # noqa: E731  one line
    with platform() as server:
        server.tokens += [lambda connection: (time.sleep(0.35), connection.sendall(reply(200, TOKEN)))] * 2
        server.answers += [slow, slow]
        with pytest.raises(NotSent):
            submit(server.url)


def test_several_calls_share_a_clock():
    with platform(GOOD, GOOD) as server:
        client = client_of(server.url)
        with client.within(0.2):
            client.status("7c1d")
            time.sleep(0.3)
            with pytest.raises(NotSent, match="over before it began"):
                client.status("7c1d")


def test_the_longest_of_a_call_may_be_set_below_its_time_outs():
    with platform() as server:
        server.answers.append(dripping(server, GOOD))
        began = time.monotonic()
        with pytest.raises(UnknownOutcome):
            submit(server.url, longest=0.3)
        assert time.monotonic() - began < 0.3 + SLACK / 2


def test_a_name_that_nobody_looks_up_in_time_means_not_sent(monkeypatch):
    answered = threading.Event()
    plain, asked = socket.getaddrinfo, []

    def slow(*arguments, **options):
        asked.append(arguments)
        answered.wait(3)
        return plain("127.0.0.1", 9)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    for _again in range(2):
        with pytest.raises(NotSent, match="no connection in time"):
            submit("https://platform.example")
    answered.set()
    assert len(asked) == 1  # who asks again waits for the same answer: no threads pile up


# --- elsewhere
NOWHERE = (
    "169\u3002254\u3002169\u3002254", "169\uff61254\uff61169\uff61254", "[::ffff:0:169.254.169.254]",
    "169.254.169.254", "169.254.169.254.", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.16689662", "127.1",
    "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[::169.254.169.254]", "[64:ff9b::a9fe:a9fe]",
    "[2002:a9fe:a9fe::1]", "[fe80::1%25eth0]", "[fd00:ec2::254]", "[ff02::1]", "0", "0.0.0.0", "[::]",
    "１６９.254.169.254", "240.0.0.1", "255.255.255.255",
)  # fmt: skip


@pytest.mark.parametrize("host", NOWHERE)
def test_no_way_of_writing_it_makes_a_platform_of_it(host):
    assert not addresses.may_be_platform(host)
    with pytest.raises(NotSent):
        submit(f"https://{host}")


@pytest.mark.parametrize("address", ["169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "0.0.0.0"])
def test_a_name_that_leads_elsewhere_when_it_counts_is_not_connected_to(monkeypatch, address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_o: [(family, socket.SOCK_STREAM, 6, "", (address, 443))])
    monkeypatch.setattr(socket.socket, "connect", lambda *_a: pytest.fail("it was connected to"))
    with pytest.raises(NotSent, match="no platform can be at that address"):
        submit("https://platform.example")


@pytest.mark.parametrize("target", ["https://169.254.169.254", "https://2852039166", "http://10.0.0.7"])
def test_a_proxy_is_not_asked_for_it_either(monkeypatch, target):
    with platform() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        with pytest.raises(NotSent):
            submit(target)
        assert not proxy.requests


def test_what_leaves_without_tls_goes_through_no_proxy(monkeypatch):
    with platform() as proxy, platform(GOOD) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        assert submit(server.url).state == "submitted"
        assert not proxy.requests  # it would have read the secret


@pytest.mark.parametrize("name", ["ALL_PROXY", "HTTPS_PROXY", "https_proxy"])
@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "SOCKS4", "socks"])
def test_a_socks_proxy_is_refused_in_words_and_nothing_leaves(monkeypatch, name, scheme):
    """With or without the library for it: it would connect past the looks that are taken here."""
    monkeypatch.setattr(socket.socket, "connect", lambda *_a: pytest.fail("it was connected to"))
    monkeypatch.setenv(name, f"{scheme}://me:secret@127.0.0.1:9")
    for act in (submit, lambda url: client_module.reach(url, 0.5)):
        with pytest.raises(NotSent, match="SOCKS proxy") as caught:
            act("https://platform.example")
        assert "secret" not in str(caught.value)


def test_without_tls_no_socks_proxy_is_asked_either(monkeypatch):
    with platform() as proxy, platform(GOOD) as server:
        monkeypatch.setenv("ALL_PROXY", proxy.url.replace("http:", "socks5:"))
        assert submit(server.url).state == "submitted"
        assert not proxy.requests


def test_a_proxy_that_says_nothing_is_left_on_time(monkeypatch):
    with platform() as proxy:
        proxy.answers.append(proxy.silence)
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(NotSent):
            submit("https://platform.invalid")


def test_without_tls_nothing_leaves_this_machine(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.255.255.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_o: found)
    monkeypatch.setattr(socket.socket, "connect", lambda *_a: pytest.fail("it was connected to"))
    for url in ("http://platform.example", "http://10.255.255.1", "http://localhost"):
        with pytest.raises(NotSent, match="https"):
            submit(url)


def test_an_administrator_of_the_machine_may_except_a_name(monkeypatch):
    with platform(GOOD) as server:
        found = socket.getaddrinfo("127.0.0.1", server.port, type=socket.SOCK_STREAM)
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_o: found)
        monkeypatch.setattr(guarded_connections, "is_here", lambda _address: False)
        url = server.url.replace("127.0.0.1", "sandbox")
        with pytest.raises(NotSent, match="https"):
            submit(url)
        assert submit(url, plain_hosts=frozenset(["sandbox"])).state == "submitted"


# --- with TLS, on a connection that is kept
class Keeping(http.server.BaseHTTPRequestHandler):
    """Keeps the connection; from its third answer on it drips."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.do_GET()

    def do_PUT(self):
        self.do_GET()

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.answered += 1
        content = TOKEN if "token" in self.path else json.dumps(envelope(STATE)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        for start in range(len(content)) if self.server.answered > 2 else ():
            self.wfile.write(content[start : start + 1])
            time.sleep(DRIP)
        if self.server.answered <= 2:
            self.wfile.write(content)

    def log_message(self, *_words):
        """Nothing is told."""


class Quiet(http.server.ThreadingHTTPServer):
    def handle_error(self, *_request):
        """Who asked hung up."""


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    """A server in TLS whose certificate is trusted here."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = dt.datetime.now(dt.timezone.utc) - dt.timedelta(days=1)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    basic = x509.BasicConstraints(ca=True, path_length=0)
    end, number = start + dt.timedelta(days=2), x509.random_serial_number()
    made = x509.CertificateBuilder(name, name, key.public_key(), number, start, end)
    made = made.add_extension(here, False).add_extension(basic, True)
    public = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                serialization.NoEncryption())  # fmt: skip
    (tmp_path / "server.pem").write_bytes(private + public)
    (tmp_path / "ca.pem").write_bytes(public)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    server = Quiet(("127.0.0.1", 0), Keeping)
    server.answered = 0
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_connection_in_tls_is_kept_and_cut_off_on_time_all_the_same(trusted):
    client = client_of(trusted)
    assert client.status("7c1d").state == "submitted"
    with pytest.raises(UnknownOutcome, match="within 1 seconds"):
        client.status("7c1d")


def test_a_name_that_many_ask_for_at_once_is_looked_up_for_all_of_them(monkeypatch):
    """Whoever finds a look-up of another thread waits for it, however early."""

    def slow_start(self, *, start=threading.Thread.start):
        threading.Event().wait(0.05)  # the others come meanwhile
        start(self)

    monkeypatch.setattr(guarded_connections._LookUp, "start", slow_start)
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _number: guarded_connections.look_up("127.0.0.1", 80, 5.0), range(8)))
    assert all(found)


def test_a_server_is_reached_at_the_first_address_that_answers(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        found = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (each, port)) for each in ("127.0.0.2", "127.0.0.1")]
        monkeypatch.setattr(guarded_connections, "look_up", lambda _host, _port, _seconds: found)
        with guarded_connections.reach("storage.example", port, 5) as wire:
            assert wire.getpeername() == ("127.0.0.1", port)
    monkeypatch.setattr(guarded_connections, "look_up", lambda _host, _port, _seconds: found[1:])
    with pytest.raises(ConnectionRefusedError):
        guarded_connections.reach("storage.example", port, 5)
