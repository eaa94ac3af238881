"""Messages as files: one name for life, asked for before they are written again, replies read once."""

import datetime as dt
import os
import shutil

import pytest
from rcep_link import delivery, folder_access, folders
from rcep_link.canonical import digest
from rcep_link.errors import Gone, NotFound, NotSent, Refused, Waiting

from . import firms, gacc
from .firms import BODY, PROFILE, REF

LONG_AGO = dt.datetime(2026, 11, 19, 1, tzinfo=dt.timezone.utc)
NUMBER = "RC26MA2EXAMPL0001"
ISSUED = gacc.sample("r4_receipt_approved.xml")


@pytest.fixture(params=firms.KINDS)
def firm(request, tmp_path):
    with firms.KINDS[request.param](tmp_path) as reached:
        yield firms.Firm(tmp_path, reached, {NUMBER: folders.Sent(REF, ((1, LONG_AGO, "aa"),))})


# --- out
def test_a_message_waits_until_the_client_takes_it_and_is_never_written_twice(firm):
    name = f"{REF}-1.xml"
    with pytest.raises(Waiting, match="has not taken it"):
        firm.parcel().deliver(firm.client())
    assert firm.names("out") == [name]
    assert (firm.part("out") / name).read_bytes() == BODY
    with pytest.raises(Waiting):
        firm.parcel(ask_first=True).deliver(firm.client())
    assert firm.names("out") == [name]
    firm.move(name, "out", "sent")
    outcome = firm.parcel(ask_first=True).deliver(firm.client())
    assert (outcome.state, outcome.revision, outcome.content_digest) == ("submitted", 1, digest(BODY))
    assert (firm.names("out"), firm.names("sent")) == ([], [name])


@pytest.mark.parametrize("part", ["out", "sent", "failed"])
def test_after_a_kill_the_folders_are_asked_first(firm, part):
    """It died after the file was renamed and before that was written down."""
    (firm.part(part) / f"{REF}-1.xml").write_bytes(BODY)
    expected = {"out": Waiting, "failed": Refused}.get(part)
    if expected:
        with pytest.raises(expected):
            firm.parcel(ask_first=True).deliver(firm.client())
    else:
        firm.parcel(ask_first=True).deliver(firm.client())
    assert sum(len(firm.names(each)) for each in ("out", "sent", "failed")) == 1


def test_after_a_kill_the_clients_own_reply_counts_where_its_folders_were_tidied(firm):
    firm.reply(f"Successed_{REF}-1_20261119100002123.xml", b"anything")
    assert firm.parcel(ask_first=True).deliver(firm.client()).state == "submitted"
    assert firm.names("out") == []


def test_a_kill_in_the_middle_of_writing_leaves_nothing_that_is_sent(firm):
    left = firm.part("out") / f".{REF}-1.xml.0123{folder_access.WRITING}"
    left.write_bytes(BODY[:5])
    with pytest.raises(NotFound):
        firm.client().status(REF, 1)
    with pytest.raises(Waiting):
        firm.parcel(ask_first=True).deliver(firm.client())
    assert firm.names("out") == [f"{REF}-1.xml"]


def test_half_a_file_that_nobody_will_finish_is_removed(firm):
    for revision in (7, 8):
        (firm.part("out") / f".{REF}-{revision}.xml.0123{folder_access.WRITING}").write_bytes(BODY[:5])
    os.utime(firm.part("out") / f".{REF}-7.xml.0123{folder_access.WRITING}", (0, 0))
    with pytest.raises(NotFound):
        firm.client().status(REF, 1)
    assert firm.names("out") == [f".{REF}-8.xml.0123{folder_access.WRITING}"]


def test_a_process_that_comes_back_to_life_does_not_send_half_of_anothers_file(firm, monkeypatch):
    """Its disk stood still until its lease was over; another writes the same file now."""
    def stands_still(files, path, content):
        put(files, path, content[:5] if len(paths) else content)  # the second has not written all of it yet
        paths.append(path)
        if len(paths) == 1:
            with pytest.raises(KeyboardInterrupt):
                firm.place().put("out", f"{REF}-1.xml", BODY)
        else:
            raise KeyboardInterrupt

    put, paths = type(firm.files).put_new, []
    monkeypatch.setattr(type(firm.files), "put_new", stands_still)
    firm.place().put("out", f"{REF}-1.xml", BODY)
    assert (firm.part("out") / f"{REF}-1.xml").read_bytes() == BODY


