"""The life of a supplier's declaration as one table: which moves there are, and who makes them."""

from .. import groups
from . import actors

STATES = [
    ("requested", "Requested"),
    ("received", "Received"),
    ("verified", "Verified"),
    ("refused", "Refused"),
    ("expired", "Expired"),
    ("revoked", "Revoked"),
]
MOVES = {
    ("requested", "received"): (groups.ENGINEER, actors.SUPPLIER),
    ("requested", "refused"): (groups.ENGINEER, actors.SUPPLIER),
    ("requested", "revoked"): (groups.ENGINEER,),
    ("received", "verified"): (groups.ENGINEER,),
    ("received", "refused"): (groups.ENGINEER,),
    ("received", "revoked"): (groups.ENGINEER, actors.SUPPLIER),
    ("verified", "refused"): (groups.ENGINEER,),  # what turns out wrong: it should never have counted
    ("verified", "revoked"): (groups.ENGINEER, actors.SUPPLIER),
    ("verified", "expired"): (actors.CALENDAR, actors.SUPPLIER),  # the supplier: it holds to an earlier day
}

# States in which an answer is still looked for, or waits to be read: nobody is asked again for the same.
OPEN = ("requested", "received")
# States in which the content may be changed.
EDITABLE = OPEN
# States in which a reason may be entered, to refuse it for.
REASONED = (*OPEN, "verified")
# States that stand for a complete declaration of the supplier.
COMPLETE = ("received", "verified", "expired")
# States that count on a day between the declaration's dates; what expired was verified, and held until it did.
COUNTING = ("verified", "expired")
# From these the supplier is asked anew, by a request of its own beside the old record.
OVER = ("refused", "expired", "revoked")

WARN_DAYS = 30  # before a declaration ends
