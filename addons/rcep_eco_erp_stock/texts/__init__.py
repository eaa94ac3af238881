from . import receipt_problems
