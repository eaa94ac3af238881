"""How reports come in as files: read in whatever form, and taken out of a folder once each."""

from . import file_reading
from .report_tray import ReportTray

__all__ = ["ReportTray", "file_reading"]
