"""Quantities from one unit into another, exactly, and no conversion where there is none."""

from decimal import Decimal

PLACES = Decimal("0.000000000001")


class Units:
    """The units of measure of a database."""

    def __init__(self, env):
        # Units are no secret, and archived ones still stand on old lines.
        units = (
            env["uom.uom"].sudo().with_context(active_test=False).search_fetch([], ["factor", "parent_path", "name"])
        )
        self._units = {unit.id: unit for unit in units}
        self._factors = {}

    def name(self, unit_id):
        return self._units[unit_id].name

    def factor(self, unit_id, into_id):
        """How much of another unit one of this is; None where the two do not convert."""
        if unit_id == into_id:
            return Decimal(1)
        if (unit_id, into_id) not in self._factors:
            unit, into = self._units[unit_id], self._units[into_id]
            converts = unit._has_common_reference(into)
            factor = Decimal(str(unit.factor)) / Decimal(str(into.factor)) if converts else None
            self._factors[unit_id, into_id] = factor
        return self._factors[unit_id, into_id]


def rounded(quantity):
    """A quantity with twelve places: what conversion and division leave beyond them is noise."""
    return quantity.quantize(PLACES).normalize()
