from . import agreement, rates, test_access
