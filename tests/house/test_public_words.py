"""What the public reads: wherever an add-on keeps words, each of nine languages says all of it in its own letters."""

import json
import re
from pathlib import Path

import pytest

ADDONS = Path(__file__).parents[2] / "addons"
LANGUAGES = {"vi", "th", "ms", "id", "tl", "km", "lo", "zh", "en"}
ROOMS = sorted({path.parent for path in ADDONS.glob("*/words/*/*.json")})
TEXTS = {
    room: {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in room.glob("*.json")} for room in ROOMS
}
FILLED = re.compile(r"%\(\w+\)s")
LETTERS = {"th": "\u0e00-\u0e7f", "km": "\u1780-\u17ff", "lo": "\u0e80-\u0eff", "zh": "\u4e00-\u9fff"}
# Names, signs and words of the treaty's form, which stand everywhere as they stand on the paper.
FORM = {
    "RCEP", "HS", "QR", "SHA", "UTC", "CNY", "USD", "PDF", "PNG", "JPEG", "XML", "JSON", "URL", "MB", "AA", "CCPIT",
    "GACC", "SPECIMEN", "ORIGINAL", "ISSUED", "RETROACTIVELY", "CERTIFIED", "TRUE", "COPY", "CTC", "RVC", "WO", "PE",
    "CR", "ACU", "DMI", "FOB", "CIF", "EXW", "PSR", "CO", "e", "ISO", "USCC", "CN", "Back", "back", "to",
}  # fmt: skip
# English words that no text in Latin letters of another language has.
ENGLISH = re.compile(
    r"\b(the|of|and|with|this|that|was|were|are|which|your|from|has|have|will|not|for|does|its)\b", re.I
)
# Keys whose text a language in Latin letters may share with English.
SAME = {"hs", "invoice", "exporter", "cause_retroactive"}


def cases():
    """(room, language, key, text, the same in English) of everything that is no English."""
    for room, languages in TEXTS.items():
        for language in sorted(languages.keys() - {"en"}):
            for key, text in languages[language].items():
                name = f"{room.parts[-3]}-{room.name}-{language}-{key}"
                yield pytest.param(language, key, text, languages["en"].get(key, ""), id=name)


def bare(text):
    """A text without what is filled in."""
    return FILLED.sub(" ", text)


def test_there_are_rooms():
    assert {room.name for room in ROOMS} >= {"consignee", "verifier"}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: f"{room.parts[-3]}-{room.name}")
def test_each_language_has_the_same_keys_in_the_same_order(room):
    assert TEXTS[room].keys() == LANGUAGES
    for language, texts in TEXTS[room].items():
        assert list(texts) == list(TEXTS[room]["en"]), language
        assert all(text.strip() == text and text for text in texts.values()), language


@pytest.mark.parametrize(("language", "key", "text", "english"), cases())
def test_a_text_keeps_what_is_filled_in_and_is_in_its_own_language(language, key, text, english):
    assert sorted(FILLED.findall(text)) == sorted(FILLED.findall(english))
    assert text != english or key in SAME or not set(re.findall("[A-Za-z]+", bare(text))) - FORM
    for other, letters in LETTERS.items():
        if other != language:
            assert not re.search(f"[{letters}]", bare(text)), f"letters of {other}"
    if language in LETTERS:
        assert re.search(f"[{LETTERS[language]}]", text) or not re.search("[a-z]", bare(text))
        assert not set(re.findall("[A-Za-z]+", bare(text))) - FORM, "words in Latin letters"
    else:
        assert not ENGLISH.search(bare(text)), "left in English"


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: f"{room.parts[-3]}-{room.name}")
def test_no_text_says_a_year_of_another_calendar(room):
    """Days are filled in as ISO writes them; nothing beside them counts from the Buddha."""
    said = " ".join(text for texts in TEXTS[room].values() for text in texts.values())
    assert "พ.ศ" not in said
    assert not re.search("[๐-๙០-៩໐-໙]", said), "numbers are written as everywhere"
