from . import (
    test_chinese,
    test_firm,
    test_form_rcep,
    test_platform,
    test_rotated_key,
    test_setup,
    test_setup_kept,
    test_tour_clerk,
    test_tour_customer,
    test_tour_declaration,
    test_tour_setup,
    test_tour_signer,
)
