"""Who sees what: where data passes between the firm and others, and which."""

from . import rcep_borders
