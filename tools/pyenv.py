"""Python environments from lock files: one for Odoo and its tests, one for lint; each named by what is in it."""

import os
import shutil
import sys
from pathlib import Path

from tools import offline
from tools.console import step
from tools.locks import locked
from tools.paths import CACHE, digest, write_whole
from tools.programs import remove, run

HERE = Path(__file__).resolve().parent
RETAINED = 2  # environments of one kind that stay when a lock file changes


def lock_text(name: str) -> str:
    """What the lock file `name` in this folder says."""
    return (HERE / name).read_text(encoding="utf-8")


def pip_environment() -> dict[str, str]:
    """Where packages come from is for the user or the machine's own configuration to say; only the cache is ours."""
    return {**os.environ, **offline.pip_options(), "PIP_CACHE_DIR": str(CACHE / "pip"),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_ROOT_USER_ACTION": "ignore"}


def folder_of(kind: str, lock: str) -> Path:
    """Where the environment `kind` with this lock file belongs."""
    return CACHE / kind / digest(lock_text(lock), sys.version_info[:3], "1")


def is_complete(folder: Path, layer: str) -> bool:
    """Was `layer` installed in this environment to its end?"""
    return (folder / f".{layer}").exists()


def get_environment(kind: str, lock: str, what: str) -> Path:
    """The environment's folder, made if need be. Hold the lock of its kind."""
    folder = folder_of(kind, lock)
    if not is_complete(folder, "base"):
        with step(f"Installing {what}"):
            remove(folder)  # half of one is none; pip's own cache makes the second try quick
            run([sys.executable, "-m", "venv", folder], "Making a Python environment", log=kind)
            _install(folder, lock, kind)
            write_whole(folder / ".base", lock_text(lock))
        _drop_old(folder)
    return folder


def add_layer(folder: Path, lock: str, what: str) -> None:
    """Install a further lock file on top of an environment."""
    stamp = folder / f".{lock}"
    if stamp.exists() and stamp.read_text() == lock_text(lock):
        return
    with step(f"Installing {what}"):
        _install(folder, lock, folder.parent.name)
        write_whole(stamp, lock_text(lock))


def _install(folder: Path, lock: str, log: str) -> None:
    run([folder / "bin/python", "-m", "pip", "install", "--no-deps", "-q", "-r", HERE / lock],
        f"Installing the packages of tools/{lock}", log=log, env=pip_environment())


def _drop_old(folder: Path) -> None:
    others = sorted((path for path in folder.parent.iterdir() if path != folder), key=lambda path: path.stat().st_mtime)
    for path in others[: max(0, len(others) - RETAINED + 1)]:
        remove(path)


def host_pip() -> list[str]:
    """A pip for things that belong to no environment."""
    folder = CACHE / "pip-tool"
    if not is_complete(folder, "base"):
        remove(folder)
        run([sys.executable, "-m", "venv", folder], "Making a Python environment", log="pip-tool")
        write_whole(folder / ".base", "")
    return [str(folder / "bin/python"), "-m", "pip"]


def get_packages(name: str, lock: str, what: str) -> Path:
    """A folder with a lock file's packages that no environment has; made anew when the lock file changes."""
    folder = CACHE / name
    with locked(name, what):
        stamp = folder / ".lock"
        if not stamp.exists() or stamp.read_text() != lock_text(lock):
            install_apart(folder, lock, name)
            write_whole(stamp, lock_text(lock))
    return folder


def install_apart(target: Path, lock: str, log: str) -> None:
    """Unpack a lock file's wheels into a folder that no environment shares."""
    draft = target.with_name(f".{target.name}")
    remove(draft)
    run([*host_pip(), "install", "--no-deps", "-q", "--target", draft, "-r", HERE / lock],
        f"Installing the packages of tools/{lock}", log=log, env=pip_environment())
    remove(target)
    shutil.move(draft, target)
