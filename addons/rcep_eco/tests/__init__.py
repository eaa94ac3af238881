from . import (
    test_access,
    test_application,
    test_bad_input,
    test_fob,
    test_invoice,
    test_outbox,
    test_packages,
    test_product,
    test_rules,
    test_sentences,
    test_states,
    test_verdict,
)
