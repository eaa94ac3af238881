"""A file is there whole or not at all, whatever the file system does meanwhile."""

import errno

import pytest
from rcep_link import folder_access, local_files, remote_files
from rcep_link.errors import NotSent, UnknownOutcome

from .firms import BODY, Elsewhere

PARTS = {part: part for part in folder_access.PARTS}


class Faulty(Elsewhere):
    """Fails where a test says."""

    def __init__(self):
        self.wrong = {}

    def ls(self, path, detail):
        return self._done("ls", super().ls, path, detail)

    def info(self, path):
        return self._done("info", super().info, path)

    def open(self, path, mode):
        return self._done(mode, super().open, path, mode)

    def mv(self, path1, path2):
        return self._done("mv", super().mv, path1, path2)

    def _done(self, what, does, *arguments):
        wrong = self.wrong.get(what)
        if isinstance(wrong, OSError):
            raise wrong
        done = does(*arguments)
        if wrong:
            wrong()
        return done


@pytest.fixture
def far(tmp_path):
    for part in folder_access.PARTS:
        (tmp_path / part).mkdir()
    return Faulty()


def place(far, tmp_path):
    return folder_access.Place(remote_files.FarFiles(lambda _watch: far, 60), str(tmp_path), PARTS)


def names(tmp_path):
    return sorted(each.name for each in (tmp_path / "out").iterdir())


def test_a_rename_that_is_refused_leaves_nothing(far, tmp_path):
    far.wrong["mv"] = PermissionError(errno.EACCES, "refused")
    with pytest.raises(NotSent, match="could be written"):
        place(far, tmp_path).put("out", "a.xml", BODY)
    assert names(tmp_path) == []


def test_a_rename_whose_answer_is_lost_may_have_been_done(far, tmp_path):
    def lost():
        far.wrong["info"] = ConnectionResetError(errno.ECONNRESET, "lost")
        raise ConnectionResetError(errno.ECONNRESET, "lost")

    far.wrong["mv"] = lost
    with pytest.raises(UnknownOutcome, match="it may lie there"):
        place(far, tmp_path).put("out", "a.xml", BODY)
    assert names(tmp_path) == ["a.xml"]


def test_a_connection_that_breaks_while_it_is_written_leaves_nothing_that_is_sent(far, tmp_path):
    far.wrong["xb"] = ConnectionResetError(errno.ECONNRESET, "lost")
    with pytest.raises(NotSent):
        place(far, tmp_path).put("out", "a.xml", BODY)
    assert names(tmp_path) == []


def test_what_was_not_written_whole_is_not_renamed(far, tmp_path):
    place(far, tmp_path).put("out", "a.xml", BODY)
    far.info = lambda path: {"size": len(BODY) - 1, "type": "file"}
    with pytest.raises(NotSent):
        place(far, tmp_path).put("out", "b.xml", BODY)
    assert names(tmp_path) == ["a.xml"]


def test_a_file_of_another_that_comes_just_before_the_rename_stays(far, tmp_path):
    far.wrong["xb"] = lambda: (tmp_path / "out/a.xml").write_bytes(b"another's")
    place(far, tmp_path).put("out", "a.xml", BODY)
    assert (tmp_path / "out/a.xml").read_bytes() == b"another's"
    assert names(tmp_path) == ["a.xml"]


def test_a_place_that_cannot_be_written_into_is_reported(far, tmp_path):
    place(far, tmp_path).check("out")
    assert names(tmp_path) == []
    far.wrong["xb"] = PermissionError(errno.EACCES, "refused")
    with pytest.raises(NotSent, match="may not write"):
        place(far, tmp_path).check("out")
    place(far, tmp_path).check("out", trying=False)  # a screen that is only looked at writes nothing


@pytest.mark.parametrize("name", ["../x.xml", "/etc/x.xml", "a/b.xml", "..", "a\\b.xml"])
def test_no_name_leads_out_of_its_folder(far, tmp_path, name):
    for call in (lambda: place(far, tmp_path).put("out", name, BODY), lambda: place(far, tmp_path).fetch("out", name)):
        with pytest.raises(ValueError, match="no name"):
            call()


def test_names_that_lead_elsewhere_are_not_listed(far, tmp_path):
    far.ls = lambda path, detail: [
        {"name": f"{path}/{name}", "size": 1, "type": "file", "mtime": 0} for name in ("a.xml", "..", "C:\\b.xml")
    ]
    assert [each.name for each in place(far, tmp_path).entries("in")] == ["a.xml"]


def test_a_full_disk_leaves_nothing(far, tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NotSent, match="is full"):
        folder_access.Place(local_files.LocalFiles(), str(tmp_path), PARTS).put("out", "a.xml", BODY)
    assert names(tmp_path) == []


class OwnError(OSError):
    """As some libraries have one for all that goes wrong."""


@pytest.mark.parametrize(("number", "is_well"), [(errno.ENOENT, True), (errno.EACCES, True), (errno.EIO, False)])
def test_an_error_of_a_librarys_own_is_reported_by_its_number(far, tmp_path, number, is_well):
    opened = []
    files = remote_files.FarFiles(lambda _watch: opened.append(1) or far, 60)
    far.wrong["info"] = OwnError(number, "wrong")
    for _call in range(2):
        if number == errno.ENOENT:
            assert not files.is_there(str(tmp_path))
        else:
            with pytest.raises(type(OSError(number, ""))):
                files.is_there(str(tmp_path))
    assert len(opened) == (1 if is_well else 2)  # a connection over which something went wrong is not used again


def test_a_connection_is_ended_where_its_files_are_not_needed_any_more(far, tmp_path):
    closed = []
    far.close = lambda: closed.append(1)
    files = remote_files.FarFiles(lambda _watch: far, 60)
    files.is_there(str(tmp_path))
    del files
    assert closed == [1]
