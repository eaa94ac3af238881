from . import (
    test_bad_bill,
    test_bill_decides,
    test_hanging,
    test_lots,
    test_order_determined,
    test_origin_overview,
    test_production_order,
    test_production_reader,
    test_tour_overview,
)
