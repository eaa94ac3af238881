from . import agreement, test_access
