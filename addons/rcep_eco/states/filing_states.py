"""The life of a product filing as one table: what the platform says of it, and what is sent anew."""

from . import actors

STATES = [("pending", "Pending"), ("accepted", "Accepted"), ("returned", "Returned")]
MOVES = {
    ("pending", "accepted"): (actors.PLATFORM,),
    ("pending", "returned"): (actors.PLATFORM,),
    ("accepted", "returned"): (actors.PLATFORM,),
    ("accepted", "pending"): (actors.PLATFORM, actors.OUTBOX),
    ("returned", "accepted"): (actors.PLATFORM,),
    ("returned", "pending"): (actors.PLATFORM, actors.OUTBOX),
}
