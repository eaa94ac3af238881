"""The lives of sheets and of invoices as tables: a sheet is looked at, then taken over as a whole, or refused."""

from odoo.addons.rcep_eco import groups

STATES = [
    ("checked", "Checked, not taken over"),
    ("applied", "Taken over"),
    ("refused", "Refused"),
]
MOVES = {
    ("checked", "applied"): (groups.ENGINEER,),
}

# An invoice: it stands until its own ERP cancels it; what was refused is kept with why.
ERP = "erp"
INVOICE_STATES = [
    ("standing", "Handed in"),
    ("cancelled", "Cancelled"),
    ("refused", "Refused"),
]
INVOICE_MOVES = {
    ("standing", "cancelled"): (ERP,),
}
