from . import test_agent_door, test_program_page, test_public_methods
