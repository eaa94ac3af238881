# ruff: noqa: I001  a layer stands before the rates in it
"""Duty rates of importing Parties as data: dated layers of lines, and what they say of many goods at once."""

from . import rcep_rate_layer
from . import rcep_rate
from . import rate_lookup
