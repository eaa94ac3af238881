"""The parts of a good's FOB value, one after another: what originates, the work, what is left, what does not originate.

What does not originate stands last, so that the sum before it is the regional value of the build-down formula
(Art. 3.5.1 a) and can be held against 40 per cent of the FOB value.
"""

from collections import defaultdict
from decimal import Decimal

from .production_tree import LEFT_OUT, LOOKED_THROUGH, NON_ORIGINATING, ORIGINATING, UNDETERMINED

LABOUR, OVERHEAD, REST = "labour", "overhead", "rest"


def parts_of(production, nodes, fob, exporting):
    """How the FOB value of one unit is made up.

    :param Decimal fob: of one unit, in the currency of the production's values
    :param exporting: code of the exporting Party, where intermediates and indirect materials count as originating
    :return: ([(kind, code of the Party or "", amount)], whether every value is known); the amounts sum up to ``fob``
    """
    sums, parties, complete = defaultdict(Decimal), defaultdict(Decimal), True
    for node, amount in _counted(nodes):
        if amount is None:
            complete = False
        elif node.status == ORIGINATING:
            own = node.item.made_of or node.item.role == "indirect"
            parties[exporting if own else node.item.origin or exporting] += amount
        else:
            sums[node.status] += amount
    for made in _own_work(production, nodes):
        for kind in (LABOUR, OVERHEAD):
            cost = getattr(made.costs, kind, None)
            sums[kind] += cost or 0
            complete = complete and cost is not None
    originating = sorted(parties.items(), key=lambda pair: (pair[0] != exporting, -pair[1], pair[0]))
    parts = [(ORIGINATING, code, amount) for code, amount in originating if amount]
    parts += [(kind, "", sums[kind]) for kind in (LABOUR, OVERHEAD, LEFT_OUT) if sums[kind]]
    foreign = [(kind, "", sums[kind]) for kind in (UNDETERMINED, NON_ORIGINATING) if sums[kind]]
    spent = sum((amount for _kind, _code, amount in (*parts, *foreign)), Decimal(0))
    return [*parts, (REST, "", fob - spent), *foreign], complete


def _counted(nodes):
    """Yield (node, value) of each material that counts by itself."""
    for node in nodes:
        if node.status == LOOKED_THROUGH:
            yield from _counted(node.children)
        else:
            yield node, node.item.value


def _own_work(production, nodes):
    """The production itself, and those of the intermediates that are looked through."""
    yield production
    for node in nodes:
        if node.status == LOOKED_THROUGH:
            yield from _own_work(node.item.made_of, node.children)
