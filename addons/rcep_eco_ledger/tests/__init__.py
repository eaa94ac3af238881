from . import test_access, test_draws, test_public_methods, test_received
