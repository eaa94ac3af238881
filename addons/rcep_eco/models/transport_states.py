"""The way of a message to the platform as one table: from the outbox to its end.

*Unknown* means that it left, or may have left, and no answer is known: only a question may follow, never the message
itself. *Failed* means that the platform read it and said no, or that it must not leave any more.
"""

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
    "queued": {"sending", "unknown", "failed"},  # unknown: a person has it and may have handed it in
    "sending": {"queued", "delivered", "unknown", "failed"},
    "unknown": {"delivered", "failed"},
    "failed": {"unknown"},  # a person has it asked for again
    "delivered": set(),
}


def check(before, after):
    """
    :raises ValueError: where this move is not in the table: a mistake in this program
    """
    if before != after and after not in MOVES[before]:
        raise ValueError(f"A message does not go from {before} to {after}.")
