"""Codes of the Harmonized System: chapter (2 digits), heading (4) and subheading (6).

Firms hold national codes of 8 or 10 digits; their first six are the international subheading. A code of 7 or 9 digits
is one whose leading zero a spreadsheet has eaten: coffee, 0901.11.00, is then taken for microscopes, 9011.10. The
nomenclature of 2022 (HS 2022) is the one that the RCEP list of rules is written in since 2023.

>>> compact("8516.79-00 90")
'8516790090'
>>> subheading("8516.79.0090")
'851679'
>>> with_lost_zero("9011100")
'09011100'
>>> is_chapter_between("620342", 50, 63)
True
"""

from .errors import OriginError

CHAPTER, HEADING, SUBHEADING = 2, 4, 6
LENGTHS = (SUBHEADING, 8, 10)
_PUNCTUATION = str.maketrans("", "", " .-")


def compact(text):
    """The digits of a code as people write it: dots, dashes and spaces left out."""
    return (text or "").strip().translate(_PUNCTUATION)


def subheading(text):
    """The six digits of a code of 6, 8 or 10 digits.

    :raises OriginError: where the text is no such code
    """
    code = compact(text)
    if not (code.isascii() and code.isdigit()) or len(code) not in LENGTHS:
        raise OriginError(f"{text!r} is not an HS code of 6, 8 or 10 digits")
    return code[:SUBHEADING]


def with_lost_zero(text):
    """What a code of an odd number of digits is with the leading zero that it may have lost; None for another."""
    code = compact(text)
    digits = code.isascii() and code.isdigit()
    return f"0{code}" if digits and len(code) + 1 in LENGTHS and not code.startswith("0") else None


def is_partial(code):
    """Whether the text is a chapter, heading or subheading, in digits only."""
    return isinstance(code, str) and code.isascii() and code.isdigit() and len(code) in (CHAPTER, HEADING, SUBHEADING)


def is_chapter_between(code, first, last):
    """Whether the code's chapter lies between two chapters, both included."""
    return first <= int(code[:CHAPTER]) <= last
