from . import (
    test_access,
    test_authority,
    test_collecting,
    test_portal_work,
    test_public_methods,
    test_several_agents,
    test_walls,
)
