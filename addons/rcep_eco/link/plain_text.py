"""Characters of the form: which are Latin, which look like others, and how a text becomes plain.

>>> normalised("ＡＢＣ１２３，\\u200bnew\\nline")
'ABC123, new line'
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63]")
BREAKS = re.compile(r"[\r\n\t\x0b\x0c\x85\u2028\u2029]+")
SPACES = re.compile(r"^\s|\s$|\s{2,}")
ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
MOST_DIGITS = 9
PUNCTUATION = str.maketrans(
    {"、": ", ", "。": ". ", "《": '"', "》": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."}
)


def half_width(text: str) -> str:
    """The same text with full-width characters made plain, and no other: what is written above the line stays there.

    >>> half_width("４５．５ and 4²")
    '45.5 and 4²'
    """
    return FULL_WIDTH.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def is_number(text: str) -> bool:
    """Whether these are the digits that everybody counts with, and few enough to count with.

    >>> [is_number(each) for each in ("12", "²", "٣", "-1", "", "9" * 5000)]
    [True, False, False, False, False, False]
    """
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def normalised(text: str) -> str:
    """The same text in characters that every system has: half-width, visible, on one line."""
    result = BREAKS.sub(" ", INVISIBLE.sub("", ODD_SPACE.sub(" ", text)).translate(PUNCTUATION))
    result = half_width(result)
    result = re.sub(r",(?=[^\s\d])", ", ", DASHES.sub("-", result))
    return re.sub(r" {2,}", " ", result).strip()


def folded(number: str) -> str:
    """A number as people type it: spaces, full-width characters, dashes for strokes and the letter O for 0 are one.

    >>> folded(" 26c33o2-00042 ") == folded("２６Ｃ３３０２／０００４２") == "26C3302/00042"
    True
    """
    text = re.sub(r"\s+", "", normalised(number)).upper()
    return text.replace("-", "/").replace("\\", "/").replace("O", "0")


def is_latin(char: str) -> bool:
    """Whether a character may stand on the form: no letter of another script, no sign of another writing."""
    if char.isascii():
        return True
    if unicodedata.category(char)[0] in "LM":
        return "LATIN" in unicodedata.name(char, "") or unicodedata.combining(char) > 0
    return unicodedata.category(char)[0] in "NPSZ" and not "\u3000" <= char <= "\u303f"


def foreign(text: str) -> str:
    """The characters of a text that are neither Latin nor only look otherwise, each once."""
    rest = FULL_WIDTH.sub("", INVISIBLE.sub("", DASHES.sub("", text)))
    return "".join(dict.fromkeys(char for char in rest if not is_latin(char) and not BREAKS.match(char)))
