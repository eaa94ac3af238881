"""Running other programs: quietly into a log, in the background, and ending only what we started."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tools.console import CommandError
from tools.locks import inheritable
from tools.paths import CACHE

LOG_TAIL = 15
PATIENCE = 20.0  # seconds that a process gets to end by itself


def run(command: Sequence[object], what: str, *, log: str, **options) -> None:
    """Run to its end with output into the log `log`; on failure raise that `what` failed, with the log's end."""
    options.setdefault("pass_fds", inheritable())
    path = CACHE / "logs" / f"{log}.log"
    path.parent.mkdir(exist_ok=True)
    with path.open("ab") as file:
        start = file.tell()
        file.write(f"\n$ {' '.join(map(str, command))}\n".encode())
        file.flush()
        try:
            done = subprocess.run([str(part) for part in command], stdout=file, stderr=file,
                                  stdin=subprocess.DEVNULL, check=False, **options)
        except FileNotFoundError as error:
            raise CommandError(f"{what} needs the program {command[0]}, which is not installed.") from error
    if done.returncode:
        raise CommandError(f"{what} failed (exit {done.returncode}). The end of {path}:\n{tail(path, start)}")


def read(command: Sequence[object], what: str, **options) -> str:
    """Run to its end and return what it printed."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          stdin=options.pop("stdin", subprocess.DEVNULL), check=False, **options)
    if done.returncode:
        raise CommandError(f"{what} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def tail(path: Path, start: int = 0, lines: int = LOG_TAIL) -> str:
    """The last lines of a log, from byte `start` at the earliest."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(start, path.stat().st_size - 20_000))
        return "\n".join("  " + line for line in file.read().decode(errors="replace").splitlines()[-lines:])


def remove(path: Path) -> None:
    """Remove a file or folder if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def began(pid: int) -> str | None:
    """When the kernel says that process `pid` began: distinguishes it from a later one with the same number."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] == "Z" else fields[19]


def spawn(command: Sequence[object], log: Path, **options) -> dict:
    """Start in the background, in a session of its own; returns what `alive` and `end` need."""
    with log.open("ab") as file:
        process = subprocess.Popen([str(part) for part in command], stdout=file, stderr=file,
                                   stdin=subprocess.DEVNULL, start_new_session=True, **options)
    return {"pid": process.pid, "began": began(process.pid)}


def alive(process: dict | None) -> bool:
    """Is the very process that we started still there?"""
    if not process or process.get("began") is None:
        return False
    with contextlib.suppress(ChildProcessError):  # our own child has to be collected before it counts as gone
        os.waitpid(process["pid"], os.WNOHANG)
    return began(process["pid"]) == process["began"]


def end(process: dict | None) -> None:
    """Ask the process and its children to end, then insist."""
    if not alive(process):
        return
    for sign, patience in ((signal.SIGTERM, PATIENCE), (signal.SIGKILL, PATIENCE)):
        try:
            os.killpg(process["pid"], sign)
        except ProcessLookupError:
            return
        if wait_for(lambda: not alive(process), patience):
            return


def wait_for(ready, patience: float, pause: float = 0.1) -> bool:
    """Poll `ready` until it is true, at most `patience` seconds."""
    deadline = time.monotonic() + patience
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
