# ruff: noqa: I001  a model stands before what extends it
"""What if: a good with other prices, suppliers, origins, code or work, beside the same good as it is today."""

from . import rcep_scenario
from . import rcep_scenario_line
from . import product
