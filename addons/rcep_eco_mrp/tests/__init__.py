from . import test_bad_bill
from . import test_bill_decides
from . import test_production_reader
