"""Debian: packages for the machine when we are root; a private apt set-up that leaves the machine's own untouched."""

import hashlib
import os
import platform
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from tools import offline, settings
from tools.console import CommandError, step
from tools.paths import CACHE, write_whole
from tools.programs import read, remove, run

APT_FOLDER = Path("/etc/apt")
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
INSTALLED = Path("/var/lib/dpkg/status")
SUITES = re.compile(r"^(bullseye|bookworm|trixie|forky|duke|oldstable|stable|testing|unstable|sid)$")
ONE_LINE = re.compile(r"\s*deb\s+(?:\[(?P<options>[^\]]*)\]\s+)?(?P<uri>\S+)\s+(?P<suite>\S+)\s+(?P<rest>[^#]*)")


@dataclass(frozen=True)
class Mirror:
    """A Debian mirror as the machine itself names it."""

    uri: str
    signed_by: str = ""
    trusted: str = ""

    def line(self, suite: str) -> str:
        """One line of a sources.list for `suite` of this mirror."""
        options = [f"signed-by={self.signed_by or KEYRING}"]
        if self.trusted:
            options.append(f"trusted={self.trusted}")
        return f"deb [{' '.join(options)}] {self.uri} {suite} main"


def parse_deb822(text: str) -> list[Mirror]:
    """The Debian mirrors that a `.sources` file names."""
    found = []
    for paragraph in re.split(r"\n\s*\n", text):
        lines = "\n".join(line for line in paragraph.splitlines() if not line.startswith("#"))
        fields = {name.lower(): " ".join(value.split())
                  for name, value in re.findall(r"^([\w-]+):(.*(?:\n[ \t]+.*)*)", lines, re.MULTILINE)}
        if fields.get("enabled", "yes").lower() in ("no", "false") or "deb" not in fields.get("types", "").split():
            continue
        if not _is_debian(fields.get("suites", "").split(), fields.get("components", "").split()):
            continue
        signed_by = fields.get("signed-by", "")
        found += [Mirror(uri, signed_by if signed_by.startswith("/") else "", fields.get("trusted", ""))
                  for uri in fields.get("uris", "").split()]
    return found


def parse_list(text: str) -> list[Mirror]:
    """The Debian mirrors that a one-line-style `.list` file names."""
    found = []
    for line in text.splitlines():
        match = ONE_LINE.match(line)
        if not match or not _is_debian([match["suite"]], match["rest"].split()):
            continue
        options = dict(part.split("=", 1) for part in (match["options"] or "").split() if "=" in part)
        found.append(Mirror(match["uri"], options.get("signed-by", ""), options.get("trusted", "")))
    return found


def _is_debian(suites: list[str], components: list[str]) -> bool:
    return "main" in components and any(SUITES.match(suite) for suite in suites)


def machine_mirror(folder: Path = APT_FOLDER) -> Mirror:
    """The first Debian mirror among the machine's own apt sources."""
    lists = [folder / "sources.list", *sorted((folder / "sources.list.d").glob("*.list"))]
    mirrors = [mirror for path in sorted((folder / "sources.list.d").glob("*.sources"))
               for mirror in parse_deb822(path.read_text(encoding="utf-8"))]
    mirrors += [mirror for path in lists if path.is_file() for mirror in parse_list(path.read_text(encoding="utf-8"))]
    if os.environ.get("ECO_DEBIAN"):
        own = mirrors[0] if mirrors else Mirror("")
        return replace(own, uri=os.environ["ECO_DEBIAN"])
    if not mirrors:
        raise CommandError(f"No Debian mirror stands in {folder}. Odoo comes from there; "
                      "or set ODOO_SOURCE to an Odoo 19 checkout.")
    return mirrors[0]