def test_a_file_that_was_there_and_is_nowhere_is_a_persons_matter(firm):
    with pytest.raises(Gone, match="not written again by itself"):
        firm.parcel(ask_first=True, was_placed=True).deliver(firm.client())
    assert firm.names("out") == []


def test_what_the_client_refuses_is_reported_in_its_words(firm):
    (firm.part("failed") / f"{REF}-1.xml").write_bytes(BODY)
    firm.reply(f"Failed_{REF}-1_20261119100002123.xml", gacc.sample("r5_receipt_failed.xml"))
    with pytest.raises(Refused, match="OrgCode"):
        firm.parcel(ask_first=True).deliver(firm.client())


def test_a_second_try_under_another_name_is_not_taken_for_the_first(firm):
    """A client's own bug: ``name_1`` holds ``name``."""
    firm.reply(f"Failed_{REF}-1_1_20261119100002123.xml", b"")
    firm.reply(f"Successed_{REF}-11_20261119100002123.xml", b"")
    with pytest.raises(NotFound):
        firm.client().status(REF, 1)


def test_another_revision_is_another_file(firm):
    (firm.part("failed") / f"{REF}-1.xml").write_bytes(BODY)
    with pytest.raises(Waiting):
        firm.parcel(revision=2, ask_first=True).deliver(firm.client())
    assert firm.names("out") == [f"{REF}-2.xml"]


def test_other_content_under_the_same_name_is_a_conflict(firm):
    (firm.part("sent") / f"{REF}-1.xml").write_bytes(b"<Other/>")
    with pytest.raises(Refused, match="other content"):
        firm.parcel(ask_first=True).deliver(firm.client())


def test_two_at_once_write_one_file(firm):
    """The second finds it there, whatever it holds, and leaves it."""
    (firm.part("out") / f"{REF}-1.xml").write_bytes(BODY)
    firm.client().place.put("out", f"{REF}-1.xml", b"<Other/>")
    assert (firm.part("out") / f"{REF}-1.xml").read_bytes() == BODY


def test_a_suffix_in_capitals_is_the_same_file(firm):
    (firm.part("sent") / f"{REF}-1.XML").write_bytes(BODY)
    assert firm.parcel(ask_first=True).deliver(firm.client()).state == "submitted"
    assert firm.names("out") == []


# --- what is wrong with folders
def test_where_not_every_file_was_looked_at_nothing_is_written(firm, monkeypatch):
    monkeypatch.setattr(folder_access, "MOST_FILES", 3)
    for number in range(4):
        (firm.part("sent") / f"other-{number + 1}.xml").write_bytes(b"x")
        firm.reply(f"{number}.xml", ISSUED)
    with pytest.raises(NotSent, match="more than 3 files"):
        firm.parcel(ask_first=True).deliver(firm.client())
    assert firm.names("out") == []
    with pytest.raises(NotSent, match="more than 3 files"):
        firm.read()


def test_a_folder_that_vanished_is_reported(firm):
    shutil.rmtree(firm.part("out"))
    with pytest.raises(NotSent, match="cannot be reached"):
        firm.parcel().deliver(firm.client())


def test_a_link_in_the_folder_is_not_followed(firm, tmp_path):
    (tmp_path / "secret").write_bytes(ISSUED)
    (firm.part("in") / "r.xml").symlink_to(tmp_path / "secret")
    page = firm.read()
    assert (page.events, page.odd) == ((), ())


# --- in
def test_a_reply_is_read_once_by_its_content(firm):
    firm.reply("r-1.xml", ISSUED)
    firm.reply("r-1 copy.xml", ISSUED)
    (event,) = {each.event_id: each for each in firm.read().events}.values()
    assert (event.client_ref, event.state, event.certificate_no, event.revision) == (REF, "issued", NUMBER, 1)
    assert firm.read().events == ()
    firm.memory = folders.Memory()  # another process
    assert firm.read().events == ()


def test_a_reply_belongs_to_the_revision_that_had_left_by_then(firm):
    firm.numbers[NUMBER] = folders.Sent(
        REF, ((1, LONG_AGO, "aa"), (2, LONG_AGO + dt.timedelta(hours=5), "bb"))
    )
    firm.reply("a.xml", gacc.sample("r3_receipt_returned.xml"))  # 11:00 in Beijing, two hours after the first
    firm.reply("b.xml", ISSUED)  # 15:00
    assert [(each.state, each.revision, each.content_digest) for each in firm.read().events] == [
        ("returned", 1, "aa"), ("issued", 2, "bb")
    ]  # fmt: skip


