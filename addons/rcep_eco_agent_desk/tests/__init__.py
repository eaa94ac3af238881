from . import test_access, test_answers, test_desk, test_public_methods
