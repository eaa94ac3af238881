# ruff: noqa: I001  a model stands before what names it
from . import product_supplierinfo, rcep_borders, rcep_integration_key, rcep_sheet
from . import account_journal, rcep_erp_invoice
from . import account_move
