"""Customs' words in nine languages: ``docs/customs-words.md``, made of ``docs/customs-words.json``.

Run as ``python -m tools.customs_words`` after a word or a source has changed.
"""

import json
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
DATA, PAGE = DOCS / "customs-words.json", DOCS / "customs-words.md"
LANGUAGES = {
    "en": "English", "zh": "Chinese", "vi": "Vietnamese", "th": "Thai", "ms": "Malay", "id": "Indonesian",
    "tl": "Filipino", "km": "Khmer", "lo": "Lao",
}  # fmt: skip
HEAD = """# Customs' words

The words of customs on public pages and in mails, in their nine languages. A page uses no other for the same thing; a
test holds that. A word bears its source where an official text with it was read; *no source found* says that none was,
and that a native reader of the trade has to confirm it.

This page is made of `customs-words.json` by `python -m tools.customs_words`.
"""


def read():
    """The sources by their short names, and of each term the word and the short name of its source by language."""
    return json.loads(DATA.read_text(encoding="utf-8"))


def page(data):
    """The page as Markdown."""
    parts = [HEAD]
    for term, words in data["terms"].items():
        rows = [f"| {LANGUAGES[code]} | {word} | {source or 'no source found'} |"
                for code, (word, source) in words.items()]  # fmt: skip
        parts.append("\n".join([f"## {term}\n", "| language | word | source |", "|---|---|---|", *rows, ""]))
    sources = [f"| {name} | {text} |" for name, text in data["sources"].items()]
    parts.append("\n".join(["## Sources\n", "| source | text |", "|---|---|", *sources, ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(read()), encoding="utf-8")
