from . import test_rate_import, test_rate_lookup
