from . import test_comparison, test_ledger, test_scenario
