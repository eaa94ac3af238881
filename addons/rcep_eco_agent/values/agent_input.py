"""What an agent types or sends, made the values of fields, or one sentence on what is wrong."""

import datetime

from odoo.addons.rcep_eco.controllers.supplier_answer import typed
from odoo.addons.rcep_eco.models.certificate.rcep_certificate import MEANS
from odoo.addons.rcep_eco.values import typed_amounts
from odoo.addons.rcep_eco.values.box_8 import PACKAGE_KINDS
from odoo.exceptions import UserError

LONGEST = {"vessel": 100, "port_loading": 100, "port_discharge": 100, "remarks": 300, "marks": 200}
MOST_PACKAGES = 1_000_000
MOST_KILOGRAMS = 100_000_000


def shipment(env, told):
    """Box 4 and box 14: {field: text} as typed, as values.

    :raises UserError: where one cannot be read
    """
    values = {}
    for name, sent in told.items():
        text = typed(sent, LONGEST.get(name, 100))
        if name == "departure_date":
            values[name] = _day(env, text)
        elif name == "means":
            values[name] = _one_of(env, text, MEANS)
        else:
            values[name] = text or False
    return values


def packing(env, number, told):
    """Boxes 7 and 8 of one item, as :func:`shipment`."""
    values = {}
    for name, sent in told.items():
        text = typed(sent, LONGEST.get(name, 100))
        if name == "packages_kind":
            values[name] = _one_of(env, text, PACKAGE_KINDS)
        elif name == "packages_count":
            values[name] = int(_number(env, number, text, MOST_PACKAGES, whole=True))
        elif name == "gross_weight":
            values[name] = float(_number(env, number, text, MOST_KILOGRAMS))
        else:
            values[name] = text or "N/M"
    return values


def _day(env, text):
    if not text:
        return False
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        words = env._("“%s” is no day: enter it as year-month-day, such as 2026-11-28.")
        raise UserError(words % text) from None


def _one_of(env, text, choices):
    if text not in dict(choices):
        words = env._("“%(typed)s” cannot be chosen; it is one of: %(choices)s.")
        raise UserError(words % {"typed": text, "choices": ", ".join(code for code, _name in choices)})
    return text


def _number(env, number, text, most, whole=False):
    amount = typed_amounts.of(text or "0")
    if amount is None or not 0 <= amount <= most or (whole and amount != amount.to_integral_value()):
        words = env._("Item %(item)s: “%(typed)s” is no number that can stand there.")
        raise UserError(words % {"item": number, "typed": text})
    return amount
