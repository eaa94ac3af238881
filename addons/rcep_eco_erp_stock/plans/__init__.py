"""What a sheet of receipts would do."""

from .receipts import Receipts

__all__ = ["Receipts"]
