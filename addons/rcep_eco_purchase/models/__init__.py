from . import product, recompute_triggers
