"""Orders, products, lots and units that a report names: read at once for all its items, and nothing is guessed.

Whoever reads them does so as the system: an MES is no user, and what it names is of its own company.
"""

import re
from collections import defaultdict
from decimal import Decimal

from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.values import units
from odoo.addons.rcep_eco_mrp.bills.units import Units, rounded
from odoo.tools import escape_psql

NO_LOTS = "none"
PART = re.compile(r"-[0-9]{3,}")  # what Odoo adds to the number of an order of which part is left for later
MADE = ("produced", "by_product")


class MasterData:
    """What a company's records say of one report.

    :param report: :class:`reports.canonical.Report`
    :param makes_lots: whether a lot that the order made may be new
    :param known: the order that it was found to be of before, or none
    """

    def __init__(self, env, company, report, makes_lots=False, known=None):
        self.env, self.company, self.report = env(su=True), company, report
        self._makes_lots = makes_lots
        self.problems = []
        self.order = self._order(known)
        self._products = self._read_products()
        self._lots = self._read_lots()
        self._units = Units(self.env)
        self._by_code = self._read_codes()

    def _problem(self, code, **facts):
        self.problems.append({"code": code, **facts})

    # --- reading -----------------------------------------------------------------------------------------
    def _order(self, known):
        name = self.report.order
        orders = self.env["mrp.production"]
        order = orders.search([("name", "=", name), ("company_id", "=", self.company.id)])
        if not order:
            parts = self._parts(name)
            going = parts.filtered(lambda part: part.state != "cancel")
            order = parts & known.with_env(parts.env) if known else orders
            order = order or (going if len(going) == 1 else orders)
            if len(going) > 1 and not order:
                self._problem("order_split", order=name, parts=", ".join(going.mapped("name")))
                return orders
        if not order:
            self._problem("order_unknown", order=name)
        elif order.state == "cancel":
            self._problem("order_cancelled", order=name)
        return order

    def _parts(self, name):
        """The orders that Odoo made of one when part of it was left for later: -001, -002 … of its number."""
        among = [("name", "=like", f"{escape_psql(name)}-%"), ("company_id", "=", self.company.id)]
        found = self.env["mrp.production"].search([*among, ("backorder_sequence", ">", 0)], order="id")
        return found.filtered(lambda order: PART.fullmatch(order.name.removeprefix(name)))

    def _read_products(self):
        """{what the report calls it: products}, by internal reference, else by barcode (a GTIN, zeros or not)."""
        names = {item.product for item in self.report.items}
        bare = {name.lstrip("0") for name in names if name.isdigit()}
        padded = {name.zfill(length) for name in bare for length in (8, 12, 13, 14)}
        ours = [("company_id", "in", (False, self.company.id))]
        products = self.env["product.product"].search(
            [*ours, "|", ("default_code", "in", list(names)), ("barcode", "in", list(names | bare | padded))]
        )
        by_reference, by_barcode = defaultdict(products.browse), defaultdict(products.browse)
        for product in products:
            by_reference[product.default_code] |= product
            code = product.barcode or ""
            by_barcode[code.lstrip("0") if code.isdigit() else code] |= product
        return {name: by_reference[name] or by_barcode[name.lstrip("0") if name.isdigit() else name] for name in names}

    def _read_lots(self):
        names = {item.lot for item in self.report.items if item.lot}
        products = self.env["product.product"].union(*self._products.values())
        lots = self.env["stock.lot"].search(
            [
                ("name", "in", list(names)),
                ("product_id", "in", products.ids),
                ("company_id", "in", (False, self.company.id)),
            ]
        )
        return {(lot.product_id, lot.name): lot for lot in lots}

    def _read_codes(self):
        found = defaultdict(self.env["uom.uom"].browse)
        for unit in self.env["uom.uom"].with_context(lang="en_US").search([]):
            code = link.units.code(units.unit_text(unit))
            if code:
                found[code] |= unit
        return found

    # --- the items ---------------------------------------------------------------------------------------
    def lines(self):
        """[values of each item's line]; what is wrong with them stands in ``problems``."""
        return [self._line(number, item) for number, item in enumerate(self.report.items)]

    def _line(self, number, item):
        where = f"items[{number}]."
        product = self._product(item, where)
        lot = self._lot(item, product, where) if product else None
        quantity = self._quantity(item, product, where) if product else None
        return {
            "use": item.use,
            "product_name": item.product,
            "lot_name": item.lot,
            "quantity": format(item.quantity.normalize(), "f"),
            "uom": item.uom,
            "product_id": product.id if product else False,
            "lot_id": lot.id if lot else False,
            "own_quantity": format(quantity, "f") if quantity is not None else False,
        }

    def _product(self, item, where):
        found = self._products[item.product]
        if len(found) != 1:
            code = "product_several" if found else "product_unknown"
            self._problem(code, field=f"{where}product", product=item.product)
            return None
        told = {"field": f"{where}product", "product": item.product, "order": self.report.order}
        if self.order and item.use == "produced" and found != self.order.product_id:
            self._problem("product_other", made=self.order.product_id.display_name, **told)
        if self.order and item.use == "by_product" and found not in self.order.move_byproduct_ids.product_id:
            self._problem("by_product_other", **told)
        return found

    def _lot(self, item, product, where):
        """A lot of a product that is tracked; of what is not tracked the name alone is kept."""
        if product.tracking == NO_LOTS or item.use == "consumable" or not item.quantity:
            return None
        told = {"field": f"{where}lot", "product": item.product}
        if not item.lot:
            self._problem("lot_missing", **told)
            return None
        lot = self._lots.get((product, item.lot))
        if not lot and not (self._makes_lots and item.use in MADE):
            self._problem("lot_unknown", lot=item.lot, **told)
        return lot

    def _quantity(self, item, product, where):
        """The quantity in the product's own unit."""
        told = {"field": f"{where}uom", "uom": item.uom}
        if not self._by_code.get(item.uom):
            self._problem("unit_unknown", **told)
            return None
        factors = {self._units.factor(unit.id, product.uom_id.id) for unit in self._by_code[item.uom]} - {None}
        if len(factors) != 1:
            self._problem("unit_other", unit=product.uom_id.name, product=item.product, **told)
            return None
        return rounded(Decimal(item.quantity) * factors.pop())

    def with_lots(self, lines):
        """The lines, each of what was made with its lot: those that were not known are created, as its order would."""
        products = {product.id: product for found in self._products.values() for product in found}
        new = dict.fromkeys(
            (line["product_id"], line["lot_name"])
            for line in lines
            if line["use"] in MADE and not line["lot_id"] and products[line["product_id"]].tracking != NO_LOTS
        )
        values = [{"name": name, "product_id": product, "company_id": self.company.id} for product, name in new]
        made = dict(zip(new, self.env["stock.lot"].create(values), strict=True))
        return [
            {**line, "lot_id": made[key].id} if (key := (line["product_id"], line["lot_name"])) in made else line
            for line in lines
        ]
