"""Texts that say nothing: empty, or of spaces and characters that nobody sees."""

import unicodedata

# Separators, controls, and characters that only format, such as the space of no width.
_UNSEEN = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf"))


def is_blank(text):
    """Whether a text says nothing.

    >>> is_blank(" \\u200b"), is_blank("x")
    (True, False)
    """
    if text.isascii():
        return not text.strip()
    return all(unicodedata.category(char) in _UNSEEN for char in text)
