"""Starts the front door when this folder is run: puts the checkout, not this folder, on Python's path."""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from tools.cli import main  # noqa: E402  (the path has to be right first)

sys.exit(main(sys.argv[1:]))
