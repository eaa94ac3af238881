"""``python -m ccpit_sandbox.folders``: empties and fills a firm's folders until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import json
import logging
import pathlib
import signal
import sys
import threading

from .door import Door

LOOKS = 0.2  # seconds between two looks


def main() -> int:
    """Run the door."""
    options = _options()
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_signal: stopping.set())
    door = Door(options.folder, options.data, options.review_seconds, options.faults, options.seed)
    print(json.dumps({"folder": str(options.folder)}), flush=True)
    while not stopping.wait(LOOKS):
        door.step()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ccpit_sandbox.folders", description=__doc__)
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="what the client calls ImpPath")
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder of its database; made when missing")
    parser.add_argument("--review-seconds", type=float, default=1.0, help="how long each step of the office takes")
    parser.add_argument("--faults", type=float, default=0.0, help="share of replies, 0 to 1, that come with a fault")
    parser.add_argument("--seed", type=int, default=0, help="of the faults")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
