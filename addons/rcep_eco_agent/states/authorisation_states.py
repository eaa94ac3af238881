"""The life of an agent's authority: proposed, in force from a signer's word on, over by its day or revoked."""

from odoo.addons.rcep_eco import groups
from odoo.addons.rcep_eco.states import actors

STATES = [
    ("proposed", "Proposed"),
    ("in_force", "In force"),
    ("ended", "Ended"),
    ("revoked", "Revoked"),
]
MOVES = {
    ("proposed", "in_force"): (groups.SIGNER,),
    ("proposed", "revoked"): (groups.SIGNER,),
    ("proposed", "ended"): (actors.CALENDAR,),
    ("in_force", "revoked"): (groups.SIGNER,),
    ("in_force", "ended"): (actors.CALENDAR,),
}
IN_FORCE = "in_force"
ALIVE = ("proposed", IN_FORCE)
EDITABLE = "proposed"
