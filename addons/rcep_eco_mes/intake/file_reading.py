"""The reports in a file of any form: JSON, EPCIS, B2MML, CSV or XLSX."""

from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco.values import spreadsheets

from ..reports import reading, sheet
from ..reports.problem import ReportError


def read(content):
    """[(report, as it came)].

    :param bytes content:
    :raises ReportError: for the first thing that is wrong
    """
    return reading.read(content, _read_table)


def _read_table(content):
    try:
        return sheet.read(spreadsheets.read(content, sheet.COLUMNS))
    except origin.OriginError as error:
        raise ReportError("sheet", reason=str(error)) from error
