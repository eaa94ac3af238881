"""The life of a product filing as one table: what the platform says of it, and what is sent anew."""

PLATFORM = "platform"
OUTBOX = "outbox"  # other content is sent

STATES = [("pending", "Pending"), ("accepted", "Accepted"), ("returned", "Returned")]
MOVES = {
    ("pending", "accepted"): (PLATFORM,),
    ("pending", "returned"): (PLATFORM,),
    ("accepted", "returned"): (PLATFORM,),
    ("accepted", "pending"): (PLATFORM, OUTBOX),
    ("returned", "accepted"): (PLATFORM,),
    ("returned", "pending"): (PLATFORM, OUTBOX),
}
