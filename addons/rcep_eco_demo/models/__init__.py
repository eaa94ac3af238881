from . import range
