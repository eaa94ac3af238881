from . import test_shipped_lots
