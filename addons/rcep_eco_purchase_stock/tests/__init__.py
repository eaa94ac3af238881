from . import test_lot_value, test_material_value
