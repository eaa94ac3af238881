"""The life of a production report as one table: from its receipt to what counts for its order."""

from odoo.addons.rcep_eco import groups

JOB = "job"  # which compares it with the master data
CORRECTION = "correction"  # a later report that replaces it

STATES = [
    ("received", "Received"),
    ("applied", "Applied"),
    ("unmatched", "Unmatched"),
    ("corrected", "Corrected"),
    ("set_aside", "Set aside"),
]
SOURCES = [("http", "By HTTP"), ("hand", "By hand"), ("folder", "From a folder")]
MOVES = {
    ("received", "applied"): (JOB,),
    ("received", "unmatched"): (JOB,),
    ("received", "corrected"): (CORRECTION,),
    ("unmatched", "received"): (groups.ENGINEER, JOB),  # mended, or what it corrects has come
    ("unmatched", "corrected"): (CORRECTION,),
    ("applied", "corrected"): (CORRECTION,),
    ("received", "set_aside"): (groups.ENGINEER,),
    ("unmatched", "set_aside"): (groups.ENGINEER,),  # with a reason: it does not count
    ("set_aside", "received"): (groups.ENGINEER,),
}
OPEN = ("received", "unmatched")  # what they say is not known
