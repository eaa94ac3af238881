from . import (
    test_application,
    test_fob,
    test_invoice,
    test_packages,
    test_product,
    test_rules,
    test_sentences,
    test_states,
    test_verdict,
)
