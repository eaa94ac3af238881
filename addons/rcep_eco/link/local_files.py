"""Files on a disk of this machine, or on one that is mounted here."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterator

from .folder_access import Entry


class LocalFiles:
    """As `places.Files`."""

    def listed(self, folder: str) -> Iterator[Entry]:
        with os.scandir(folder) as found:
            for each in found:
                with contextlib.suppress(FileNotFoundError):  # taken meanwhile
                    if each.is_file(follow_symlinks=False):
                        stat = each.stat(follow_symlinks=False)
                        yield Entry(each.name, stat.st_size, dt.datetime.fromtimestamp(stat.st_mtime, dt.timezone.utc))

    def is_there(self, path: str) -> bool:
        try:
            os.lstat(path)
        except FileNotFoundError:
            return False
        return True

    def is_folder(self, path: str) -> bool:
        return os.path.isdir(path)

    def content(self, path: str, most: int) -> bytes:
        with open(path, "rb", opener=_no_link) as file:
            return file.read(most)

    def put_new(self, path: str, content: bytes) -> None:
        with open(path, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def rename(self, before: str, after: str) -> None:
        os.rename(before, after)

    def remove(self, path: str) -> None:
        os.unlink(path)

    def may_put(self, folder: str, *, trying: bool) -> bool:
        return os.access(folder, os.W_OK | os.X_OK)

    def free(self, folder: str) -> int | None:
        found = os.statvfs(folder)
        return found.f_bavail * found.f_frsize


def _no_link(path, flags):
    """Whoever may write into the folder cannot have us read another file by a link to it."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
