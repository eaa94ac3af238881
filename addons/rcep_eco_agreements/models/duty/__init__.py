# ruff: noqa: I001  what a comparison is made of stands before it
"""What each way into an importing Party costs in duty: without a certificate, and under each agreement."""

from . import duty_goods
from . import verdict_under
from . import compared
from . import rcep_duty_comparison
from . import rcep_scenario
from . import product
from . import rcep_duty_ledger
from . import ledger_kept
from . import rcep_market_plan
