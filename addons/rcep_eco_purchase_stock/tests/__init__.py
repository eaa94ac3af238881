from . import test_lot_value
