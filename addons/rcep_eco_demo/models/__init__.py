from . import range, statements, tiers
