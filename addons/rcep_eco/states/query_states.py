"""The life of a query of foreign customs as one table: from the letter to what its customs decided in the end."""

from .. import groups

STATES = [
    ("received", "Received"),
    ("gathered", "Papers gathered"),
    ("answered", "Answered"),
    ("closed", "Closed"),
]
MOVES = {
    ("received", "gathered"): (groups.CLERK, groups.MANAGER),
    ("gathered", "answered"): (groups.MANAGER,),  # what is secret leaves the firm
    ("answered", "closed"): (groups.CLERK, groups.MANAGER),
    ("received", "closed"): (groups.MANAGER,),  # customs took it back, or decided without an answer
    ("gathered", "closed"): (groups.MANAGER,),
}
OPEN = ("received", "gathered")  # states in which an answer is still due
EDITABLE = OPEN
