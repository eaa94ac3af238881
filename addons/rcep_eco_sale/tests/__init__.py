from . import test_credited, test_letter_of_credit, test_promised_origin, test_quotation
