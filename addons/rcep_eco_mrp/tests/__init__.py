from . import (
    test_bad_bill,
    test_bill_decides,
    test_catalogue,
    test_board,
    test_board_bad_input,
    test_hanging,
    test_origin_overview,
    test_production_reader,
    test_several_bills,
    test_tour_overview,
)
