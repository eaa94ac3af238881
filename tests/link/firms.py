"""A firm's folders, with a client of the single window that does what a test says; on each kind of file system."""

import contextlib
import os
import pathlib
import shutil
import time

from rcep_link import delivery, folder_access, folders, local_files, profiles, remote_files

PROFILE = profiles.get("gacc-xml-2022")
REF = "7c1d8f0a-0000-4000-8000-123456789012"
BODY = "<Certificate>灯</Certificate>".encode()


class Elsewhere:
    """A file system with the few calls that are used of one; like some, it renames over what is there."""

    wire = None

    def close(self):
        """Nothing is to be ended."""

    def ls(self, path, detail):
        with os.scandir(path) as found:
            return [self._entry(each.path, each.stat(follow_symlinks=False), each) for each in found]

    def info(self, path):
        return self._entry(path, os.stat(path), pathlib.Path(path))

    @staticmethod
    def _entry(path, stat, each):
        kind = "link" if each.is_symlink() else "directory" if each.is_dir() else "file"
        return {"name": path, "size": stat.st_size, "mtime": stat.st_mtime, "type": kind}

    def open(self, path, mode):
        return open(path, mode)

    def mv(self, path1, path2):
        os.replace(path1, path2)

    def rm_file(self, path):
        os.unlink(path)


@contextlib.contextmanager
def local(root):
    yield local_files.LocalFiles(), str(root)


@contextlib.contextmanager
def far(root):
    yield remote_files.FarFiles(lambda _watch: Elsewhere(), 60), str(root)


# How a client reaches the folders below a root: its files, and what it calls the root.
KINDS = {"local": local, "far": far}
if os.environ.get("ECO_SFTP"):  # set where the packages for it are: by tests/e2e/test_sftp.py
    from .sftp import sftp

    KINDS = {"sftp": sftp}
if os.environ.get("ECO_SMB"):  # by tests/e2e/test_smb.py
    from .smb import smb

    KINDS = {"smb": smb}


class Firm:
    """A firm's folders below a root; ``reached`` is how the client does that: its files, and what it calls the root."""

    def __init__(self, root, reached, numbers):
        self.root, self.numbers = root, numbers
        self.files, self.called = reached
        self.kept, self.memory = set(), folders.Memory()
        for part in PROFILE.folders.values():
            (root / part).mkdir(parents=True)

    def client(self):
        return folders.FolderClient(PROFILE, self.place(), self._resolve, self.kept.__contains__, self.memory)

    def place(self):
        return folder_access.Place(self.files, self.called, PROFILE.folders)

    def _resolve(self, numbers):
        return {each: self.numbers[each] for each in numbers if each in self.numbers}

    def part(self, name):
        return self.root / PROFILE.folders[name]

    def names(self, name):
        return sorted(each.name for each in self.part(name).iterdir())

    def move(self, name, before, after):
        shutil.move(self.part(before) / name, self.part(after) / name)

    def reply(self, name, body, *, age=300):
        path = self.part("in") / name
        path.write_bytes(body)
        moment = time.time() - age
        os.utime(path, (moment, moment))

    def parcel(self, *, revision=1, body=BODY, **facts):
        return delivery.Parcel("application", REF, body, "m-1", revision=revision, **facts)

    def read(self):
        """What is new, kept as the database would."""
        page = self.client().events()
        self.kept |= {each.event_id for each in (*page.events, *page.odd)}
        return page
