# ruff: noqa: I001  a model stands before what extends it
"""Certificates at risk: what was certified is looked at again when a fact changes on which it rests."""

from . import rcep_drift
from . import marking
from . import rcep_certificate
