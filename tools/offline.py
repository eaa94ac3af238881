"""Where packages come from: a bundle that was made with ./eco bundle, mirrors that the user names, or neither."""

import json
import os
import platform
import sys
from pathlib import Path

from tools.console import CommandError
from tools.paths import CHECKOUT

FACTS = "bundle.json"
BESIDE = CHECKOUT.parent / "packages"  # where the checkout in a bundle has them


def facts() -> dict[str, str]:
    """What a bundle's packages are for."""
    return {"python": ".".join(map(str, sys.version_info[:2])), "machine": platform.machine()}


def packages() -> Path | None:
    """The packages of a bundle: named by ECO_BUNDLE, or beside a checkout that came with them."""
    folder = Path(os.environ["ECO_BUNDLE"]).expanduser().resolve() if os.environ.get("ECO_BUNDLE") else BESIDE
    if not (folder / FACTS).is_file():
        if folder != BESIDE:
            raise CommandError(f"ECO_BUNDLE={folder} holds no {FACTS}: name the folder packages of an unpacked bundle.")
        return None
    made_for = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    if made_for != facts():
        raise CommandError(f"The bundle is for Python {made_for['python']} on {made_for['machine']}, "
                           f"this is {facts()['python']} on {facts()['machine']}.")
    return folder


def pip_options() -> dict[str, str]:
    """What pip goes by; empty where it follows the machine's own configuration."""
    folder = packages()
    if folder:
        return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder / "wheels")}
    return {"PIP_INDEX_URL": os.environ["ECO_PYPI"]} if os.environ.get("ECO_PYPI") else {}


def npm_options() -> dict[str, str]:
    """What npm goes by, as above."""
    return {"npm_config_registry": os.environ["ECO_NPM"]} if os.environ.get("ECO_NPM") else {}
