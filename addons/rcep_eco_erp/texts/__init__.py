from . import sheet_problems
