"""The life of a key that signs in the firm's name, as one table."""

from .. import groups

STATES = [
    ("in_use", "In use"),
    ("retired", "Retired"),
    ("lost", "Lost"),
]
MOVES = {
    ("in_use", "retired"): (groups.MANAGER,),
    ("in_use", "lost"): (groups.MANAGER,),
    ("retired", "lost"): (groups.MANAGER,),
}
LISTED_YEARS = 5  # that a retired key can still be looked up
