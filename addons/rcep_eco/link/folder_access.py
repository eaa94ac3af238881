"""Folders in which files are written whole, listed and read; what is promised of them, wherever they are.

A file is written under a name that nobody else writes to, looked for and renamed: it is there whole or not at all, and
one of that name that is there already stays as it is. What is behind it only lists, looks, reads, writes, renames and
removes (`Files`): the disk of this machine (`local_files`), or any other file system (`far_files`).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import secrets
import socket
import typing
from collections.abc import Iterator
from typing import NamedTuple

from .coded_message import CodedMessage
from .errors import LinkError, NotSent, UnknownOutcome, plain

OUT, SENT, FAILED, IN = "out", "sent", "failed", "in"
PARTS = (OUT, SENT, FAILED, IN)
WRITING = ".writing"  # what a file is called until it is whole
LONGEST = 10 * 1024 * 1024  # bytes that are read of a file where nothing else is said
MOST_FILES = 20_000  # in one folder; what is not seen there may be written again, so more are none


class Entry(NamedTuple):
    """A file in a folder; ``changed`` in UTC."""

    name: str
    size: int
    changed: dt.datetime


class Away(Exception):
    """One file cannot be read now; its folder can."""


class Files(typing.Protocol):
    """A file system as a `Place` uses it; whatever goes wrong is an OSError, with its number where that is known."""

    def listed(self, folder: str) -> Iterator[Entry]: ...  # files only, neither folders nor links
    def is_there(self, path: str) -> bool: ...  # whatever it is
    def is_folder(self, path: str) -> bool: ...
    def content(self, path: str, most: int) -> bytes: ...  # at most so many bytes; never what a link leads to
    def put_new(self, path: str, content: bytes) -> None: ...  # whole and kept; FileExistsError where there is one
    def rename(self, before: str, after: str) -> None: ...  # FileExistsError where there is one, as far as it can tell
    def remove(self, path: str) -> None: ...  # FileNotFoundError where there is none
    def may_put(self, folder: str, *, trying: bool) -> bool: ...  # trying: a file may be written and removed for it
    def free(self, folder: str) -> int | None: ...  # bytes, None where it does not say


class Place:
    """The folders of one firm.

    :param root: the folder that the client calls its own
    :param parts: {``out``, ``sent``, ``failed``, ``in``: path below it}
    """

    def __init__(self, files: Files, root: str, parts: dict[str, str]):
        self._files, self._root, self._parts = files, root, parts

    def folder(self, part: str) -> str:
        """Where a part is, for people."""
        return f"{self._root}/{self._parts[part]}"

    def entries(self, part: str) -> Iterator[Entry]:
        """The files of a folder; no order is promised.

        :raises NotSent: where not every file can be seen
        """
        with self._reaching(part):
            for number, entry in enumerate(self._files.listed(self.folder(part))):
                if number >= MOST_FILES:
                    raise NotSent(CodedMessage("folder_crowded", folder=self.folder(part), most=MOST_FILES))
                if is_name(entry.name):
                    yield entry

    def fetch(self, part: str, name: str, most: int = LONGEST) -> bytes:
        """The content of a file, at most one byte more than ``most``.

        :raises Away: it cannot be read now: taken meanwhile, locked, or a link
        """
        with self._reaching(part):
            try:
                return self._files.content(self._path(part, name), most + 1)
            except OSError as error:
                if self._files.is_folder(self.folder(part)):
                    raise Away(name) from error
                raise

    def put(self, part: str, name: str, content: bytes) -> None:
        """Have a file there whole, or not at all; one of that name that is there already stays as it is.

        :raises NotSent: it is not there
        :raises UnknownOutcome: it may be there
        """
        draft = f"{draft_of(name)}{secrets.token_hex(8)}{WRITING}"
        temporary, whole = self._path(part, draft), self._path(part, name)
        try:
            with self._writing(part):
                self._files.put_new(temporary, content)
                if not self._files.is_there(whole):
                    self._rename(part, temporary, whole)
        finally:
            self.discard(part, draft)  # unless it was renamed

    def _rename(self, part, temporary, whole):
        """A call that failed may have been done all the same: it was not where the first name is still there."""
        try:
            self._files.rename(temporary, whole)
        except FileExistsError:
            return
        except OSError as error:
            if not self._is_surely_there(temporary):
                raise UnknownOutcome(
                    CodedMessage("file_unsure", folder=self.folder(part), reason=_reason(error))
                ) from error
            raise

    def _is_surely_there(self, path):
        try:
            return self._files.is_there(path)
        except (OSError, LinkError):
            return False

    def discard(self, part: str, name: str) -> None:
        """Have a file gone, if that can be done now."""
        with contextlib.suppress(OSError, LinkError):
            self._files.remove(self._path(part, name))

    def free(self) -> int | None:
        """Bytes that are free where the folders are; None where nobody says."""
        with self._reaching(OUT):
            return self._files.free(self.folder(OUT))

    def check(self, part: str, *, trying: bool = True) -> None:
        """See that a folder is there and can be read, and *out* be written into.

        :param trying: whether a file may be written and removed for it, where nothing else tells
        :raises NotSent: where it cannot
        """
        next(iter(self.entries(part)), None)
        with self._reaching(part):
            is_usable = part != OUT or self._files.may_put(self.folder(part), trying=trying)
        if not is_usable:
            raise NotSent(CodedMessage("folder_unwritable", folder=self.folder(part), reason=CodedMessage("no_right")))

    def _path(self, part, name):
        if not is_name(name):
            raise ValueError(f"{name!r} is no name of a file in a folder.")
        return f"{self.folder(part)}/{name}"

    @contextlib.contextmanager
    def _reaching(self, part):
        try:
            yield
        except OSError as error:
            message = CodedMessage("folder_unreadable", folder=self.folder(part), reason=_reason(error))
            raise self._in_words(part, error, message) from error

    @contextlib.contextmanager
    def _writing(self, part):
        try:
            yield
        except OSError as error:
            message = CodedMessage("folder_unwritable", folder=self.folder(part), reason=_reason(error))
            raise self._in_words(part, error, message) from error

    def _in_words(self, part, error, otherwise):
        if isinstance(error, FileNotFoundError):
            return NotSent(CodedMessage("folder_gone", folder=self.folder(part), reason=_reason(error)))
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return NotSent(CodedMessage("folder_full", folder=self.folder(part)))
        return NotSent(otherwise)


class NoPlace:
    """No folders: people carry the files."""

    def entries(self, part: str) -> Iterator[Entry]:
        return iter(())


def draft_of(name: str) -> str:
    """How the names of files begin that are written and not whole yet.

    >>> draft_of("r.xml")
    '.r.xml.'
    """
    return f".{name}."


def is_name(name: str) -> bool:
    """Whether it is the name of something in a folder, and no way out of it.

    >>> [is_name(each) for each in ("r.xml", "..", "a/b", "C:\\\\x", "")]
    [True, False, False, False, False]
    """
    return name not in ("", ".", "..") and not set(name) & set("/\\\0")


def _reason(error):
    if isinstance(error, socket.gaierror):
        return CodedMessage("unknown_name")
    return plain(os.strerror(error.errno) if error.errno else type(error).__name__)
