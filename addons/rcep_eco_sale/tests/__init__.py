from . import test_credited, test_quotation
