"""Who moves a record besides people: by these words in the tables of states, where people are named by their group."""

PLATFORM = "platform"  # by what the issuing body's platform says
OUTBOX = "outbox"  # by a message that leaves, does not leave, or leaves once more
SUPPLIER = "supplier"  # on its own page, or by its own server
CALENDAR = "calendar"
AGENT = "agent"  # of the exporter, under an authority that is in force
ASKER = "asker"  # of a question: takes it back, or needs its answer no more
