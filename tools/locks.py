"""Two runs at once: the second waits and shows it, or finds that somebody still uses a thing.

PyPI's filelock does not serve here: these locks are needed before any package is installed, show whom one waits for,
are shared by readers, and pass to a child that outlives a killed run.
"""

import contextlib
import fcntl
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tools.console import step
from tools.paths import CACHE

_shared: list[IO] = []  # shared locks, open until this process ends
_mine = threading.local()  # the exclusive locks of this thread


@contextlib.contextmanager
def locked(name: str, what: str, folder: Path | None = None) -> Iterator[None]:
    """Hold the lock `name`; where another run has it, show what this one waits for."""
    path = (folder or CACHE / "locks") / f"{name}.lock"
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(_open(path))
        _take(file, what)
        while not os.fstat(file.fileno()).st_nlink:  # the whole cache was removed while this run waited
            file = stack.enter_context(_open(path))
            _take(file, what)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        stack.enter_context(_noted(file))
        yield


@contextlib.contextmanager
def _noted(file: IO) -> Iterator[None]:
    _mine.descriptors = [*inheritable(), file.fileno()]
    try:
        yield
    finally:
        _mine.descriptors = [number for number in _mine.descriptors if number != file.fileno()]


def inheritable() -> list[int]:
    """For a program to inherit, so that this thread's locks last as long as it: it may outlive a run that is killed."""
    return getattr(_mine, "descriptors", [])


def _open(path: Path) -> IO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a+")


def _take(file: IO, what: str) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip()
        with step(f"Another run{f' (process {holder})' if holder else ''} is at work on {what}: waiting for it"):
            fcntl.flock(file, fcntl.LOCK_EX)


def mark_in_use(name: str) -> None:
    """Note, until this process ends, that the thing `name` is in use."""
    file = _open(CACHE / "locks" / f"{name}.users")
    fcntl.flock(file, fcntl.LOCK_SH)
    _shared.append(file)


def release_all() -> None:
    """Let go of all that `mark_in_use` noted."""
    while _shared:
        _shared.pop().close()


@contextlib.contextmanager
def locked_if_unused(name: str) -> Iterator[bool]:
    """True, and so for as long as the block lasts, if no other run uses the thing `name`."""
    with _open(CACHE / "locks" / f"{name}.users") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
