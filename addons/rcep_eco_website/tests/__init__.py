from . import (
    test_attacks,
    test_borders,
    test_form,
    test_openapi,
    test_origin_data,
    test_page,
    test_page_abroad,
    test_papers,
    test_push,
    test_tour_visitor,
    test_tries,
)
