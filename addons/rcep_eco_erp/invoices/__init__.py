"""An invoice of another ERP as its program sends it, read without a look at any record."""

from . import reading

__all__ = ["reading"]
