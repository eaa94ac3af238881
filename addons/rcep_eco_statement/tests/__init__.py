from . import test_access, test_group, test_jose, test_public_methods, test_reading, test_statement
