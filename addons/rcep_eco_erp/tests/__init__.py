from . import (
    test_access,
    test_erp_invoice,
    test_invoice_door,
    test_invoice_reading,
    test_items,
    test_prices,
    test_public_methods,
    test_reading,
    test_sheet,
    test_sheet_door,
)
