"""./eco bundle: one archive with this checkout and every package that demo, tests and lint need without a network."""

import json
import tarfile
import tempfile
from pathlib import Path

from tools import debian, offline, settings, source
from tools.console import CommandError, info, step
from tools.paths import CACHE, CHECKOUT, make_cache
from tools.programs import read, run
from tools.pyenv import host_pip, pip_environment

NAME = "rcep-eco-bundle"
README = """\
This folder holds rcep_eco with all that its demo, its tests and its lint need, for {machine} with Debian 12 and
Python {python}, without a network:

    cd rcep_eco
    ./eco demo
    ./eco test
    ./eco lint

Debian's own packages (browser, fonts, PDF printer) are installed from here when run as root; python3, python3-venv
and git have to be there. The folder packages stays beside rcep_eco, or is named by ECO_BUNDLE.
"""


def bundle() -> int:
    """Make the archive in dist/."""
    if offline.packages():
        raise CommandError("This checkout came in a bundle: copy that archive.")
    make_cache()
    git = ["git", "-C", CHECKOUT]
    commit = read([*git, "rev-parse", "--short=12", "HEAD"], "Reading the commit").strip()
    if read([*git, "status", "--porcelain"], "Reading the checkout's state"):
        info("! The bundle holds what is committed; this checkout has changes that are not.")
    target = CHECKOUT / "dist" / f"{NAME}-{commit}.tar"
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="bundle-") as folder:
        root = Path(folder, NAME)
        root.mkdir()
        run(["git", "clone", "-q", "--no-hardlinks", CHECKOUT, root / "rcep_eco"], "Cloning the checkout", log="bundle")
        collect(root / "packages")
        (root / "README.txt").write_text(README.format(**offline.facts()), encoding="utf-8")
        with step("Writing the archive"), tarfile.open(target.with_suffix(".part"), "w") as archive:
            archive.add(root, NAME)
    target.with_suffix(".part").replace(target)
    print(f"{target}  {target.stat().st_size / 10**6:.0f} MB\n\nOn a machine without a network:\n"
          f"  tar -xf {target.name} && cd {NAME}/rcep_eco && ./eco demo --check", flush=True)
    return 0


def collect(packages: Path) -> None:
    """Download everything, laid out as the functions that install it look for it."""
    wheels = packages / "wheels"
    wheels.mkdir(parents=True)
    with step("Collecting Python packages"):
        for lock in sorted((CHECKOUT / "tools").glob("requirements*.lock")):
            run([*host_pip(), "wheel", "-q", "--no-deps", "-w", wheels, "-r", lock],
                f"Collecting the packages of {lock.name}", log="bundle", env=pip_environment())
    with step("Collecting Debian's packages"):
        for wanted in (source.ODOO_PACKAGES, *settings.TEST_PACKAGES.values()):
            debian.download(wanted, packages / "debian/unpacked", log="bundle")
        debian.download_with_dependencies(list(settings.DEBIAN_RUN), packages / "debian/machine", log="bundle")
    with step("Collecting the file from npm"):
        source.download_npm_package(packages / "npm")
    (packages / offline.FACTS).write_text(json.dumps(offline.facts()), encoding="utf-8")
