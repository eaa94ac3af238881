"""A good under RCEP is decided as it was before the engine learned other agreements: each step, figure and refusal.

The hashes were written by the engine as it was then. Where the law or the words of a step change on purpose, they are
written anew, in the same commit, by ``python -m tests.origin.test_unchanged``.
"""

import hashlib
import json
from pathlib import Path

import pytest

from tools.pure import load
from tools.rulebook import shipped_rulebook

rcep_origin = load("rcep_origin")

from .random_cases import random_case  # noqa: E402 - it imports the engine under its alias
from .test_cases import CASES, TODAY  # noqa: E402 - the same

FILE = Path(__file__).with_name("verdicts_before.json")
SEEDS = 1_000
BLOCK = 100


def answer(case):
    """The verdict with its steps as JSON, or the reason of a refusal."""
    try:
        verdict = rcep_origin.determine(case, shipped_rulebook())
    except rcep_origin.CaseError as error:
        return f"refused: {error}"
    return rcep_origin.canonical_json(rcep_origin.verdict_json(verdict)).decode()


def hash_of(case):
    return hashlib.sha256(answer(case).encode()).hexdigest()[:12]


def read(entry):
    return rcep_origin.read_case(entry["case"], today=TODAY)


@pytest.fixture(scope="module")
def before():
    return json.loads(FILE.read_text(encoding="utf-8"))


def test_every_case_of_the_law_is_decided_as_before(before):
    now = {entry["case"]["id"]: hash_of(read(entry)) for entry in CASES}
    assert {name for name, found in before["cases"].items() if now.get(name) != found} == set()


@pytest.mark.parametrize("first", range(0, SEEDS, BLOCK))
def test_goods_made_at_random_are_decided_as_before(before, first):
    seeds = range(first, first + BLOCK)
    changed = [seed for seed in seeds if hash_of(random_case(seed)) != before["seeds"][seed]]
    assert changed == []


def test_the_random_goods_come_out_in_every_way():
    """A sample in which all were refused, or none originated, would prove nothing."""
    verdicts = [answer(random_case(seed)) for seed in range(SEEDS)]
    for sign in ('"verdict":"originating"', '"verdict":"not_originating"', '"verdict":"unresolved"', "refused: ",
                 '"modifiers":["ACU"]', '"modifiers":["DMI"]', '"criterion":"RVC"', '"criterion":"CTC"', '"3.5.5"'):
        assert sum(sign in each for each in verdicts) >= 5, sign


if __name__ == "__main__":
    result = {
        "cases": {entry["case"]["id"]: hash_of(read(entry)) for entry in CASES},
        "seeds": [hash_of(random_case(seed)) for seed in range(SEEDS)],
    }
    FILE.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
