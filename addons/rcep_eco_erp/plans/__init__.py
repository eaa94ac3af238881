"""What a sheet would do to the records of a company, by kind: looked at first, then done as a whole."""

from .items import Items
from .plan import Change, Outcome, Plan
from .prices import Prices

__all__ = ["Change", "Items", "Outcome", "Plan", "Prices"]
