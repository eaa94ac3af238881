"""Customs' words are the same on each page and in each mail, and the page of the documentation shows them all."""

import json
import re
from pathlib import Path

import pytest

from tools import customs_words

ADDONS = Path(__file__).parents[2] / "addons"
ROOMS = sorted({path.parent for path in ADDONS.glob("*/words/*/*.json")})
FILLED = re.compile(r"%\(\w+\)s")
DATA = customs_words.read()
# It may have been cancelled since: a verb of another form.
OTHERWISE = {("rcep_eco_website", "verifier", "offline", "cancelled")}


def uses():
    """Each English text that has a term, with the same text in each language."""
    for room in ROOMS:
        texts = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in room.glob("*.json")}
        for term, words in DATA["terms"].items():
            for key, text in texts["en"].items():
                if not re.search(rf"\b{term}\b", FILLED.sub(" ", text), re.IGNORECASE):
                    continue
                if (room.parts[-3], room.name, key, term) in OTHERWISE:
                    continue
                for language, (word, _source) in words.items():
                    name = f"{room.parts[-3]}-{room.name}-{language}-{key}-{term}"
                    yield pytest.param(word, texts[language][key], id=name)


@pytest.mark.parametrize(("word", "text"), uses())
def test_a_text_uses_the_word_of_the_glossary(word, text):
    assert word.casefold() in text.casefold()


def test_each_term_has_each_language_and_each_source_is_listed_once():
    for term, words in DATA["terms"].items():
        assert list(words) == ["en", "zh", "vi", "th", "ms", "id", "tl", "km", "lo"], term
    named = {source for words in DATA["terms"].values() for _word, source in words.values()}
    assert named == {"", *DATA["sources"]}


def test_the_page_of_the_documentation_is_made_of_the_data():
    assert customs_words.PAGE.read_text(encoding="utf-8") == customs_words.page(DATA)
