"""Art. 2.6, 3.5, 3.7 and 3.24, the figures of the law, as dated data: an amendment is a row with its own first day.

Text: RCEP Agreement, Articles 2.6, 3.5, 3.7 and 3.24.

>>> on("de_minimis", datetime.date(2026, 5, 4))
Decimal('10')
"""

import datetime
import functools
from decimal import Decimal
from typing import NamedTuple

ENTRY_INTO_FORCE = datetime.date(2022, 1, 1)
YEARS, PERCENT, DAYS = "years", "per cent", "days"


class Threshold(NamedTuple):
    """A figure that the law sets.

    :param valid_from: first day on which it holds, until a later row of the same name begins
    """

    name: str
    article: str
    value: Decimal
    unit: str
    valid_from: datetime.date = ENTRY_INTO_FORCE


THRESHOLDS = (
    Threshold("regional_value", "3.5", Decimal(40), PERCENT),  # RVC40 of Annex 3A
    Threshold("de_minimis", "3.7", Decimal(10), PERCENT),
    Threshold("added_value", "2.6.3", Decimal(20), PERCENT),
    Threshold("proof_validity", "3.16", Decimal(1), YEARS),
    Threshold("retroactive_issue", "3.17.8", Decimal(1), YEARS),
    Threshold("true_copy", "3.17.9", Decimal(1), YEARS),
    # How long an importing Party lets those whom it asks in a verification answer, from the receipt of its request.
    Threshold("query_reply_least", "3.24.4", Decimal(30), DAYS),
    Threshold("query_reply_most", "3.24.4", Decimal(90), DAYS),
    Threshold("records", "3.27", Decimal(3), YEARS),
)


@functools.cache
def on(name, date, table=THRESHOLDS):
    """The figure of a name on a day.

    :param table: an agreement's :class:`Threshold` rows

    :raises KeyError: where the law has no such figure on that day
    """
    rows = [each for each in table if each.name == name and each.valid_from <= date]
    if not rows:
        raise KeyError(f"{name} on {date.isoformat()}")
    return max(rows, key=lambda each: each.valid_from).value
