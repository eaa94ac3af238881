"""What the user reads while it works: steps with their time, and an error in one plain sentence."""

import contextlib
import sys
import threading
import time
from collections.abc import Iterator

SLOW = 2.0  # a step longer than this is announced
BEAT = 15.0  # and says every so often that it is still at work

_print_lock = threading.Lock()


class CommandError(Exception):
    """Something the user has to know: one sentence, with the next step."""


def info(text: str) -> None:
    """One line to the person at the terminal; standard output stays free for results."""
    with _print_lock:
        print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(what: str) -> Iterator[None]:
    """Announce `what` once it takes longer than two seconds, and how long it took in the end."""
    started = time.monotonic()
    ended = threading.Event()

    def announce() -> None:
        if ended.wait(SLOW):
            return
        info(f"· {what} …")
        while not ended.wait(BEAT):
            info(f"· {what} … {time.monotonic() - started:.0f} s")

    announcer = threading.Thread(target=announce, daemon=True)
    announcer.start()
    try:
        yield
    except BaseException:
        ended.set()
        raise
    ended.set()
    elapsed = time.monotonic() - started
    if elapsed >= SLOW:
        info(f"✓ {what}: {elapsed:.0f} s")
