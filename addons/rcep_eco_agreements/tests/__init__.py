from . import agreement, duty, rates, test_access, test_public_methods
