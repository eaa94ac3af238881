from . import test_bad_bill, test_bill_decides, test_production_reader
from . import test_origin_overview, test_tour_overview
