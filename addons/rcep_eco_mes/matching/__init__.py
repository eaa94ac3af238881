"""A report's names and codes in the master data of a company."""

from .master_data import MasterData

__all__ = ["MasterData"]
