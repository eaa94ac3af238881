"""What a sheet of bills would do."""

from .bills import Bills

__all__ = ["Bills"]
