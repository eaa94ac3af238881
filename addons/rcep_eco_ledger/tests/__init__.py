from . import (
    test_access,
    test_back_to_back,
    test_draws,
    test_public_methods,
    test_public_page,
    test_received,
    test_scanned_code,
    test_shares,
    test_transit,
)
