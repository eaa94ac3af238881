"""Purchase prices of another ERP: lines of a supplier's price list, each with the document that it came from."""

import datetime
from collections import defaultdict
from typing import NamedTuple

from ..sheets import Problem, cells
from ..sheets.lines import Column
from .plan import Plan, Wrong

EVER, NEVER = datetime.date.min, datetime.date.max


class Span(NamedTuple):
    """The days on which a price holds; ``line`` is 0 of one that no line of the sheet speaks of."""

    line: int
    price: object
    least: float
    start: datetime.date
    end: datetime.date

    def meets(self, other):
        return self.least == other.least and self.start <= other.end and other.start <= self.end


class Prices(Plan):
    model = "product.supplierinfo"
    key = ("item", "supplier", "from", "min_quantity")
    columns = {
        "item": Column(cells.text, needed=True),
        "supplier": Column(cells.text, needed=True),
        "price": Column(cells.above_zero, needed=True, is_cost=True),
        "currency": Column(cells.text, needed=True, is_cost=True),
        "unit": Column(cells.text, needed=True),
        "from": Column(cells.day, needed=True),
        "until": Column(cells.day),
        "min_quantity": Column(cells.number),
        "document": Column(cells.text, needed=True, is_cost=True),
        "price_term": Column(cells.text, is_cost=True),
        "freight_percent": Column(cells.number, is_cost=True),
    }
    template = (
        "item,supplier,price,currency,unit,from,until,min_quantity,document,price_term,freight_percent\r\n"
        "ROTOR-40,V-1001,4.25,CNY,C62,2026-11-01,,,PO-2611-007,,\r\n"
        "MAGNET-3,V-2002,0.18,USD,C62,2026-11-01,2026-12-31,1000,PO-2611-009,FOB,3.5\r\n"
    )

    def look_up(self):
        ours = [("company_id", "in", (False, self.company.id))]
        found = self.env["product.product"].search([("default_code", "in", self.said("item")), *ours])
        self._products = found.grouped("default_code")
        firms = self.env["res.partner"].search([("ref", "in", self.said("supplier")), *ours])
        self._firms = firms.grouped("ref")
        self._units = self.units_by_name()
        currencies = self.env["res.currency"].with_context(active_test=True)
        self._currencies = {each.name: each for each in currencies.search([("name", "in", self.said("currency"))])}
        terms = self.env["account.incoterms"].search([("code", "in", self.said("price_term"))])
        self._terms = {each.code: each for each in terms}
        self._lines = defaultdict(self.records.browse)
        prices = self.records.search([("product_tmpl_id", "in", found.product_tmpl_id.ids), *ours])
        for price in prices:
            of_one = price.product_id or price.product_tmpl_id.product_variant_ids
            for product in of_one:
                self._lines[product, price.partner_id] |= price
        prices.mapped("rcep_deduction_ids")  # read once for all

    def outcome(self, line):
        values = line.values
        product = self._one(self._products, "item", values["item"])
        firm = self._one(self._firms, "supplier", values["supplier"])
        unit = self.unit_of(values["unit"])
        if not unit._has_common_reference(product.uom_id):
            raise Wrong("unit", "unit_other", unit=values["unit"], item=values["item"], own=product.uom_id.name)
        wanted = {
            "price": ("price", values["price"]),
            "currency": ("currency_id", self._known(self._currencies, "currency", values["currency"])),
            "unit": ("product_uom_id", unit),
            "from": ("date_start", values["from"]),
            "document": ("rcep_document", values["document"]),
        }
        if "until" in values:
            if values["until"] < values["from"]:
                raise Wrong("until", "until_before", start=str(values["from"]))
            wanted["until"] = ("date_end", values["until"])
        if "min_quantity" in values:
            wanted["min_quantity"] = ("min_qty", values["min_quantity"])
        if "price_term" in values:
            wanted["price_term"] = ("rcep_incoterm_id", self._known(self._terms, "price_term", values["price_term"]))
        if "freight_percent" in values:
            wanted["freight_percent"] = ("rcep_freight_percent", values["freight_percent"])
        price = self._price(line, product, firm)
        if price and price.discount:
            raise Wrong("price", "discounted", item=values["item"], supplier=values["supplier"])
        new = {"partner_id": firm.id, "product_id": product.id, "product_tmpl_id": product.product_tmpl_id.id,
               "company_id": self.company.id}  # fmt: skip
        outcome = self.planned(line, f"{values['item']} · {values['supplier']}", price, wanted, new)
        if price and {"currency_id", "product_uom_id"} & outcome.values.keys() and price.rcep_deduction_ids:
            raise Wrong("price", "deductions", item=values["item"], supplier=values["supplier"])
        return outcome

    def _one(self, known, column, code):
        found = known.get(code)
        if not found:
            raise Wrong(column, f"{column}_unknown", text=code)
        if len(found) > 1:
            raise Wrong(column, f"{column}_several", item=code)
        if not found.active:
            raise Wrong(column, f"{column}_archived", item=code)
        return found

    def _known(self, known, column, code):
        if code not in known:
            raise Wrong(column, f"{column}_unknown", text=code)
        return known[code]

    def _price(self, line, product, firm):
        """The price line of the same supplier, day and quantity, or an empty record."""
        start, least = line.values["from"], float(line.values.get("min_quantity", 0))
        same = self._lines[product, firm].filtered(lambda each: (each.date_start, each.min_qty) == (start, least))
        told = {"item": line.values["item"], "supplier": line.values["supplier"]}
        if len(same) > 1:
            raise Wrong("", "price_several", **told)
        if same and not same.company_id:
            raise Wrong("", "price_shared", **told)
        return same

    def contradictions(self):
        """Of two prices on one day nobody knows which was paid: and the lower one could make a good originate."""
        spans = defaultdict(list)
        for line, outcome in zip(self.lines, self.outcomes, strict=True):
            values, price = line.values, outcome.record
            key = self._products[values["item"]], self._firms[values["supplier"]]
            end = values.get("until") or price.date_end or NEVER
            spans[key].append(Span(line.number, price, float(values.get("min_quantity", 0)), values["from"], end))
        found = []
        for key, written in spans.items():
            kept = self._lines[key] - self.records.union(*(span.price for span in written))
            before = [
                Span(0, each, each.min_qty, each.date_start or EVER, each.date_end or NEVER) for each in kept
            ]
            for span in written:
                other = next((each for each in before if each.meets(span)), None)
                if other:
                    code = "price_overlaps_line" if other.line else "price_overlaps"
                    facts = {"start": "–" if other.start == EVER else str(other.start), "other": other.line}
                    found.append(Problem(span.line, "from", code, facts))
                before.append(span)
        return found

    def origin_of(self, sheet):
        return {"rcep_sheet_id": sheet.id}
