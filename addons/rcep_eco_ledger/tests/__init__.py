from . import test_access, test_public_methods, test_received
