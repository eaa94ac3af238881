"""The life of a certificate that was received: entered, checked with its issuer, over by its day or cancelled there."""

from odoo.addons.rcep_eco import groups
from odoo.addons.rcep_eco.states import actors

STATES = [
    ("draft", "Draft"),
    ("checked", "Checked"),
    ("cancelled", "Cancelled"),
    ("expired", "Expired"),
]
MOVES = {
    ("draft", "checked"): (groups.CLERK,),
    ("draft", "cancelled"): (groups.CLERK,),
    ("draft", "expired"): (actors.CALENDAR,),
    ("checked", "cancelled"): (groups.CLERK, actors.CALENDAR),  # or found on its page by the nightly look
    ("checked", "expired"): (actors.CALENDAR,),
}
CHECKED = "checked"
EDITABLE = "draft"
VALIDITY_YEARS = 1  # Art. 3.16
