# ruff: noqa: I001  a model stands before what extends it
"""The importing Parties as markets: how their customs take a certificate, whether a firm serves them, what is known."""

from . import rcep_market
from . import rcep_market_rollout
from . import rcep_market_plan
from . import rcep_known_fact
from . import quoted_facts
