"""The materials of a production as a tree, each with what it counts as and why: the verdict's steps laid beside them.

A material of the tree and the engine's steps are joined by the material's ref, in the order in which both stand: the
same part may be used twice.
"""

from collections import defaultdict, deque
from dataclasses import dataclass, field

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

ORIGINATING, NON_ORIGINATING, UNDETERMINED = "originating", "non_originating", "undetermined"
LEFT_OUT, LOOKED_THROUGH = "left_out", "looked_through"
STATUSES = {
    ORIGINATING: _lt("Originating"),
    NON_ORIGINATING: _lt("Non-originating"),
    UNDETERMINED: _lt("Undetermined"),
    LEFT_OUT: _lt("Left out"),
    LOOKED_THROUGH: _lt("Looked through"),
}
# What a material counts as, by the engine's step; None: by its own evidence.
STANDINGS = {
    "material_originates": ORIGINATING,
    "cumulated": ORIGINATING,
    "intermediate_originates": ORIGINATING,
    "indirect": ORIGINATING,
    "material_undetermined": UNDETERMINED,
    "material_foreign": NON_ORIGINATING,
    "intermediate_looked_through": LOOKED_THROUGH,
    "intermediate_needs_cumulation": LOOKED_THROUGH,
    "intermediate_open": LOOKED_THROUGH,
    "intermediate_no_code": LOOKED_THROUGH,
    "transport_packing": LEFT_OUT,
    "retail_packing": None,
    "accessory": None,
}


@dataclass
class Node:
    """A material with its standing.

    :param item: :class:`~odoo.addons.rcep_eco.cases.production.ProductionMaterial`
    :param key: where it stands, as ``0.2.1``
    :param steps: the engine's steps that speak of it
    :param whole: the node above it that counts, or is left out, whole, so that this one does not count by itself
    """

    item: object
    key: str
    status: str
    steps: tuple = ()
    whole: "Node | None" = None
    children: list = field(default_factory=list)


def tree_of(production, verdict, parties):
    """The nodes of a production's own materials.

    :param verdict: :class:`origin.Verdict`, or None where there is none: then each material's own evidence speaks
    :param parties: codes of the Parties; what comes from elsewhere cannot originate
    """
    return _Builder(verdict.trace if verdict else (), parties).nodes(production.materials)


def walk(nodes):
    """Every node, each before its children."""
    for node in nodes:
        yield node
        yield from walk(node.children)


class _Builder:
    """Lays the steps of a verdict beside the materials."""

    def __init__(self, trace, parties):
        self.parties = parties
        self.standings, self.tests = defaultdict(deque), defaultdict(list)
        for step in trace:
            ref = step.facts.get("ref")
            if ref is None:
                continue
            if step.code in STANDINGS:
                self.standings[ref].append(step)
            elif step not in self.tests[ref]:
                self.tests[ref].append(step)

    def nodes(self, materials, above="", whole=None):
        nodes = []
        for index, item in enumerate(materials):
            step = self.standings[item.ref].popleft() if self.standings[item.ref] else None
            node = Node(item, f"{above}{index}", self.status(item, step), whole=whole)
            counts = whole is None and node.status in (UNDETERMINED, NON_ORIGINATING)
            node.steps = (*filter(None, (step,)), *(self.tests[item.ref] if counts else ()))
            if item.made_of:
                inside = whole or (None if node.status == LOOKED_THROUGH else node)
                node.children = self.nodes(item.made_of.materials, f"{node.key}.", inside)
            nodes.append(node)
        return nodes

    def status(self, item, step):
        status = (STANDINGS[step.code] if step else None) or _by_evidence(item)
        if status == UNDETERMINED and item.origin and item.origin not in self.parties:
            return NON_ORIGINATING
        return status


def _by_evidence(item):
    """What a material counts as by itself, before any rule is tested."""
    if item.role == "transport_packing":
        return LEFT_OUT
    if item.originating or item.role == "indirect":
        return ORIGINATING
    if item.made_of:
        return LOOKED_THROUGH
    return UNDETERMINED
