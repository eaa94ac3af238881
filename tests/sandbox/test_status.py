"""The status pages: what came in is seen there, and a trainer decides there in the reviewer's place."""

import html
import re

import pytest
import requests
from rcep_link.errors import Busy

from ccpit_sandbox.faults import KINDS
from ccpit_sandbox.translations import KINDS_ZH

from . import samples
from .running import wait_for


@pytest.fixture
def trainer(own_sandbox):
    return Trainer(own_sandbox)


class Trainer:
    """Somebody with a browser on the machine of the sandbox."""

    def __init__(self, sandbox):
        self.sandbox = sandbox
        self.firm = sandbox.enrol()
        self.firm.file(samples.filing())

    def page(self, path="/", **headers) -> str:
        return requests.get(f"{self.sandbox.control}{path}", headers=headers, timeout=10).text

    def secret(self) -> str:
        return re.search(r'name="secret" value="([^"]+)"', self.page()).group(1)

    def decide_by_hand(self, is_by_hand: bool = True) -> None:
        self.post("/review", by_hand=str(int(is_by_hand)))

    def post(self, path: str, **form):
        form = {"secret": self.secret(), **form}
        return requests.post(f"{self.sandbox.control}{path}", data=form, timeout=10)

    def waiting(self, invoice: str = "NB-1"):
        """An application that stays under review."""
        application = self.firm.application(invoice)
        self.firm.send(application)
        self.firm.reach(application.client_ref, "under_review")
        return application

    def path(self, client_ref: str) -> str:
        link = wait_for(lambda: re.search(rf'href="(/applications/\d+/{client_ref})\?', self.page()))
        return html.unescape(link.group(1))


def test_what_came_in_is_seen_there(trainer):
    application = trainer.firm.application("NB-1")
    trainer.firm.send(application)
    issued = trainer.firm.reach(application.client_ref, "issued")
    page = trainer.page()
    for words in ("宁波灯具有限公司", "NB-1", "VN", "Issued", issued.certificate_no, "submit", 'http-equiv="refresh"'):
        assert words in page
    page = trainer.page(trainer.path(application.client_ref))
    for words in ("LED LAMPS", "Saigon Light", "940511", issued.certificate_no, "Viet Nam (VN)"):
        assert words in page
    assert "http-equiv" not in page  # a reason that is being written is not taken away


def test_an_empty_platform_says_what_to_do(own_sandbox):
    page = requests.get(own_sandbox.control, timeout=10).text
    for words in ("Nothing came in yet", "No enterprise is enrolled", "the platform answers as it should"):
        assert words in page


@pytest.mark.parametrize(("path", "headers"), [("/?lang=zh", {}), ("/", {"Accept-Language": "zh-CN,zh;q=0.9"})])
def test_it_speaks_chinese(trainer, path, headers):
    page = trainer.page(path, **headers)
    assert '<html lang="zh">' in page
    assert "模拟平台" in page


def test_faults_that_are_set_are_seen_there(trainer):
    trainer.sandbox.fault(operation="status", kind="busy", count=3)
    with pytest.raises(Busy):
        trainer.firm.client.status("some")
    page = trainer.page()
    assert "503 with Retry-After: seconds, nothing is done" in page
    assert "503 busy" in page  # among the last calls


def test_every_fault_reads_in_chinese_too():
    assert KINDS_ZH.keys() == KINDS.keys()


def test_foreign_words_stay_words(trainer):
    application = trainer.firm.application("NB-1", remarks="<script>alert(1)</script>")
    trainer.firm.send(application, submit=False)
    page = trainer.page(trainer.path(application.client_ref))
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_a_trainer_issues_by_hand(trainer):
    trainer.decide_by_hand()
    application = trainer.waiting()
    reply = trainer.post(trainer.path(application.client_ref), decision="issue")
    assert (reply.status_code, reply.history[0].status_code) == (200, 303)
    issued = trainer.firm.client.status(application.client_ref)
    assert issued.state == "issued"
    assert trainer.firm.client.document(issued.certificate_id).startswith(b"%PDF")


def test_a_trainer_returns_and_the_correction_comes_in(trainer):
    trainer.decide_by_hand()
    application = trainer.waiting()
    trainer.post(trainer.path(application.client_ref), decision="return", reason="唛头 has to name the vessel")
    returned = trainer.firm.client.status(application.client_ref)
    assert (returned.state, returned.errors[0].message) == ("returned", "唛头 has to name the vessel")
    trainer.decide_by_hand(False)
    trainer.firm.send(application, revision=2)
    trainer.firm.reach(application.client_ref, "issued")


def test_a_trainer_refuses(trainer):
    trainer.decide_by_hand()
    application = trainer.waiting()
    trainer.post(trainer.path(application.client_ref), decision="refuse", reason="no trade")
    assert trainer.firm.client.status(application.client_ref).state == "rejected"


def test_a_trainer_cancels_what_is_issued(trainer):
    application = trainer.firm.application()
    trainer.firm.send(application)
    trainer.firm.reach(application.client_ref, "issued")
    trainer.post(trainer.path(application.client_ref), decision="cancel", reason="issued in error")
    cancelled = trainer.firm.client.status(application.client_ref)
    assert (cancelled.state, cancelled.raw["reason"]) == ("cancelled", "issued in error")


def test_by_hand_outlives_sigkill(trainer):
    trainer.decide_by_hand()
    trainer.sandbox.kill()
    trainer.sandbox.start()
    assert "stay under review until somebody decides" in trainer.page()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"decision": "return"}, "a reason is needed"),
        ({"decision": "cancel", "reason": "x"}, "this cannot be decided now"),
        ({"decision": "praise", "reason": "x"}, "one of issue"),
    ],
)
def test_what_cannot_be_decided_is_reported_in_a_sentence(trainer, form, words):
    trainer.decide_by_hand()
    application = trainer.waiting()
    reply = trainer.post(trainer.path(application.client_ref), **form)
    assert reply.status_code == 422
    assert words in reply.text
    assert trainer.firm.client.status(application.client_ref).state == "under_review"


def test_an_invoice_is_not_issued_on_twice_by_hand_either(trainer):
    trainer.decide_by_hand()
    first, second = trainer.waiting("NB-1"), trainer.waiting("NB-1")
    trainer.post(trainer.path(first.client_ref), decision="issue")
    reply = trainer.post(trainer.path(second.client_ref), decision="issue")
    assert "stands on the valid certificate" in reply.text


def test_a_form_of_another_page_is_refused(trainer):
    trainer.decide_by_hand()
    application = trainer.waiting()
    reply = trainer.post(trainer.path(application.client_ref), decision="issue", secret="guessed")
    assert (reply.status_code, reply.json()["code"]) == (403, "form")
    assert trainer.firm.client.status(application.client_ref).state == "under_review"


def test_a_name_that_was_turned_to_this_machine_is_refused(sandbox):
    reply = requests.get(sandbox.control, headers={"Host": "evil.example"}, timeout=10)
    assert reply.status_code == 403
    port = sandbox.control.rpartition(":")[2]
    assert requests.get(sandbox.control, headers={"Host": f"localhost:{port}"}, timeout=10).status_code == 200


def test_an_application_that_is_none_is_not_found(sandbox):
    reply = requests.get(f"{sandbox.control}/applications/1/never", timeout=10)
    assert reply.status_code == 404
    assert "Nothing was received" in reply.text
