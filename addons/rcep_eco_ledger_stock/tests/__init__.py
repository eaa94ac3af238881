from . import test_covered_lots
