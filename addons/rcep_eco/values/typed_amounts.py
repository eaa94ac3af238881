"""An amount as somebody abroad types it: whose separators are clear it is read, whose are not it is refused.

>>> [str(of(text)) for text in ("1250.50", "1250,5", "1,250.50", "1.250,50", "1 250", "12.500.000", "0")]
['1250.50', '1250.5', '1250.50', '1250.50', '1250', '12500000', '0']
>>> [of(text) for text in ("1,250", "1.250", "12.34.567", "-5", "5e3", "abc", "1,2,3", "")]
[None, None, None, None, None, None, None, None]
"""

import re
from decimal import Decimal

GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?")
PLAIN = re.compile(r"\d{1,15}(?:[.,]\d{1,2})?")
LONGEST = 24


def of(text):
    """The amount, or None where it is none or could be two: 1,250 is a thousand here and one and a quarter there."""
    typed = re.sub(r"[\s']", "", text or "")
    if len(typed) > LONGEST or not typed.isascii():
        return None
    if PLAIN.fullmatch(typed):
        return Decimal(typed.replace(",", "."))
    found = GROUPED.fullmatch(typed)
    marks = re.findall(r"[.,]", typed)
    if not found or len(marks) == 1:
        return None
    mark = found.group(1)
    return Decimal(typed.replace(mark, "").replace(",", "."))
