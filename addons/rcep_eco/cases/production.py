"""What a firm's records say of how a product is made: the border between Odoo's models and the engine.

Bridges that know how a product is made (bills of materials, subcontracting …) return a :class:`Production`: the case
that decides it, as :mod:`.case_builder` builds it, beside what people and the platform's product filing want to know
of it.
All amounts are per one unit of the product, in the company's currency.
"""

import dataclasses
from dataclasses import dataclass, field
from decimal import Decimal

from odoo.tools.translate import LazyTranslate

from .. import origin
from ..values import amounts
from . import case_builder

_lt = LazyTranslate(__name__)

# Where a value was read, best first (Art. 3.5.3).
VALUE_SOURCES = {
    "bill": _lt("vendor bill"),
    "receipt": _lt("last receipt"),
    "supplier_price": _lt("supplier's price"),
    "returned": _lt("our materials, the subcontractor's fee and freight"),
    "made": _lt("own production"),
    "standard_cost": _lt("standard cost, for want of a price"),
}
# Where an origin was read, best first.
ORIGIN_SOURCES = {
    "lot": _lt("lot"),
    "declaration": _lt("supplier declaration"),
    "product": _lt("product"),
    "subcontractor": _lt("subcontractor's country"),
}


class Reading:
    """How products are made, asked for day by day; what is known of a day is kept until the next is asked for."""

    def __init__(self, company):
        self.company = company
        self._day, self._known = None, {}

    def of(self, product, date):
        """The :class:`Production` of a product on a date, or None; as ``product._rcep_production``."""
        if date != self._day:
            self._day, self._known = date, {}
        key = product.id, product.env.context.get("rcep_chosen")
        if key not in self._known:
            self._known[key] = self.made_on(product, date)
        return self._known[key]

    def made_on(self, product, date):
        """What bridges can tell of many products at once, they override."""
        return product._rcep_production(self.company, date)


@dataclass(frozen=True)
class ProductionMaterial:
    """A material in one unit of the product.

    :param quantity: in ``unit``, per unit of the product
    :param origin: code of the country, or None
    :param originating: True with evidence, else None (undetermined, Art. 3.5.4)
    :param made_of: :class:`Production` of a material that the firm makes itself, of all that stands here
    :param product_id: id of the ``product.product``
    :param value_source: where its value was read, a key of :data:`VALUE_SOURCES`
    :param origin_source: where its origin was read, a key of :data:`ORIGIN_SOURCES`
    :param notes: sentences for people: what disagreed, and which fact counted
    :param stands: the :class:`origin.Material` as which it stands in the product's case, where that is built already
    """

    name: str
    hs: str | None
    quantity: Decimal
    unit: str
    value: Decimal | None
    origin: str | None = None
    originating: bool | None = None
    role: str = "material"
    weight: Decimal | None = None
    supplier: str = ""
    name_zh: str = ""
    made_of: "Production | None" = None
    product_id: int | None = None
    value_source: str = ""
    origin_source: str = ""
    notes: tuple[str, ...] = ()
    stands: object = None

    @classmethod
    def of(cls, material, product_id, **values):
        """What people want to know of a material beside what the engine does."""
        same = ("name", "hs", "value", "origin", "originating", "role", "weight")
        values |= {name: getattr(material, name) for name in same}
        return cls(product_id=product_id, stands=material, **values)

    @property
    def ref(self):
        """How the engine hands it back."""
        if self.stands:
            return self.stands.ref
        return case_builder.ref_of(self.product_id) if self.product_id else self.name

    def for_engine(self):
        """The material as it stands in the product's case."""
        same = ("name", "hs", "value", "weight", "origin", "originating", "role", "ref")
        return self.stands or origin.Material(**{name: getattr(self, name) for name in same})

    def times(self, number, share):
        """The material in so many units, of which only a share of the value counts."""
        return dataclasses.replace(
            self,
            quantity=self.quantity * number,
            value=_scaled(self.value, number * share),
            weight=None if self.weight is None else self.weight * number,
            made_of=self.made_of and self.made_of.times(number, share),
            stands=self.stands and self.stands.times(number, share),
        )


@dataclass(frozen=True)
class ProductionStep:
    """One operation: its name, its kind in the law's terms and the country where it is done."""

    name: str
    kind: str
    country: str
    place: str = ""


@dataclass(frozen=True)
class Production:
    """Materials, steps and costs of one unit of a product.

    :param problems: sentences that say why nothing can be determined
    :param part: the :class:`.case_builder.Part` that decides it, where that is built already
    :param cases: the :class:`.case_builder.Cases` that built it and knows the parts in it
    :param others: the same product under other choices of its customer, where nobody told which was made
    :param question: words that tell what is to be chosen then
    """

    materials: tuple[ProductionMaterial, ...]
    steps: tuple[ProductionStep, ...] = ()
    costs: origin.Costs | None = None
    problems: tuple[str, ...] = field(default=())
    part: object = None
    cases: object = None
    others: tuple = ()
    question: str = ""

    def cost(self):
        """What one unit costs, as :class:`.case_builder.Part` has it; None where a part of that is not known."""
        return self.part.cost if self.part else case_builder.cost_of(self.materials, self.costs)

    def processes(self):
        """The steps as the engine has them."""
        return tuple(origin.Process(step.kind, step.country) for step in self.steps)

    def times(self, number, share=Decimal(1)):
        """Several units, of which only a share of the value counts."""
        costs = self.costs and origin.Costs(*(_scaled(part, number * share) for part in self.costs.parts()))
        materials = tuple(item.times(number, share) for item in self.materials)
        return dataclasses.replace(self, materials=materials, costs=costs, part=None)


def _scaled(value, factor):
    return None if value is None else amounts.against_exporter(value * factor, cost=True)
