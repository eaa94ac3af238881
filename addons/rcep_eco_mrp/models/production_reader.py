"""Reads bills of materials, operations and supplier prices, level by level, into the heart's :class:`Production`.

One reader serves one product, company and date. It reads each level of the tree at once, so the number of queries
grows with the depth of the tree and not with its lines.
"""

import dataclasses
from decimal import Decimal

from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco.models import amounts
from odoo.addons.rcep_eco.models.production import Production, ProductionMaterial, ProductionStep
from odoo.exceptions import UserError

DEEPEST = 50  # levels; more is a mistake in the data
MINUTES = Decimal(60)
PER_CENT = Decimal(100)


class ProductionReader:
    """How a product is made, as the records of a company say on a date."""

    def __init__(self, product, company, date):
        self.env, self.company, self.date = product.env, company, date
        self.problems = []
        self._boms = {}
        self._declarations = {}
        self._rates = {}
        self._read_levels(product)

    def production(self, product):
        """The :class:`Production` of one unit of a product, or None where it has no bill of materials."""
        if self._is_kit(product):
            self.problems.append(
                self.env._(
                    "%s is a kit: its parts are packed together, nothing is made. Invoice and certify the parts.",
                    product.display_name,
                )
            )
        return self._production(product, ()) if self._boms.get(product) else None

    # --- reading, a level at a time ----------------------------------------------------------------------
    def _read_levels(self, product):
        level = product
        seen = self.env["product.product"]
        for _depth in range(DEEPEST):
            level -= seen
            if not level:
                break
            seen |= level
            found = self.env["mrp.bom"]._bom_find(level, company_id=self.company.id)
            self._boms.update({each: found.get(each) for each in level})
            boms = self.env["mrp.bom"].union(*(bom for bom in found.values() if bom))
            level = boms.bom_line_ids.product_id
        bought = seen.filtered(lambda each: not self._boms.get(each))
        self._declarations = self.env["rcep.supplier.declaration"]._holding(bought, self.company, self.date)

    # --- one product -------------------------------------------------------------------------------------
    def _production(self, product, above):
        bom, above = self._boms[product], (*above, product)
        batch = self._in_own_unit(bom.product_uom_id, product, amounts.exact(bom.product_qty))
        materials = tuple(self._materials(bom, product, above, batch))
        below = [step for item in materials if item.made_of for step in item.made_of.steps]
        operations = bom.operation_ids.filtered(lambda operation: not operation._skip_operation_line(product))
        steps = tuple(dict.fromkeys([*below, *map(self._step, operations)]))
        return Production(materials, steps, self._costs(operations), tuple(dict.fromkeys(self.problems)))

    def _materials(self, bom, product, above, batch):
        for line in bom.bom_line_ids:
            if line._skip_bom_line(product):
                continue
            component = line.product_id
            quantity = self._in_own_unit(line.product_uom_id, component, amounts.exact(line.product_qty))
            if not quantity or not batch:  # none of it, or a unit that does not convert
                continue
            quantity /= batch
            if component in above:
                self._cycle(above, component)
            elif self._is_kit(component):
                yield from self._kit(component, above, quantity)
            else:
                yield self._material(component, above, quantity)

    def _is_kit(self, component):
        bom = self._boms.get(component)
        return bool(bom) and bom.type == "phantom"

    def _kit(self, component, above, quantity):
        """A kit is no good of its own: what it holds are materials."""
        bom = self._boms[component]
        size = self._in_own_unit(bom.product_uom_id, component, amounts.exact(bom.product_qty))
        if size:
            yield from self._materials(bom, component, (*above, component), size / quantity)

    def _material(self, component, above, quantity):
        made = self._production(component, above) if self._boms.get(component) else None
        declaration = self._declarations.get(component)
        seller = None if made else self._seller(component)
        value = self._made_value(made, quantity) if made else self._bought_value(component, seller, quantity)
        return ProductionMaterial(
            name=component.with_context(lang="en_US").display_name,
            name_zh=component.with_context(lang="zh_CN").name,
            hs=component.product_tmpl_id._rcep_hs6(),
            quantity=quantity,
            unit=component.uom_id.with_context(lang="en_US").name,
            value=value,
            origin=declaration.party_id.code if declaration else component.country_of_origin.code or None,
            originating=True if declaration else None,
            role=component.rcep_role,
            weight=amounts.exact(component.weight) * quantity if component.weight else None,
            supplier=seller.partner_id.name if seller else "",
            made_of=made and _times(made, quantity),
        )

    def _step(self, operation):
        country = operation.rcep_country_id or self.company.country_id
        return ProductionStep(operation.name, operation.rcep_kind, country.code, operation.workcenter_id.name)

    # --- values ------------------------------------------------------------------------------------------
    def _seller(self, component):
        """The vendor line that a purchase of one unit would take today."""
        sellers = component.seller_ids.filtered(
            lambda seller: seller.company_id in (self.company, self.env["res.company"])
            and (not seller.product_id or seller.product_id == component)
            and (not seller.date_start or seller.date_start <= self.date)
            and (not seller.date_end or seller.date_end >= self.date)
        )
        return sellers.sorted(lambda seller: (seller.sequence, seller.min_qty, seller.price, seller.id))[:1]

    def _bought_value(self, component, seller, quantity):
        """What the material costs: the supplier's price, else the product's cost; None where neither is known."""
        if seller and seller.price > 0:
            per_unit = self._in_own_unit(seller.product_uom_id, component, Decimal(1))
            if per_unit is None:
                return None
            price = amounts.exact(seller.price) * (1 - amounts.exact(seller.discount) / PER_CENT)
            rate = self._rate(seller.currency_id)
            return amounts.against_exporter(price * rate / per_unit * quantity, cost=True) if rate else None
        cost = component.with_company(self.company).standard_price
        return amounts.against_exporter(amounts.exact(cost) * quantity, cost=True) if cost > 0 else None

    def _made_value(self, made, quantity):
        """What an own intermediate costs: its materials and the work on it."""
        parts = [*(item.value for item in made.materials), made.costs.labour, made.costs.overhead]
        return None if None in parts else amounts.against_exporter(sum(parts) * quantity, cost=True)

    def _costs(self, operations):
        labour = overhead = Decimal(0)
        for operation in operations:
            center = operation.workcenter_id
            cost = amounts.exact(operation.time_cycle_manual) / MINUTES * amounts.exact(center.costs_hour)
            share = amounts.exact(center.rcep_labour_percent) / PER_CENT
            labour += cost * share
            overhead += cost * (1 - share)
        return origin.Costs(
            labour=amounts.against_exporter(labour, cost=True), overhead=amounts.against_exporter(overhead, cost=True)
        )

    def _rate(self, currency):
        if currency not in self._rates:
            try:
                self._rates[currency] = self.env["rcep.origin"]._rate(currency, self.company, self.date)
            except UserError as error:
                self.problems.append(str(error))
                self._rates[currency] = None
        return self._rates[currency]

    def _in_own_unit(self, unit, product, quantity):
        """A quantity in the product's own unit; None, with a problem, where the units do not convert."""
        if unit == product.uom_id:
            return quantity
        if not unit._has_common_reference(product.uom_id):
            self.problems.append(
                self.env._(
                    "%(product)s is used in %(unit)s, which does not convert to its own unit %(own)s: correct the bill "
                    "of materials or the supplier's price.",
                    product=product.display_name,
                    unit=unit.name,
                    own=product.uom_id.name,
                )
            )
            return None
        return amounts.exact(unit._compute_quantity(float(quantity), product.uom_id, round=False))

    def _cycle(self, above, component):
        names = [each.display_name for each in (*above[above.index(component) :], component)]
        self.problems.append(
            self.env._(
                "The bill of materials of %(product)s contains itself (%(chain)s): remove it from one of them.",
                product=component.display_name,
                chain=" → ".join(names),
            )
        )


def _times(made, quantity):
    """The production of several units: what is in an intermediate, per unit of the good that it goes into."""
    if quantity == 1:
        return made
    materials = tuple(_scaled(item, quantity) for item in made.materials)
    costs = origin.Costs(
        labour=amounts.against_exporter(made.costs.labour * quantity, cost=True),
        overhead=amounts.against_exporter(made.costs.overhead * quantity, cost=True),
    )
    return Production(materials, made.steps, costs, made.problems)


def _scaled(item, quantity):
    value = None if item.value is None else amounts.against_exporter(item.value * quantity, cost=True)
    return dataclasses.replace(
        item,
        quantity=item.quantity * quantity,
        value=value,
        weight=None if item.weight is None else item.weight * quantity,
        made_of=item.made_of and _times(item.made_of, quantity),
    )
