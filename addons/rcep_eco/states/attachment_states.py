"""The life of an attachment as one table: from the file that somebody chose to what the office says of it."""

from .. import groups
from . import actors

STATES = [
    ("not_sent", "Not sent"),
    ("sent", "Sent"),
    ("accepted", "Accepted"),
    ("rejected", "Rejected"),
]
AT_OFFICE = ("submitted", "under_review", "returned")  # states of a certificate in which its attachments leave
EDITABLE = ("not_sent", "rejected")
MOVES = {
    ("not_sent", "sent"): (actors.OUTBOX,),
    ("rejected", "sent"): (actors.OUTBOX,),
    ("sent", "sent"): (actors.OUTBOX,),
    ("accepted", "sent"): (actors.OUTBOX,),
    ("sent", "not_sent"): (actors.OUTBOX,),
    ("rejected", "not_sent"): (groups.CLERK,),  # it was mended
    ("sent", "accepted"): (actors.PLATFORM,),
    ("sent", "rejected"): (actors.PLATFORM,),
    ("accepted", "rejected"): (actors.PLATFORM,),
    ("rejected", "accepted"): (actors.PLATFORM,),
}
