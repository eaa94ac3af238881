"""The way of a message to the platform as one table: from the outbox to its end.

*Unknown* means that it left, or may have left, and no answer is known: only a question may follow, never the message
itself. *Failed* means that the platform read it and said no, or that it must not leave any more.
"""

from .. import groups
from . import actors

STATES = [
    ("queued", "Queued"),
    ("sending", "Sending"),
    ("delivered", "Delivered"),
    ("unknown", "Unknown"),
    ("failed", "Failed"),
]
# From the first a message is sent; the others are asked for first.
SENDABLE, ASKABLE = "queued", ("sending", "unknown")
OPEN = (SENDABLE, *ASKABLE)
MOVES = {
    **{
        (before, after): (actors.OUTBOX,)
        for before, afters in {
            SENDABLE: ("sending", "failed"),
            "sending": ("queued", "delivered", "unknown", "failed"),
            "unknown": ("delivered", "failed"),
        }.items()
        for after in afters
    },
    (SENDABLE, "unknown"): (groups.CLERK,),  # a person has it and may have handed it in
    ("failed", "unknown"): (groups.CLERK,),  # a person has it asked for again
}


def check(before, after):
    """
    :raises ValueError: where this move is not in the table: a mistake in this program
    """
    if before != after and (before, after) not in MOVES:
        raise ValueError(f"A message does not go from {before} to {after}.")
