"""The life of a question that a supplier passed on to its own supplier, as one table."""

from . import actors

STATES = [
    ("requested", "Not answered"),
    ("originates", "Originates"),
    ("refused", "Cannot be declared"),
    ("withdrawn", "Withdrawn"),
    ("closed", "No longer needed"),
]
MOVES = {
    ("requested", "originates"): (actors.SUPPLIER,),
    ("requested", "refused"): (actors.SUPPLIER,),
    ("requested", "withdrawn"): (actors.ASKER,),
    ("requested", "closed"): (actors.ASKER,),
}

# States in which the page behind its link is read.
READABLE = ("requested", "originates", "refused")

# The exporter's own supplier is tier 1; beyond the last nobody is asked.
LAST_TIER = 6
# What a line of a page may have open at once: a page is no way to write to half the world.
OPEN_AT_ONCE = 5
# What one request may pass on in all, in all its tiers.
IN_ALL = 60
