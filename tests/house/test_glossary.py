"""Each term of the glossary stands once, in two languages, and where it says that the code of it is."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ADDONS = ROOT / "addons"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| term"))
]
MODELS = {
    name
    for path in ADDONS.rglob("models/**/*.py")
    for name in re.findall(r'^    _name = "([\w.]+)"', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
}


def is_there(name):
    """Whether a place that the glossary names exists: a model, a folder, or a file of the heart or another add-on."""
    return name in MODELS or any((base / name).exists() for base in (ROOT, ADDONS, ADDONS / "rcep_eco"))


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_term_has_both_languages_a_meaning_and_its_place(row):
    _term, chinese, meaning, code = row
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert meaning
    assert is_there(code.strip("`")), code


def test_no_term_stands_twice():
    assert [term for term, count in Counter(row[0] for row in ROWS).items() if count > 1] == []
