# ruff: noqa: I001  a model stands before what extends it
"""Agreements as records: their Parties, figures and rules, and what a good is under each."""

from . import rcep_agreement
from . import rcep_agreement_rule
from . import rcep_supplier_declaration
from . import decided_under
from . import rcep_scenario
