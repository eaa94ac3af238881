"""The bars of the value waterfall: what the FOB value is made of, one part standing on the other."""

from decimal import Decimal

from odoo.addons.rcep_eco.models.origin.rcep_origin import RVC_REQUIRED
from odoo.tools.translate import LazyTranslate

from . import production_tree, value_parts

_lt = LazyTranslate(__name__)

PARTS = {
    value_parts.LABOUR: _lt("Labour"),
    value_parts.OVERHEAD: _lt("Overhead"),
    value_parts.REST: _lt("Profit and other"),
    production_tree.LEFT_OUT: _lt("Packing for transport"),
    production_tree.UNDETERMINED: _lt("Origin undetermined"),
    production_tree.NON_ORIGINATING: _lt("Non-originating"),
}


def drawn(env, parts, fob, figures, country):
    """Where each bar begins and ends, in money and in per cent of the FOB value.

    :param parts: [(kind, code of the Party or None, amount)], as :func:`value_parts.parts_of` has them
    :param country: the name of a country by its code
    :return: ``{"bars", "asked"}``: asked is the regional value content that the law asks for
    """
    bars, reached = [], Decimal(0)
    for kind, code, amount in parts:
        bars.append(_bar(kind, _label(env, kind, amount, code, country), reached, reached + amount, figures))
        reached += amount
    bars.append(_bar("fob", env._("FOB value"), Decimal(0), fob, figures))
    return {"bars": bars, "asked": RVC_REQUIRED}


def _label(env, kind, amount, code, country):
    if kind == production_tree.ORIGINATING:
        return env._("Originating, %s", country(code))
    if kind == value_parts.REST and amount < 0:
        return env._("Loss")
    return env._(PARTS[kind])


def _bar(kind, label, start, end, figures):
    return {
        "kind": kind,
        "label": label,
        "from": float(figures.share(start)),
        "to": float(figures.share(end)),
        "text": f"{figures.money(end - start)} · {figures.percent(end - start)}",
    }
