"""./eco bench: speed as ratios measured in one run, so that figures of different machines can be compared."""

import datetime
import json
import time
import tracemalloc
from collections.abc import Callable

from tools.pure import load
from tools.rulebook import shipped_rulebook

SIZES = (8, 200)  # materials of a good
ROUNDS = 7
ROUND_SECONDS = 0.2
TODAY = datetime.date(2026, 5, 4)


def engine(*, as_json: bool) -> int:
    """The origin engine against `json.loads` of the same case: reading and deciding it, and telling the steps too."""
    figures = [_measure(size) for size in SIZES]
    if as_json:
        print(json.dumps(figures))
        return 0
    print("materials   json.loads   decided   with steps told   decided a second   memory")
    for each in figures:
        print(f"{each['materials']:9d}   {each['json_us']:7.1f} µs   {each['decided_ratio']:5.1f} ×   "
              f"{each['told_ratio']:13.1f} ×   {each['decided_per_second']:16,.0f}   {each['memory_kib']:3.0f} KiB")
    return 0


def _measure(size: int) -> dict:
    origin, rulebook, text = load("rcep_origin"), shipped_rulebook(), json.dumps(_case(size))

    def decide():
        return origin.determine(origin.read_case(json.loads(text), today=TODAY), rulebook)

    reading = _seconds(lambda: json.loads(text))
    decided = _seconds(decide)
    told = _seconds(lambda: json.dumps(origin.verdict_json(decide())))
    tracemalloc.start()
    decide()
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {"materials": size, "json_us": reading * 1e6,
            "decided_ratio": decided / reading, "told_ratio": told / reading,
            "decided_per_second": 1 / decided, "memory_kib": memory / 1024}


def _seconds(work: Callable) -> float:
    """The best mean of several rounds: what the machine can do when nothing else disturbs it."""
    work()
    best = float("inf")
    for _round in range(ROUNDS):
        began, count = time.perf_counter(), 0
        while time.perf_counter() - began < ROUND_SECONDS:
            work()
            count += 1
        best = min(best, (time.perf_counter() - began) / count)
    return best


def _case(size: int) -> dict:
    """A charger of this many materials, a third of them without evidence, half of them from a non-Party."""
    codes = ("850490", "853400", "392690", "854231", "741980", "853690", "850440", "481920")
    return {
        "id": "charger", "date": "2026-05-04", "exporting_party": "CN", "importing_party": "VN",
        "good": {"hs": "850440", "fob": "100", "currency": "CNY", "net_weight": "0.16"},
        "materials": [
            {"name": f"material {i}", "hs": codes[i % len(codes)], "value": f"{50 / size:.2f}", "weight": "0.01",
             "origin": "US" if i % 2 else "CN", **({"originating": not i % 2} if i % 3 else {})}
            for i in range(size)
        ],
    }
