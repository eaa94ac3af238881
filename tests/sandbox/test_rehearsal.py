"""The link's own rehearsal against the sandbox: enrolled by a call, every call tried, every case shown."""

import threading
import uuid

import pytest
import rcep_link
from rcep_link import connection_test, profiles
from rcep_link.application import Trader
from rcep_link.client import Client, Connection
from rcep_link.conformance import Rehearsal
from rcep_link.errors import Conflict, Refused, Unauthorised
from rcep_link.onboarding import Enrolment
from rcep_link.signatures import LocalSigner

from .conftest import new_uscc
from .running import Sandbox
from .website import website

PROFILE = profiles.get(profiles.DEFAULT)


def enrol(sandbox, signer, push_url="", uscc=None, **facts):
    wanted = {"name": "宁波灯具有限公司", "uscc": uscc or new_uscc(), "key_id": signer.key_id, "push_url": push_url,
              "public_key_pem": signer.public_pem().decode(), **facts}  # fmt: skip
    client = Client(PROFILE, Connection(sandbox.url, "", ""), facts.get("by", signer))
    return wanted["uscc"], client.enrol(Enrolment(**{key: each for key, each in wanted.items() if key != "by"}))


def client_of(sandbox, signer, credentials):
    return Client(PROFILE, Connection(sandbox.url, credentials.client_id, credentials.client_secret), signer)


def test_enrolled_and_every_call_goes_well(sandbox):
    signer = LocalSigner.generate("firm-1")
    _uscc, credentials = enrol(sandbox, signer)
    tried = list(connection_test.tries(client_of(sandbox, signer, credentials)))
    assert [each.call for each in tried] == [name for name, _try in connection_test.CALLS]
    assert all(each.well for each in tried), tried
    assert credentials.client_secret not in repr(credentials)


def test_a_wrong_secret_is_reported_once_and_in_words(sandbox):
    signer = LocalSigner.generate("firm-1")
    _uscc, credentials = enrol(sandbox, signer)
    client = Client(PROFILE, Connection(sandbox.url, credentials.client_id, "wrong"), signer)
    (tried,) = connection_test.tries(client)
    assert not tried.well
    assert "did not accept who is asking" in str(tried.coded)


def test_nobody_enrols_a_key_that_is_not_theirs(sandbox):
    theirs, mine = LocalSigner.generate("firm-1"), LocalSigner.generate("firm-1")
    with pytest.raises(Unauthorised):
        enrol(sandbox, mine, public_key_pem=theirs.public_pem().decode())


def test_nobody_takes_over_a_credit_code_that_is_enrolled(sandbox):
    owner, thief = LocalSigner.generate("firm-1"), LocalSigner.generate("firm-1")
    uscc, credentials = enrol(sandbox, owner)
    with pytest.raises(Conflict, match="enrolled with another key"):
        enrol(sandbox, thief, uscc=uscc)
    client_of(sandbox, owner, credentials).connect()


def test_the_key_on_file_renews_itself_and_names_another(sandbox):
    owner, new = LocalSigner.generate("firm-1"), LocalSigner.generate("firm-2")
    uscc, first = enrol(sandbox, owner)
    _uscc, again = enrol(sandbox, owner, uscc=uscc)
    assert (again.client_id, again.client_secret != first.client_secret) == (first.client_id, True)
    _uscc, credentials = enrol(sandbox, new, uscc=uscc, by=owner)
    client_of(sandbox, new, credentials).connect()
    with pytest.raises(Conflict):
        enrol(sandbox, owner, uscc=uscc)


def test_an_open_sandbox_takes_any_key(tmp_path):
    sandbox = Sandbox(tmp_path / "platform", "--open-enrolment")
    sandbox.start()
    try:
        uscc, first = enrol(sandbox, LocalSigner.generate("firm-1"))
        _uscc, credentials = enrol(sandbox, LocalSigner.generate("firm-1"), uscc=uscc)
        assert credentials.client_id == first.client_id
    finally:
        sandbox.stop()


def test_what_is_wrong_with_an_enrolment_is_named(sandbox):
    with pytest.raises(Refused, match="unified social credit code"):
        enrol(sandbox, LocalSigner.generate("firm-1"), uscc="12345")


def test_every_case_is_shown_and_seen(sandbox):
    signer = LocalSigner.generate("firm-1")
    with website() as (address, _received):
        uscc, credentials = enrol(sandbox, signer, address)
        client = client_of(sandbox, signer, credentials)
        exporter = Trader(name_en="Ningbo Lamp Co., Ltd.", uscc=uscc, address="1 Port Road", country="CN")
        cases = client.conformance()
        claims = list(Rehearsal(client, exporter, lambda: threading.Event().wait(0.2)).claims(cases))
        assert {claim.case: claim.coded for claim in claims if claim.outcome != "passed"} == {}
        report = client.report_run(str(uuid.uuid4()), claims, str(uuid.uuid4()))
    assert [judged for judged in report.cases if not judged.passed] == []
    assert report.passed


def test_a_case_that_is_not_known_is_skipped_and_reported(sandbox):
    case = rcep_link.onboarding.Case(id="dance", title="Dance")
    signer = LocalSigner.generate("firm-1")
    client = Client(PROFILE, Connection(sandbox.url, "", ""), signer)
    (claim,) = Rehearsal(client, Trader(name_en="X", country="CN"), lambda: None).claims((case,))
    assert (claim.outcome, claim.coded["code"]) == ("skipped", "case_unknown")
