from . import test_access, test_authority, test_portal_work, test_public_methods, test_walls
