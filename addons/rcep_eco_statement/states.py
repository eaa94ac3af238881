"""The lives of a statement and of the key that signs it, each as one table."""

from odoo.addons.rcep_eco import groups
from odoo.addons.rcep_eco.states import actors

STATES = [
    ("draft", "Draft"),
    ("in_force", "In force"),
    ("ended", "Ended"),
    ("revoked", "Revoked"),
]
DETERMINATION = "determination"  # what is known today says otherwise
MOVES = {
    ("draft", "in_force"): (groups.SIGNER,),
    ("in_force", "ended"): (actors.CALENDAR,),
    ("in_force", "revoked"): (groups.SIGNER, DETERMINATION),
}
IN_FORCE = "in_force"
LONGEST_DAYS = 366  # that one statement holds

KEY_STATES = [
    ("in_use", "In use"),
    ("retired", "Retired"),
    ("lost", "Lost"),
]
KEY_MOVES = {
    ("in_use", "retired"): (groups.MANAGER,),
    ("in_use", "lost"): (groups.MANAGER,),
    ("retired", "lost"): (groups.MANAGER,),
}
LISTED_YEARS = 5  # that a retired key can still be looked up
