"""Where a reader stands in the feed: after which transaction, and after which of its changes.

The cursor names the database too. In another one, as after a restore, the same numbers mean other changes.

>>> Cursor.parse("0123456789ab.812.7")
Cursor(place='0123456789ab', committed_in=812, change=7)
>>> str(Cursor("0123456789ab", 812, 7))
'0123456789ab.812.7'
>>> Cursor.parse("812")
"""

import re
from typing import NamedTuple

FORM = re.compile(r"([0-9a-f]{12})\.([0-9]{1,20})\.([0-9]{1,10})")


class Cursor(NamedTuple):
    """A place in the feed of one database."""

    place: str
    committed_in: int = 0
    change: int = 0

    @classmethod
    def parse(cls, text):
        """The cursor, or None where the text is none."""
        found = FORM.fullmatch(text)
        return cls(found[1], int(found[2]), int(found[3])) if found else None

    def __str__(self):
        return f"{self.place}.{self.committed_in}.{self.change}"
