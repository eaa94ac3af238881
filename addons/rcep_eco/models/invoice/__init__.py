# ruff: noqa: I001  a model stands before what extends it
"""Invoices: which are to be certified, what their lines are, prices below the floor, credit notes."""

from . import price_floor
from . import account_move
from . import account_move_line
from . import invoices_to_certify
from . import credit_notes
from . import invoice_label
