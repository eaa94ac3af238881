"""Files of a file system elsewhere, over an object that has the few calls of `Far`, as those of fsspec do.

It is connected when it is first needed; each call ends in time, whatever the other side does; and a connection over
which something went wrong is not used again. Some file systems rename over what is there: so it is looked for first.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import itertools
import socket
import typing
from collections.abc import Callable, Iterator

from . import folder_access, guarded_connections
from .folder_access import WRITING, Entry

FILE, FOLDER = "file", "directory"  # what a file system calls them
TRIED = f".rcep-eco{WRITING}"  # written and removed to see whether that can be done
ANSWERS = (FileNotFoundError, FileExistsError, PermissionError)  # the connection is well that brings them


class Far(typing.Protocol):
    """What is used of a file system; what goes wrong is an OSError."""

    wire: socket.socket | None  # shut down when the time is over; None where that is not known

    def close(self) -> None: ...

    def ls(self, path: str, detail: bool) -> typing.Iterable[dict]: ...  # name, size, type, mtime
    def info(self, path: str) -> dict: ...
    def open(self, path: str, mode: str) -> typing.BinaryIO: ...  # "rb", "xb"
    def mv(self, path1: str, path2: str) -> None: ...
    def rm_file(self, path: str) -> None: ...


class FarFiles:
    """As `places.Files`.

    :param opened: connects and gives the file system; what it is given is called with each socket, to be watched
    :param seconds: that one call may take in all
    """

    def __init__(self, opened: Callable[[Callable[[socket.socket], None]], Far], seconds: float):
        self._opened, self._seconds = opened, seconds
        self._far: Far | None = None

    @contextlib.contextmanager
    def _calling(self):
        guarded_connections.check_time()
        with guarded_connections.Limit(guarded_connections.left(self._seconds)) as limit:
            try:
                if self._far is None:
                    self._far = self._opened(limit.watch)
                elif self._far.wire is not None:
                    limit.watch(self._far.wire)
                yield self._far
            except BaseException as error:
                wrong = _by_number(error)
                if not isinstance(wrong, ANSWERS):
                    self.close()
                    if limit.over:
                        raise TimeoutError(errno.ETIMEDOUT, "It took too long") from error
                if wrong is error:
                    raise
                raise wrong from error

    def close(self) -> None:
        """End the connection; the next call makes another one."""
        far, self._far = self._far, None
        if far is not None:
            far.close()

    __del__ = close

    def listed(self, folder: str) -> Iterator[Entry]:
        with self._calling() as far:
            files = (each for each in far.ls(folder, detail=True) if each["type"] == FILE)
            found = list(itertools.islice(files, folder_access.MOST_FILES + 1))
        for each in found:
            yield Entry(each["name"].rpartition("/")[2], each["size"] or 0, _moment(each.get("mtime")))

    def is_there(self, path: str) -> bool:
        return self._kind(path) is not None

    def is_folder(self, path: str) -> bool:
        return self._kind(path) == FOLDER

    def _kind(self, path):
        try:
            with self._calling() as far:
                return far.info(path)["type"]
        except FileNotFoundError:
            return None

    def content(self, path: str, most: int) -> bytes:
        with self._calling() as far, far.open(path, "rb") as file:
            return file.read(most)

    def put_new(self, path: str, content: bytes) -> None:
        with self._calling() as far:
            with far.open(path, "xb") as file:
                file.write(content)
            stored = far.info(path)["size"]
        if stored != len(content):
            raise OSError(errno.EIO, "It was not written whole", path)

    def rename(self, before: str, after: str) -> None:
        if self.is_there(after):
            raise FileExistsError(errno.EEXIST, "It is there", after)
        with self._calling() as far:
            far.mv(before, after)

    def remove(self, path: str) -> None:
        with self._calling() as far:
            far.rm_file(path)

    def may_put(self, folder: str, *, trying: bool) -> bool:
        if not trying:
            return True
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


def _by_number(error):
    """An OSError of a library's own as Python names its number, such as FileNotFoundError."""
    if not isinstance(error, OSError) or not error.errno:
        return error
    plain = OSError(error.errno, error.strerror)
    return error if isinstance(error, type(plain)) else plain


def _moment(data):
    """When a file was changed: file systems say a moment or the seconds since 1970; one that says nothing, long ago."""
    if isinstance(data, dt.datetime):
        return data.astimezone(dt.timezone.utc)
    return dt.datetime.fromtimestamp(data or 0, dt.timezone.utc)
