"""./eco docs: the documentation as one site, with every link and anchor checked."""

import subprocess
from pathlib import Path

from tools import setup
from tools.console import step
from tools.paths import CACHE, CHECKOUT, checkout_key

SITE = CHECKOUT / "site"


def docs() -> int:
    """Build the site into site/; a link or anchor that leads nowhere fails it."""
    programs = setup.get_docs()
    with step("Building the documentation"):
        done = subprocess.run([str(part) for part in build_command(programs, site=SITE)], cwd=CHECKOUT, check=False)
    if done.returncode == 0:
        print(SITE / "index.html", flush=True)
    return done.returncode


def build_command(programs: Path, folder: Path = CHECKOUT, site: Path | None = None) -> list[object]:
    """Builds the site of a folder with mkdocs.yml and docs/; what is only a warning elsewhere fails it here.

    Not ``--quiet``: it drops the warnings before they are counted.
    """
    site = site or CACHE / f"site-{checkout_key()}"
    return [programs / "mkdocs", "build", "--strict", "--config-file", folder / "mkdocs.yml", "--site-dir", site]
