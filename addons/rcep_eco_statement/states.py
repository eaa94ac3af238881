"""The life of a statement as one table."""

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
