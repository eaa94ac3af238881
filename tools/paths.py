"""Paths: the checkout, the cache folder outside it, and what is inside that folder."""

import hashlib
import json
import os
import platform
import pwd
from pathlib import Path

from tools.console import CommandError

CHECKOUT = Path(__file__).resolve().parent.parent
ADDONS = CHECKOUT / "addons"
SOCKET_PATH_LIMIT = 107  # bytes that a Unix socket's path may have
SOCKET_NAME = ".s.PGSQL.5432"


def cache_folder(environ: dict[str, str], uid: int) -> Path:
    """The folder for downloads and databases: as root not below root's home, which others cannot enter."""
    if environ.get("ECO_CACHE"):
        return Path(environ["ECO_CACHE"]).expanduser().resolve()
    if uid == 0:
        return Path("/var/cache/rcep-eco")
    home = environ.get("XDG_CACHE_HOME") or os.path.join(pwd.getpwuid(uid).pw_dir, ".cache")
    return Path(home) / "rcep-eco"


def check_cache(folder: Path, uid: int) -> None:
    """Explain why `folder` cannot hold a database cluster, if it cannot."""
    socket = folder / "pg" / "run" / SOCKET_NAME
    if len(os.fsencode(socket)) >= SOCKET_PATH_LIMIT:
        raise CommandError(f"The path {folder} is too long for a database's socket. Set ECO_CACHE to a shorter folder.")
    if folder == CHECKOUT or CHECKOUT in folder.parents:
        raise CommandError(f"The cache folder {folder} lies in the checkout. Set ECO_CACHE to a folder outside it.")
    if uid != 0:
        return
    for parent in folder.parents:
        if parent.exists() and not parent.stat().st_mode & 0o001:
            raise CommandError(
                f"As root the database runs as the account nobody, which may not enter {parent}. "
                "Set ECO_CACHE to a folder that every account can reach, such as /var/cache/rcep-eco."
            )


CACHE = cache_folder(dict(os.environ), os.getuid())


def make_cache() -> Path:
    """Create the cache folder, readable for the database's account."""
    check_cache(CACHE, os.getuid())
    os.umask(0o022)
    try:
        (CACHE / "locks").mkdir(parents=True, exist_ok=True)
        (CACHE / "logs").mkdir(exist_ok=True)
    except OSError as error:
        raise CommandError(f"The folder {CACHE} cannot be made: {error.strerror}. Set ECO_CACHE to another.") from error
    return CACHE


def digest(*parts: object) -> str:
    """A short name for what went into something: twelve hexadecimal digits."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:12]


def cache_key() -> str:
    """Distinguishes two caches on a database server that both use."""
    return digest(platform.node(), CACHE)[:8]


def checkout_key() -> str:
    """Distinguishes two clones, and one clone with two caches."""
    return digest(platform.node(), CACHE, CHECKOUT)[:8]


def write_whole(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file that is either all there or not there at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)
