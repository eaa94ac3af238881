"""The doors for programs: who calls is told by a key; each add-on that has a door says there what is behind it."""

from . import door, problem  # isort: skip  (the doors below are made with these)
from . import change_door
