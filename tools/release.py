"""./eco release: archives for an app store, one for each add-on and one of all; the same bytes at any time."""

import ast
import hashlib
import os
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path

from tools.console import CommandError
from tools.paths import ADDONS, CHECKOUT
from tools.programs import remove

DIST = CHECKOUT / "dist"
SUITE = "rcep_eco_suite"
NOT_RELEASED = ("rcep_eco_demo",)  # a made-up firm with passwords that everybody knows
LEFT_OUT = {"__pycache__", "tests"}  # folders that only development needs; migrations go along
BYTECODE = {".pyc", ".pyo"}
SOME_DAY = (2020, 1, 1, 0, 0, 0)  # of each file in an archive: the day on which it was made makes no difference
MODE = 0o100644 << 16


def release() -> int:
    """Make the archives in dist/, in place of earlier ones, from add-ons that are as they are committed."""
    changed = subprocess.run(["git", "status", "--porcelain", "--", "addons", "LICENSE"], cwd=CHECKOUT,
                             capture_output=True, text=True, check=False)
    if changed.returncode or changed.stdout:
        raise CommandError("A release is made of what is committed. Commit these first:\n"
                           f"{(changed.stdout or changed.stderr).rstrip()}")
    for old in DIST.glob("rcep_eco*.zip"):
        remove(old)
    for path in build(DIST):
        print(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(CHECKOUT)}", flush=True)
    return 0


def build(folder: Path) -> list[Path]:
    """Write the archives into a folder; their paths, that of the suite last."""
    version = version_of_all()
    folder.mkdir(parents=True, exist_ok=True)
    addons = released()
    alone = [_write(folder / f"{addon.name}-{version}.zip", [addon]) for addon in addons]
    return [*alone, _write(folder / f"{SUITE}-{version}.zip", addons)]


def released(addons: Path = ADDONS) -> list[Path]:
    """The add-ons that others get."""
    return sorted(path.parent for path in addons.glob("*/__manifest__.py") if path.parent.name not in NOT_RELEASED)


def version_of_all(addons: Path = ADDONS) -> str:
    """The one version that every add-on has."""
    found = {path.parent.name: ast.literal_eval(path.read_text(encoding="utf-8"))["version"]
             for path in addons.glob("*/__manifest__.py")}
    if len(set(found.values())) != 1:
        versions = ", ".join(f"{name} {version}" for name, version in sorted(found.items()))
        raise CommandError(f"The add-ons have different versions: {versions}. Raise all of them alike.")
    return found.popitem()[1]


def _write(path: Path, addons: Iterable[Path]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for addon in addons:
            _add(archive, f"{addon.name}/LICENSE", CHECKOUT / "LICENSE")
            for file in _files(addon):
                _add(archive, file.relative_to(addon.parent).as_posix(), file)
    return path


def _files(addon: Path) -> list[Path]:
    found = []
    for folder, subfolders, names in os.walk(addon):
        subfolders[:] = [name for name in subfolders if name not in LEFT_OUT]
        found += [Path(folder, name) for name in names if Path(name).suffix not in BYTECODE]
    return sorted(found)


def _add(archive: zipfile.ZipFile, name: str, file: Path) -> None:
    entry = zipfile.ZipInfo(name, SOME_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = MODE
    archive.writestr(entry, file.read_bytes())
