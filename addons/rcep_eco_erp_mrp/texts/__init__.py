from . import bill_problems
