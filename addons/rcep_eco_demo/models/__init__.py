from . import range, statements
