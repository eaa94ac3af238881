"""./eco bench: speed as ratios measured in one run, so that figures of different machines can be compared."""

import datetime
import json
import statistics
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
    """The origin engine against `json.loads` of the same case: read and decided, without its steps and with them."""
    figures = [_measure(size) for size in SIZES]
    if as_json:
        print(json.dumps(figures))
        return 0
    print("materials   json.loads   without steps   with steps   decided a second   memory")
    for each in figures:
        print(f"{each['materials']:9d}   {each['json_us']:7.1f} µs   {each['ratio']:11.1f} ×   "
              f"{each['traced_ratio']:8.1f} ×   {each['decided_per_second']:16,.0f}   {each['memory_kib']:3.0f} KiB")
    return 0


def _measure(size: int) -> dict:
    origin, rulebook, text = load("rcep_origin"), shipped_rulebook(), json.dumps(_case(size))

    def decide(trace: bool):
        return origin.determine(origin.read_case(json.loads(text), today=TODAY), rulebook, trace=trace)

    reading, decided, traced = _in_turn(lambda: json.loads(text), lambda: decide(False), lambda: decide(True))
    tracemalloc.start()
    decide(True)
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {"materials": size, "json_us": min(reading) * 1e6, "ratio": _ratio(decided, reading),
            "traced_ratio": _ratio(traced, reading), "decided_per_second": 1 / min(decided),
            "memory_kib": memory / 1024}


def _in_turn(*works: Callable) -> list[list[float]]:
    """Seconds of each work in several rounds; in turn, so that whatever else the machine does slows all alike."""
    for work in works:
        work()
    return list(zip(*([_mean(work) for work in works] for _round in range(ROUNDS)), strict=True))


def _mean(work: Callable) -> float:
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < ROUND_SECONDS:
        work()
        count += 1
    return (time.perf_counter() - began) / count


def _ratio(seconds: list[float], base: list[float]) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(one / other for one, other in zip(seconds, base, strict=True))


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