def private_apt(name: str = "apt", lines: list[str] | None = None, status: Path = INSTALLED) -> dict[str, str]:
    """An environment in which apt knows the suites we download from, or other sources, with lists in the cache folder.

    :param status: what apt takes for installed
    """
    folder = CACHE / name
    for part in ("state/lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    if lines is None:
        lines = [machine_mirror().line(suite) for suite in settings.LINKED_PACKAGES]
    write_whole(folder / "sources.list", "".join(line + "\n" for line in lines))
    write_whole(folder / "apt.conf", "\n".join([
        f'Dir::State "{folder}/state";',
        f'Dir::State::status "{status}";',
        f'Dir::Cache "{folder}/cache";',
        f'Dir::Etc::sourcelist "{folder}/sources.list";',
        'Dir::Etc::sourceparts "/dev/null";',
        'Dir::Etc::preferencesparts "/dev/null";',
        'Dir::Etc::preferences "/dev/null";',
        'Acquire::Languages "none";',
        'Acquire::Retries "3";',
        'APT::Get::List-Cleanup "true";',
    ]) + "\n")
    return {**os.environ, "APT_CONFIG": str(folder / "apt.conf"), "LC_ALL": "C"}


def download(wanted: dict[str, tuple[str, ...]], folder: Path, *, log: str) -> None:
    """Put these packages of these suites into `folder`, without what they depend on."""
    folder.mkdir(parents=True, exist_ok=True)
    if offline.packages():
        for name in (name for names in wanted.values() for name in names):
            shutil.copy2(next((offline.packages() / "debian/unpacked").glob(f"{name}_*.deb")), folder)
        return
    environment = private_apt()
    run(["apt-get", "update"], "Reading Debian's package lists", log=log, env=environment)
    packages = [f"{name}/{suite}" for suite, names in wanted.items() for name in names]
    run(["apt-get", "download", *packages], "Downloading Debian packages", log=log, env=environment, cwd=folder)


def download_with_dependencies(names: list[str], folder: Path, *, log: str) -> None:
    """Put packages of the machine's own suite with all that they depend on into `folder`, as a source of apt's."""
    (folder / "partial").mkdir(parents=True)
    none = CACHE / "no-packages"
    write_whole(none, "")
    suite = platform.freedesktop_os_release()["VERSION_CODENAME"]
    environment = private_apt("apt-closure", [machine_mirror().line(suite)], none)
    run(["apt-get", "update"], "Reading Debian's package lists", log=log, env=environment)
    run(["apt-get", "install", "-y", "--download-only", "--no-install-recommends", f"-oDir::Cache::archives={folder}",
         *names], "Downloading Debian packages", log=log, env=environment)
    remove(folder / "partial")
    remove(folder / "lock")
    entries = []
    for package in sorted(folder.glob("*.deb")):
        fields = read(["dpkg-deb", "-f", package], "Reading a package").rstrip()
        sha256 = hashlib.sha256(package.read_bytes()).hexdigest()
        size = package.stat().st_size
        entries.append(f"{fields}\nFilename: ./{package.name}\nSize: {size}\nSHA256: {sha256}\n")
    write_whole(folder / "Packages", "\n".join(entries))


def bundled_source(packages: Path) -> str:
    """The line of a sources.list for a bundle's packages for the machine."""
    return f"deb [trusted=yes] file:{packages / 'debian/machine'} ./"


def missing_packages() -> list[str]:
    """The Debian packages that are not installed, in order."""
    return [name for name, file in settings.DEBIAN_RUN.items() if not Path(file).exists()]


def install_packages() -> None:
    """Install what is missing, which only root can do."""
    missing = missing_packages()
    if not missing:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    if offline.packages():
        environment |= private_apt("apt-bundle", [bundled_source(offline.packages())])
    with step(f"Installing from Debian: {' '.join(missing)}"):
        wait = "-oDPkg::Lock::Timeout=300"
        run(["apt-get", wait, "update"], "apt-get update", log="debian", env=environment)
        run(["apt-get", wait, "install", "-y", "--no-install-recommends", *missing],
            "apt-get install", log="debian", env=environment)
