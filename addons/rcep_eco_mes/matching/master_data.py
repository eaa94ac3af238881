"""Orders, products, lots and units that a report names: read at once for all its items, and nothing is guessed.

Whoever reads them does so as the system: an MES is no user, and what it names is of its own company.
"""

from collections import defaultdict
from decimal import Decimal

from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.values import units
from odoo.addons.rcep_eco_mrp.bills.units import Units, rounded

NO_LOTS = "none"


class MasterData:
    """What a company's records say of one report.

    :param report: :class:`reports.canonical.Report`
    """

    def __init__(self, env, company, report):
        self.env, self.company, self.report = env(su=True), company, report
        self.problems = []
        self.order = self._order()
        self._products = self._read_products()
        self._lots = self._read_lots()
        self._units = Units(self.env)
        self._by_code = self._read_codes()

    def _problem(self, code, **facts):
        self.problems.append({"code": code, **facts})

    # --- reading -----------------------------------------------------------------------------------------
    def _order(self):
        name = self.report.order
        order = self.env["mrp.production"].search([("name", "=", name), ("company_id", "=", self.company.id)])
        if not order:
            self._problem("order_unknown", order=name)
        elif order.state == "cancel":
            self._problem("order_cancelled", order=name)
        return order

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
        if not lot:
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
