from . import agreement, rates
