from .agreement import test_agreements
