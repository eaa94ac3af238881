"""A sheet as a program or a person sends it: lines of cells, read without a look at any record."""

from . import cells, lines, reading
from .problem import Problem, SheetError

__all__ = ["Problem", "SheetError", "cells", "lines", "reading"]
