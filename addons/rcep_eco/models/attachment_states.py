"""The life of an attachment as one table: from the file that somebody chose to what the office says of it."""

from . import states

PLATFORM = "platform"
OUTBOX = "outbox"  # it did not leave, or leaves once more under another number

STATES = [
    ("not_sent", "Not sent"),
    ("sent", "Sent"),
    ("accepted", "Accepted"),
    ("rejected", "Rejected"),
]
EDITABLE = ("not_sent", "rejected")
MOVES = {
    ("not_sent", "sent"): (OUTBOX,),
    ("rejected", "sent"): (OUTBOX,),
    ("sent", "sent"): (OUTBOX,),
    ("accepted", "sent"): (OUTBOX,),
    ("sent", "not_sent"): (OUTBOX,),
    ("rejected", "not_sent"): (states.CLERK,),  # it was mended
    ("sent", "accepted"): (PLATFORM,),
    ("sent", "rejected"): (PLATFORM,),
    ("accepted", "rejected"): (PLATFORM,),
    ("rejected", "accepted"): (PLATFORM,),
}
