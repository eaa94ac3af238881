from . import test_duty_of_order
