from . import agent_door, description, program_page
