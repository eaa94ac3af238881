from . import test_rates_vn
