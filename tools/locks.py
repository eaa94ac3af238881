"""Two runs at once: the second waits and says so, or finds that somebody still uses a thing."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tools.places import CACHE
from tools.say import say

_held: list[IO] = []  # shared locks, kept until this process ends


@contextlib.contextmanager
def alone(name: str, what: str, folder: Path | None = None) -> Iterator[None]:
    """Hold the lock `name`; where another run holds it, say for `what` this one waits."""
    path = (folder or CACHE / "locks") / f"{name}.lock"
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip()
            say(f"· Another run{f' (process {holder})' if holder else ''} is at work on {what}: waiting for it …")
            fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def use(name: str) -> None:
    """Note, until this process ends, that the thing `name` is in use."""
    file = (CACHE / "locks" / f"{name}.users").open("a+")
    fcntl.flock(file, fcntl.LOCK_SH)
    _held.append(file)


def unuse() -> None:
    """Let go of all that `use` noted."""
    while _held:
        _held.pop().close()


@contextlib.contextmanager
def unused(name: str) -> Iterator[bool]:
    """True, and so for as long as the block lasts, if no other run uses the thing `name`."""
    with (CACHE / "locks" / f"{name}.users").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