def test_what_was_stated_before_the_first_left_is_of_somebody_else(firm):
    firm.numbers[NUMBER] = folders.Sent(REF, ((1, LONG_AGO + dt.timedelta(days=30), "aa"),))
    firm.reply("a.xml", ISSUED)
    page = firm.read()
    assert (page.events, [each.client_ref for each in page.odd]) == ((), [REF])


def test_a_clock_that_is_a_little_off_is_borne(firm):
    result = dt.datetime(2026, 11, 19, 7, tzinfo=dt.timezone.utc)  # 15:00 in Beijing
    firm.numbers[NUMBER] = folders.Sent(REF, ((1, result + dt.timedelta(minutes=5), "aa"),))
    firm.reply("a.xml", ISSUED)
    assert [each.state for each in firm.read().events] == ["issued"]


def test_an_odd_reply_whose_files_time_lies_far_ahead_is_set_aside(firm):
    firm.reply("a.xml", b"nothing", age=-10 * 86_400)
    assert len(firm.read().odd) == 1


def test_half_a_reply_waits_and_holds_up_nothing(firm):
    firm.reply("half.xml", ISSUED[:200], age=1)
    firm.reply("whole.xml", gacc.sample("r1_receipt_received.xml"))
    page = firm.read()
    assert ([each.state for each in page.events], page.odd) == (["submitted"], ())
    firm.reply("half.xml", ISSUED)
    assert [each.state for each in firm.read().events] == ["issued"]


ODD = {
    "doctype": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x"><Receipt/>', "deep": b"<a>" * 30 + b"</a>" * 30,
    "long": b"<Receipt>" + b" " * folders.REPLY_LIMIT + b"</Receipt>", "half": ISSUED[:200],
    "foreign": ISSUED.replace(NUMBER.encode(), b"RC26OTHERFIRM0001"), "null": b"\0" * 50,
    "attachment": gacc.sample("f2_fileret_attachment_rejected.xml"),
}  # fmt: skip


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
def test_an_odd_reply_is_set_aside_and_the_others_go_on(firm, body):
    firm.reply("0-odd.xml", body)
    firm.reply("1-good.xml", ISSUED)
    page = firm.read()
    assert [each.state for each in page.events] == ["issued"]
    assert len(page.odd) == 1
    assert firm.read().odd == ()


def test_a_locked_reply_is_read_later(firm, monkeypatch):
    firm.reply("0-locked.xml", ISSUED)
    firm.reply("1-good.xml", gacc.sample("r1_receipt_received.xml"))
    read = folder_access.Place.fetch

    def locked(place, part, name, *rest):
        if name.startswith("0-"):
            raise folder_access.Away(name)
        return read(place, part, name, *rest)

    monkeypatch.setattr(folder_access.Place, "fetch", locked)
    assert [each.state for each in firm.read().events] == ["submitted"]
    monkeypatch.undo()
    assert [each.state for each in firm.read().events] == ["issued"]


def test_replies_that_a_person_brings_are_the_same(firm):
    page = firm.client().uploaded([("r.xml", ISSUED), ("x.xml", b"nothing")])
    assert ([each.state for each in page.events], len(page.odd)) == (["issued"], 1)


# --- by hand
def test_without_folders_a_person_carries_the_file():
    client = folders.HandClient(PROFILE, folder_access.NoPlace(), lambda _numbers: {}, lambda _digest: False)
    parcel = delivery.Parcel("application", REF, BODY, "m-1", revision=1)
    with pytest.raises(Waiting, match="download it"):
        parcel.deliver(client)


def test_the_connection_is_whole_where_every_folder_can_be_used(firm):
    firm.client().connect()
    shutil.rmtree(firm.part("in"))
    with pytest.raises(NotSent):
        firm.client().connect()


# --- one look at every folder
def counted(firm, monkeypatch):
    """How often each folder is listed."""
    seen, listed = [], folder_access.Place.entries
    monkeypatch.setattr(folder_access.Place, "entries", lambda place, part: seen.append(part) or listed(place, part))
    return seen


