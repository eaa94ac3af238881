"""The life of a key as one table: entered, given to a program once, taken back."""

from odoo.addons.rcep_eco import groups

STATES = [
    ("draft", "Not given out"),
    ("in_force", "In force"),
    ("revoked", "Revoked"),
]
MOVES = {
    ("draft", "in_force"): (groups.MANAGER,),
    ("in_force", "revoked"): (groups.MANAGER,),
}
EDITABLE = "draft"
IN_FORCE = "in_force"
