"""Files of a file system elsewhere, over an object that has the few calls of `Far`, as those of fsspec do.

Such a file system renames over what is there, or does not say that it will not; so it is looked for first.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import itertools
import typing
from collections.abc import Iterator

from . import places
from .places import WRITING, Entry

FILE, FOLDER = "file", "directory"  # what a file system calls them
TRIED = f".rcep-eco{WRITING}"  # written and removed to see whether that can be done


class Far(typing.Protocol):
    """What is used of a file system; what goes wrong is an OSError."""

    def ls(self, path: str, detail: bool) -> typing.Iterable[dict]: ...  # name, size, type, mtime
    def info(self, path: str) -> dict: ...
    def open(self, path: str, mode: str) -> typing.BinaryIO: ...  # "rb", "xb"
    def mv(self, path1: str, path2: str) -> None: ...
    def rm_file(self, path: str) -> None: ...


class FarFiles:
    """As `places.Files`."""

    def __init__(self, far: Far):
        self._far = far

    @contextlib.contextmanager
    def calling(self):
        """Hook: around each call, to end it in time and to have its errors be OSErrors."""
        yield

    def listed(self, folder: str) -> Iterator[Entry]:
        with self.calling():
            files = (each for each in self._far.ls(folder, detail=True) if each["type"] == FILE)
            found = list(itertools.islice(files, places.MOST_FILES + 1))
        for each in found:
            yield Entry(each["name"].rpartition("/")[2], each["size"] or 0, _moment(each.get("mtime")))

    def is_there(self, path: str) -> bool:
        return self._kind(path) is not None

    def is_folder(self, path: str) -> bool:
        return self._kind(path) == FOLDER

    def _kind(self, path):
        try:
            with self.calling():
                return self._far.info(path)["type"]
        except FileNotFoundError:
            return None

    def content(self, path: str, most: int) -> bytes:
        with self.calling(), self._far.open(path, "rb") as file:
            return file.read(most)

    def put_new(self, path: str, content: bytes) -> None:
        with self.calling():
            with self._far.open(path, "xb") as file:
                file.write(content)
            kept = self._far.info(path)["size"]
        if kept != len(content):
            raise OSError(errno.EIO, "It was not written whole", path)

    def rename(self, before: str, after: str) -> None:
        if self.is_there(after):
            raise FileExistsError(errno.EEXIST, "It is there", after)
        with self.calling():
            self._far.mv(before, after)

    def remove(self, path: str) -> None:
        with self.calling():
            self._far.rm_file(path)

    def may_put(self, folder: str) -> bool:
        path = f"{folder}/{TRIED}"
        try:
            with contextlib.suppress(FileNotFoundError):
                self.remove(path)
            self.put_new(path, b"")
            self.remove(path)
        except PermissionError:
            return False
        return True

    def free(self, folder: str) -> int | None:
        return None


def _moment(told):
    """When a file was changed: file systems say a moment or the seconds since 1970; one that says nothing, long ago."""
    if isinstance(told, dt.datetime):
        return told.astimezone(dt.timezone.utc)
    return dt.datetime.fromtimestamp(told or 0, dt.timezone.utc)
