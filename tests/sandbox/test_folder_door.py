"""The folder door judges what the add-on's profile writes by a reading of its own, once, whatever kills it."""

import dataclasses
import time

import pytest
from rcep_link import profiles
from rcep_link.attachment import Attachment

from ccpit_sandbox.folders.door import Door
from tests.link import gacc

PROFILE = profiles.get("gacc-xml-2022")
REF = "7c1d8f0a-0000-4000-8000-123456789012"
NUMBER = "RC26MA2EXAMPL0001"


class Firm:
    """A firm's folders with a door that decides at once."""

    def __init__(self, root):
        self.root = root
        self.door = self.again()

    def again(self):
        """The door after a kill."""
        self.door = Door(self.root, self.root / "data", review_seconds=0)
        return self.door

    def names(self, box):
        return sorted(each.name for each in self.door.boxes[box].iterdir())

    def write(self, application, number=NUMBER, name=f"{REF}-1"):
        body = PROFILE.application_body(application, 1, True, gacc.filer(number))
        (self.door.boxes["OutBox"] / f"{name}.xml").write_bytes(body)

    def states(self, steps=3):
        """The receipts, in their order, after so many looks."""
        for _step in range(steps):
            self.door.step()
            time.sleep(0.01)
        receipts = []
        for path in sorted(self.door.boxes["InBox"].iterdir(), key=lambda each: each.stat().st_mtime_ns):
            receipt = PROFILE.read_receipt(path.read_bytes())
            receipts.append((receipt.state, receipt.number))
        return receipts


    def attach(self, name="paper-1", number=NUMBER, file_name="INV-77.pdf"):
        paper = Attachment(kind="invoice", name=file_name, content=b"%PDF-1.7 paper")
        body = PROFILE.attachment_body(gacc.new_rcep(), gacc.filer(number), paper)
        (self.door.papers["OutBox"] / f"{name}.xml").write_bytes(body)

    def of_papers(self):
        """The receipts of attachments, by their names."""
        return {
            path.name: PROFILE.read_receipt(path.read_bytes())
            for path in sorted(self.door.papers["InBox"].iterdir())
        }


@pytest.fixture
def firm(tmp_path):
    return Firm(tmp_path)


@pytest.mark.parametrize("application", [gacc.new_rcep(), gacc.form_e_amended()])
def test_what_the_profile_writes_is_taken_and_issued(firm, application):
    firm.write(application)
    states = firm.states()
    assert states == [(state, NUMBER) for state in ("submitted", "under_review", "issued")]
    assert (firm.names("OutBox"), firm.names("SentBox")) == ([], [f"{REF}-1.xml"])
    assert firm.names("InBox")[-1].startswith(f"Successed_{REF}-1_")


def test_what_does_not_fit_the_schema_fails_by_the_elements_name(firm):
    firm.write(dataclasses.replace(gacc.new_rcep(), exporter=dataclasses.replace(gacc.EXPORTER, uscc="")))
    firm.states()
    (name,) = firm.names("InBox")
    assert name.startswith(f"Failed_{REF}-1_")
    receipt = PROFILE.read_receipt((firm.door.boxes["InBox"] / name).read_bytes())
    (error,) = PROFILE.event(receipt, "e", REF, 1).errors
    assert error.path == "exporter.uscc"
    assert firm.names("FailBox") == [f"{REF}-1.xml"]


def test_a_number_is_given_once(firm):
    firm.write(gacc.new_rcep())
    firm.states()
    firm.write(gacc.new_rcep(), name="another-1")
    states = firm.states()
    assert states.count(("issued", NUMBER)) == 1
    assert states.count(("returned", NUMBER)) == 1


def test_a_kill_after_the_judgement_and_before_the_move_judges_nothing_twice(firm):
    firm.write(gacc.new_rcep())
    body = (firm.door.boxes["OutBox"] / f"{REF}-1.xml").read_bytes()
    firm.door.step()
    (firm.door.boxes["SentBox"] / f"{REF}-1.xml").unlink()
    (firm.door.boxes["OutBox"] / f"{REF}-1.xml").write_bytes(body)  # as the kill leaves it
    firm.again()
    assert firm.states().count(("submitted", NUMBER)) == 1
    assert firm.names("OutBox") == []


def test_an_attachment_of_a_certificate_is_taken(firm):
    firm.write(gacc.new_rcep())
    firm.attach()
    firm.states()
    ((name, receipt),) = firm.of_papers().items()
    assert PROFILE.reply_name(name) == ("paper-1", True)
    assert (receipt.number, receipt.attachment, receipt.accepted, receipt.state) == (NUMBER, "INV-77.pdf", True, "")
    assert [each.name for each in firm.door.papers["SentBox"].iterdir()] == ["paper-1.xml"]


def test_an_attachment_of_no_certificate_is_refused(firm):
    firm.attach()
    firm.states()
    (receipt,) = firm.of_papers().values()
    assert (receipt.accepted, receipt.text) == (False, "证书不存在")


def test_an_attachment_of_another_form_fails_at_the_client(firm):
    (firm.door.papers["OutBox"] / "paper-1.xml").write_bytes(b"<File><CertNo>X</CertNo></File>")
    firm.states()
    ((name, receipt),) = firm.of_papers().items()
    assert PROFILE.reply_name(name) == ("paper-1", False)
    assert not receipt.accepted
    assert [each.name for each in firm.door.papers["FailBox"].iterdir()] == ["paper-1.xml"]


def test_an_attachment_is_judged_once_whatever_kills_the_door(firm):
    firm.write(gacc.new_rcep())
    firm.attach()
    firm.states()
    (firm.door.papers["SentBox"] / "paper-1.xml").rename(firm.door.papers["OutBox"] / "paper-1.xml")
    firm.again()
    firm.states()
    assert len(firm.of_papers()) == 1
