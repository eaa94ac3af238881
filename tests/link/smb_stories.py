"""What a share does that a disk does not: it is lost, and files on it are locked. Run by `tests/e2e/test_smb.py`."""

import contextlib
import os

import pytest
from rcep_link import folders
from rcep_link.errors import NotSent, UnknownOutcome, Waiting

from tests.e2e.samba import Samba

from . import gacc, smb
from .firms import BODY, REF, Firm

NAME = f"{REF}-1.xml"
ISSUED = gacc.sample("r4_receipt_approved.xml")


@pytest.fixture
def server():
    server = Samba.running(os.environ["ECO_SMB"])
    yield server
    server.lose()
    server.start()


@pytest.fixture
def firm(tmp_path):
    with smb.smb(tmp_path) as reached:
        yield Firm(tmp_path, reached, {"RC26MA2EXAMPL0001": folders.Sent(REF, ((1, gacc_moment(), "aa"),))})


def gacc_moment():
    return gacc.dt.datetime(2026, 11, 19, 1, tzinfo=gacc.dt.timezone.utc)


def whole(firm):
    """The names in *out* that are not being written."""
    return [name for name in firm.names("out") if not name.startswith(".")]


def test_a_share_that_is_lost_and_comes_back(firm, server):
    client = firm.client()
    with pytest.raises(Waiting):
        firm.parcel(revision=2).deliver(client)
    server.lose()
    for again in (client, firm.client()):
        with pytest.raises(NotSent):
            firm.parcel().deliver(again)
    server.start()
    with pytest.raises(Waiting):
        firm.parcel().deliver(client)
    assert whole(firm) == [NAME, f"{REF}-2.xml"]


def test_a_share_that_is_lost_while_a_file_is_written(firm, server, monkeypatch):
    @contextlib.contextmanager
    def lost(far, path, mode="rb"):
        with opened(far, path, mode) as file:
            if mode == "xb":
                file.write(BODY[:5])
                file.flush()
                server.lose()
            yield file

    opened = smb.Smb.open
    monkeypatch.setattr(smb.Smb, "open", lost)
    with pytest.raises(NotSent):
        firm.parcel().deliver(firm.client())
    monkeypatch.undo()
    assert whole(firm) == []
    server.start()
    with pytest.raises(Waiting):
        firm.parcel().deliver(firm.client())
    assert whole(firm) == [NAME]
    assert (firm.part("out") / NAME).read_bytes() == BODY


def test_a_share_that_is_lost_after_the_rename_is_asked_for_it(firm, server, monkeypatch):
    def lost(far, path1, path2):
        renamed(far, path1, path2)
        server.lose()
        raise ConnectionResetError(104, "lost")

    renamed = smb.Smb.mv
    monkeypatch.setattr(smb.Smb, "mv", lost)
    with pytest.raises(UnknownOutcome):
        firm.parcel().deliver(firm.client())
    monkeypatch.undo()
    server.start()
    firm.move(NAME, "out", "sent")
    assert firm.parcel(ask_first=True).deliver(firm.client()).state == "submitted"
    assert firm.names("out") == []


def test_a_file_that_another_has_open_is_not_renamed_and_goes_later(firm, monkeypatch):
    """Such as a program that looks for viruses."""
    def watched(far, path1, path2):
        with smb.opened_by_another(firm.part("out") / path1.rpartition("/")[2]):
            renamed(far, path1, path2)

    renamed = smb.Smb.mv
    monkeypatch.setattr(smb.Smb, "mv", watched)
    with pytest.raises(NotSent, match="could be written"):
        firm.parcel().deliver(firm.client())
    monkeypatch.undo()
    assert firm.names("out") == []
    with pytest.raises(Waiting):
        firm.parcel().deliver(firm.client())
    assert firm.names("out") == [NAME]


def test_what_is_half_written_and_locked_holds_up_nothing_and_is_removed_later(firm):
    left = firm.part("out") / f".{NAME}.0123.writing"
    left.write_bytes(b"half")
    with smb.opened_by_another(left), pytest.raises(Waiting):
        firm.parcel().deliver(firm.client())
    assert whole(firm) == [NAME]
    os.utime(left, (0, 0))
    with pytest.raises(Waiting):
        firm.parcel(ask_first=True).deliver(firm.client())
    assert firm.names("out") == [NAME]


def test_a_reply_that_the_client_has_open_is_read_later(firm):
    firm.reply("r.xml", ISSUED)
    with smb.opened_by_another(firm.part("in") / "r.xml"):
        assert firm.read().events == ()
    assert [each.state for each in firm.read().events] == ["issued"]


def test_a_file_that_the_client_has_open_waits(firm):
    with pytest.raises(Waiting):
        firm.parcel().deliver(firm.client())
    with smb.opened_by_another(firm.part("out") / NAME), pytest.raises(Waiting):
        firm.parcel(ask_first=True).deliver(firm.client())
    assert firm.names("out") == [NAME]
