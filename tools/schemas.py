"""Writes the JSON Schemas of the link's canonical records into docs/link: ``python3 -m tools.schemas``."""

import json
from pathlib import Path

from tools.paths import CHECKOUT
from tools.pure import load

FOLDER = CHECKOUT / "docs/link"
RECORDS = ("Application", "Filing", "Event", "Outcome")


def texts() -> dict[Path, str]:
    """Each schema's file with what it is to hold."""
    link = load("rcep_link")
    homes = (link.application, link.filing, link.event)
    classes = (getattr(home, name) for name in RECORDS for home in homes if hasattr(home, name))
    return {FOLDER / f"{cls.__name__.lower()}.schema.json": json.dumps(link.schema.of(cls), indent=2) + "\n"
            for cls in dict.fromkeys(classes)}


def main() -> None:
    """Write them all."""
    for path, text in texts().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
