from . import agreement, duty, rates, test_access
