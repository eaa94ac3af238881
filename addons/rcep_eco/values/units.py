"""Units of quantity as box 12 and a filing have them."""

from ..tools import languages

UNITS = {"Units": "PCS"}  # what Odoo calls a piece


def unit_text(unit):
    """A unit in English capitals."""
    name = languages.english(unit).name or ""
    return UNITS.get(name, name.upper())
