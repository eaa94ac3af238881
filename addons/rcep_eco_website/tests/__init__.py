from . import test_form, test_origin_data, test_page, test_push, test_tour_visitor
