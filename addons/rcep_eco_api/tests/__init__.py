from . import test_access, test_key, test_public_methods