def test_each_folder_is_listed_once_for_all_that_wait(firm, monkeypatch):
    seen, client = counted(firm, monkeypatch), firm.client()
    for revision in range(1, 30):
        with pytest.raises(Waiting):
            firm.parcel(revision=revision).deliver(client)
    for revision in range(1, 30):
        with pytest.raises(Waiting):
            firm.parcel(revision=revision, ask_first=True).deliver(client)
    assert sorted(seen) == sorted(folder_access.PARTS)
    assert len(firm.names("out")) == 29


def test_what_another_sender_wrote_since_the_last_look_is_not_written_again(firm):
    client = firm.client()
    with pytest.raises(Waiting):
        firm.parcel(revision=2).deliver(client)
    (firm.part("sent") / f"{REF}-1.xml").write_bytes(BODY)
    assert firm.parcel(ask_first=True).deliver(client).state == "submitted"
    assert firm.names("out") == [f"{REF}-2.xml"]


def test_a_restored_database_does_not_write_again_what_was_sent(firm):
    (firm.part("sent") / f"{REF}-1.xml").write_bytes(BODY)
    assert firm.parcel().deliver(firm.client()).duplicate
    with pytest.raises(Refused, match="other content"):
        firm.parcel(body=b"<Other/>").deliver(firm.client())
    assert firm.names("out") == []


def test_a_folder_that_vanishes_after_it_was_written_does_not_have_it_written_again(firm, monkeypatch):
    """Nothing is said to be unsent that was renamed."""
    def written(place, part, name, content):
        put(place, part, name, content)
        firm.part("sent").rename(firm.root / "gone")

    put = folder_access.Place.put
    monkeypatch.setattr(folder_access.Place, "put", written)
    with pytest.raises(Waiting):
        firm.parcel().deliver(firm.client())


# --- replies that cannot be read
def test_a_reply_that_stays_locked_is_set_aside_and_read_once_it_can_be(firm, monkeypatch):
    firm.reply("locked.xml", ISSUED)
    monkeypatch.setattr(folder_access.Place, "fetch", locked)
    for _try in range(folders.MOST_TRIES - 1):
        assert firm.read().odd == ()
    (odd,) = firm.read().odd
    assert (odd.coded["code"], odd.text) == ("reply_locked", "locked.xml")
    assert firm.read().odd == ()
    monkeypatch.undo()
    assert [each.state for each in firm.read().events] == ["issued"]


def locked(_place, _part, name, *_rest):
    raise folder_access.Away(name)


def test_long_replies_are_distinguished_beyond_what_is_read_of_them(firm):
    for number in range(2):
        firm.reply(f"{number}.xml", b"x" * folders.REPLY_LIMIT + bytes([number]))
    assert len({each.event_id for each in firm.read().odd}) == 2
    assert firm.read().odd == ()


def test_a_file_of_ours_that_is_longer_than_a_reply_is_compared_whole(firm):
    long = b"x" * folders.REPLY_LIMIT
    (firm.part("sent") / f"{REF}-1.xml").write_bytes(long + b"yz")
    assert firm.parcel(body=long + b"yz", ask_first=True).deliver(firm.client()).state == "submitted"
    with pytest.raises(Refused, match="other content"):
        firm.parcel(body=long + b"yx", ask_first=True).deliver(firm.client())


def test_what_is_no_longer_there_is_forgotten(firm):
    firm.reply("a.xml", ISSUED)
    firm.read()
    firm.read()
    assert len(firm.memory.done) == 1
    (firm.part("in") / "a.xml").unlink()
    firm.read()
    assert not firm.memory.done


def test_what_was_read_is_kept_before_the_time_is_over(firm, monkeypatch):
    """A folder far away with more replies than can be read in a run: each run reads some."""
    for number in range(6):
        firm.reply(f"{number}.xml", ISSUED.replace(b"</CertNo>", b"</CertNo>" + b" " * number))
    def slow(place, part, name, *rest):
        spent.append(2)
        return fetch(place, part, name, *rest)

    fetch, spent = folder_access.Place.fetch, []
    monkeypatch.setattr(folder_access.Place, "fetch", slow)
    monkeypatch.setattr(folders.guarded_connections, "left", lambda _seconds: max(10 - sum(spent), 1))
    runs = []
    while sum(runs) < 6:
        spent.clear()
        runs.append(len(firm.read().events))
    assert (runs[0], sum(runs)) == (3, 6)
