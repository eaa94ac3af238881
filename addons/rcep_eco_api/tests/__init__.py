from . import test_access, test_changes, test_key, test_public_methods
