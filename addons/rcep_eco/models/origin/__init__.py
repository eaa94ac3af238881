# ruff: noqa: I001  a model stands before what extends it
"""Where goods originate: Parties and rules, products and what was paid for them, verdicts kept current, the board."""

from . import rcep_party
from . import rcep_rule
from . import rcep_tariff_differential
from . import rcep_dossier
from . import rcep_origin
from . import rcep_origin_recompute
from . import rcep_origin_board
from . import product
from . import rcep_hs_code
from . import rcep_national_code
from . import product_verdict
from . import origin_guide
from . import vendor_prices
from . import recompute_triggers
from . import product_supplierinfo
