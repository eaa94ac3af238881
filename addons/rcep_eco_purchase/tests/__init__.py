from . import test_purchases
