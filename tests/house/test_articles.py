"""Whoever opens a module of the law reads at once which article it is, and where its text stands."""

import ast
import re
from pathlib import Path

import pytest

ORIGIN = Path(__file__).parents[2] / "addons/rcep_eco/origin"
# What is no law: records, numbers, codes and JSON that the law's steps use.
MECHANICS = {"__init__", "blank", "canonical_json", "case", "contradictions", "dossier", "errors", "exact", "hs",
             "money", "reading", "records", "states", "steps", "trace", "verdict"}  # fmt: skip
LAW = sorted(path.stem for path in ORIGIN.glob("*.py") if path.stem not in MECHANICS)


@pytest.mark.parametrize("name", LAW)
def test_a_module_of_the_law_opens_with_its_article_and_says_where_the_text_stands(name):
    text = ast.get_docstring(ast.parse((ORIGIN / f"{name}.py").read_text(encoding="utf-8")))
    assert re.match(r"(Art\. [23]\.\d|Annex 3A)", text), text.splitlines()[0]
    assert re.search(r"^Text: RCEP Agreement, .*\d", text, flags=re.MULTILINE)


def test_there_is_law_to_open():
    assert len(LAW) > 10
