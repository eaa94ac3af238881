"""Who gets in: client number, secret, token, key and signature."""

import datetime as dt

import pytest
import requests
from rcep_link.errors import NotFound, Unauthorised
from rcep_link.signatures import LocalSigner, sign

from .conftest import new_uscc


def refused(call) -> str:
    with pytest.raises(Unauthorised) as caught:
        call()
    return caught.value.code


def test_the_right_secret_and_key_get_a_token(firm):
    firm.client.connect()


def test_a_wrong_secret_gets_none(firm):
    assert refused(firm.make_client(secret="wrong").connect) == "client"


def test_a_wrong_key_gets_none(firm):
    impostor = LocalSigner.generate(firm.signer.key_id)
    assert refused(firm.make_client(signer=impostor).connect) == "signature"


def test_a_key_of_another_name_gets_none(firm):
    assert refused(firm.make_client(signer=LocalSigner.generate("unheard-of")).connect) == "signature"


def test_a_token_alone_is_not_enough(sandbox, firm):
    headers = {"Authorization": f"Bearer {firm.token()}"}
    bare = requests.get(f"{sandbox.url}/v1/events", headers=headers, timeout=10)
    assert (bare.status_code, bare.json()["code"]) == (401, "signature")


def test_a_signature_alone_is_not_enough(sandbox, firm):
    headers = sign(firm.signer, "GET", "/v1/events", b"", now=dt.datetime.now(dt.timezone.utc))
    reply = requests.get(f"{sandbox.url}/v1/events", headers=headers, timeout=10)
    assert (reply.status_code, reply.json()["code"]) == (401, "token")


def test_a_changed_body_is_noticed(firm):
    reply = firm.post("/v1/applications/some/withdraw", {"reason": "a"}, sent=b'{"reason": "b"}')
    assert (reply.status_code, reply.json()["code"]) == (401, "signature")


def test_enrolling_again_renews_key_and_secret_and_keeps_the_history(sandbox):
    uscc = new_uscc()
    first = sandbox.enrol(uscc)
    application = first.application()
    first.issue(application)
    second = sandbox.enrol(uscc)
    assert second.enrolment["client_id"] == first.enrolment["client_id"]
    assert second.client.status(application.client_ref).state == "issued"
    assert refused(lambda: first.client.status(application.client_ref)) == "client"


def test_an_old_token_ends_with_the_old_key(sandbox):
    uscc = new_uscc()
    first = sandbox.enrol(uscc)
    first.client.connect()
    sandbox.enrol(uscc)
    assert refused(lambda: first.client.status("some")) == "client"


@pytest.mark.parametrize(
    ("name", "value"),
    [("uscc", "91330200MA2AE4FJ4X"), ("uscc", 5), ("public_key_pem", "none"), ("key_id", "a b"), ("push_url", "ftp://x"),
     ("name", "")],
)  # fmt: skip
def test_enrolment_names_what_is_wrong(sandbox, firm, name, value):
    wanted = {
        "name": "A", "uscc": new_uscc(), "public_key_pem": firm.signer.public_pem().decode(), "key_id": "k",
        "push_url": "", name: value,
    }  # fmt: skip
    reply = sandbox.ask("POST", "/enterprises", wanted)
    assert (reply.status_code, [error["path"] for error in reply.json()["errors"]]) == (422, [f"/{name}"])


def test_the_control_port_takes_only_json(sandbox):
    headers = {"Content-Type": "text/plain"}
    reply = requests.post(f"{sandbox.control}/enterprises", data="{}", headers=headers, timeout=10)
    assert reply.status_code == 415


def test_health_and_counts(sandbox, firm):
    assert sandbox.ask("GET", "/health").status_code == 200
    before = sandbox.ask("GET", "/requests").json().get("status", 0)
    with pytest.raises(NotFound):
        firm.client.status("nothing")
    assert sandbox.ask("GET", "/requests").json()["status"] == before + 1


def test_unknown_addresses_and_methods_have_the_envelope(sandbox):
    for method, path, status in (("GET", "/nowhere", 404), ("DELETE", "/v1/events", 405)):
        reply = requests.request(method, f"{sandbox.url}{path}", timeout=10)
        assert reply.status_code == status
        assert set(reply.json()) == {"code", "message", "data", "errors", "request_id"}


def test_a_body_without_end_is_refused(sandbox):
    reply = requests.post(f"{sandbox.url}/oauth/token", data=b"x" * (5 * 1024 * 1024), timeout=10)
    assert reply.status_code == 413


def test_a_body_of_unnamed_length_is_refused(sandbox):
    reply = requests.post(f"{sandbox.url}/oauth/token", data=iter([b"x", b"y"]), timeout=10)
    assert reply.status_code == 411


def test_neither_secret_nor_token_is_kept_in_the_clear(own_sandbox):
    firm = own_sandbox.enrol()
    token = firm.token()
    stored = b"".join(path.read_bytes() for path in own_sandbox.folder.parent.rglob("*") if path.is_file())
    assert firm.enrolment["client_id"].encode() in stored
    assert firm.enrolment["client_secret"].encode() not in stored
    assert token.encode() not in stored
