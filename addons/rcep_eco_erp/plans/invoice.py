"""An invoice of another ERP compared with the records: whose it is, what it sells, and what would be written.

Nothing is guessed: what is not there, or is there twice, is a fault; and of a contact that is there nothing is
overwritten, since its country and address stand on certificates.
"""

from decimal import Decimal

from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError
from odoo.fields import Command

from ..sheets import Problem
from .plan import Wrong, one_unit, units_by_name

MOST_PLACES = 12  # of a price


class InvoicePlan:
    """What an invoice would become.

    :param env: of the system, in one company
    :param told: of :func:`..invoices.reading.of_json`
    :ivar problems: what is wrong; where there is nothing, :meth:`values` says what is written
    """

    def __init__(self, env, company, told):
        self.env = env(context={**env.context, "active_test": False, "lang": "en_US"})
        self.company, self.told, self.problems = company, told, []
        self.lines = []
        self._look_up()
        for name in ("customer", "consignee"):
            if name in told:
                self._try(0, self._check_firm, name, told[name])
        for check in (self._check_head, self._check_rate, self._check_total):
            self._try(0, check)
        for number, line in enumerate(told["lines"], start=1):
            self._try(number, self._line, line)

    def _try(self, line, check, *facts):
        try:
            check(*facts)
        except Wrong as error:
            self.problems.append(Problem(line, error.column, error.code, error.facts))

    def _look_up(self):
        ours, lines = [("company_id", "in", (False, self.company.id))], self.told["lines"]
        codes = list({line["item"] for line in lines})
        self._products = self.env["product.product"].search([("default_code", "in", codes), *ours]).grouped(
            "default_code"
        )
        firms = [self.told[name]["code"] for name in ("customer", "consignee") if name in self.told]
        self._firms = self.env["res.partner"].search([("ref", "in", firms), *ours]).grouped("ref")
        self._countries = {each.code: each for each in self.env["res.country"].search([])}
        self._units = units_by_name(self.env)
        active = {"active_test": True}
        self.currency = self.env["res.currency"].with_context(**active).search([("name", "=", self.told["currency"])])
        self.incoterm = self.env["account.incoterms"].with_context(**active).search(
            [("code", "=", self.told["incoterm"])]
        )

    # --- checks ------------------------------------------------------------------------------------------
    def _check_head(self):
        if self.told["date"] > amounts.today():
            raise Wrong("date", "date_ahead", text=str(self.told["date"]))
        if len(self.incoterm) != 1:
            raise Wrong("incoterm", "incoterm_unknown", text=self.told["incoterm"])
        if "consignee" in self.told:
            customer, consignee = self.told["customer"], self.told["consignee"]
            if customer["code"] == consignee["code"] and customer != consignee:
                raise Wrong("consignee.code", "customer_twice")

    def _check_rate(self):
        if not self.currency:
            raise Wrong("currency", "currency_unknown", text=self.told["currency"])
        try:
            self.currency._rcep_rate(self.company, self.told["date"])
        except UserError as error:
            raise Wrong("currency", "rate_unknown", text=self.told["currency"]) from error

    def _check_total(self):
        self._check_money("total", self.told["total"])
        whole = sum((line["amount"] for line in self.told["lines"] if "amount" in line), Decimal(0))
        if whole != self.told["total"]:
            raise Wrong("total", "total_other", sum=amounts.text(whole), text=amounts.text(self.told["total"]))

    def _check_money(self, column, value):
        places = self.currency.decimal_places
        if self.currency and -value.normalize().as_tuple().exponent > places:
            raise Wrong(column, "currency_places", text=amounts.text(value), currency=self.currency.name)

    def _check_firm(self, name, told):
        found = self._firms.get(told["code"], self.env["res.partner"])
        if len(found) > 1:
            raise Wrong(f"{name}.code", "customer_several", text=told["code"])
        if "country" in told and told["country"] not in self._countries:
            raise Wrong(f"{name}.country", "country_unknown", text=told["country"])
        if not found:
            for each in ("name", "street", "city", "country"):
                if each not in told:
                    raise Wrong(f"{name}.{each}", "customer_new", contact=told["code"])
            return
        if not found.active:
            raise Wrong(f"{name}.code", "customer_archived", text=told["code"])
        own = {"name": found.name, "street": found.street, "city": found.city, "zip": found.zip,
               "country": found.country_id.code}  # fmt: skip
        for each, text in own.items():
            if each in told and told[each] != (text or ""):
                facts = {"own": text or "–", "contact": told["code"], "text": told[each]}
                raise Wrong(f"{name}.{each}", "customer_differs", **facts)

    def _line(self, line):
        product = self._products.get(line["item"])
        if not product:
            raise Wrong("item", "item_unknown", text=line["item"])
        if len(product) > 1:
            raise Wrong("item", "item_several", item=line["item"])
        if not product.active:
            raise Wrong("item", "item_archived", item=line["item"])
        unit = one_unit(self._units, line["unit"])
        if not unit._has_common_reference(product.uom_id):
            raise Wrong("unit", "unit_other", unit=line["unit"], item=line["item"], own=product.uom_id.name)
        digits = self.env["account.move.line"]._fields["quantity"].get_digits(self.env)
        if -line["quantity"].normalize().as_tuple().exponent > digits[1]:
            raise Wrong("quantity", "places", text=amounts.text(line["quantity"]), places=digits[1])
        self._check_money("amount", line["amount"])
        values = {
            "product_id": product.id,
            "quantity": float(line["quantity"]),
            "product_uom_id": unit.id,
            "price_unit": float(self._price(line)),
            "discount": 0.0,
            "tax_ids": [Command.clear()],
        }
        self.lines.append(values | ({"name": line["description"]} if "description" in line else {}))

    def _price(self, line):
        """The shortest price of one unit that makes the amount: it stands on the papers."""
        unit = Decimal(1).scaleb(-self.currency.decimal_places)
        exact = line["amount"] / line["quantity"]
        for places in range(self.currency.decimal_places, MOST_PLACES + 1):
            price = exact.quantize(Decimal(1).scaleb(-places))
            if (price * line["quantity"]).quantize(unit) == line["amount"]:
                return price
        raise Wrong("amount", "price_unwritable", text=amounts.text(line["amount"]))

    # --- what is written ---------------------------------------------------------------------------------
    def firm(self, name):
        """The contact of the customer or the consignee, made where it is new."""
        told = self.told.get(name)
        if not told:
            return self.env["res.partner"]
        found = self.env["res.partner"].search(
            [("ref", "=", told["code"]), ("company_id", "in", (False, self.company.id))]
        )
        if found:
            return found
        return found.create({
            "ref": told["code"], "name": told["name"], "street": told["street"], "city": told["city"],
            "zip": told.get("zip"), "country_id": self._countries[told["country"]].id, "is_company": True,
            "company_id": self.company.id, "lang": "en_US",
        })  # fmt: skip

    def values(self):
        """The values of the invoice."""
        told, customer = self.told, self.firm("customer")
        return {
            "move_type": "out_invoice",
            "name": told["number"],
            "partner_id": customer.id,
            "partner_shipping_id": (self.firm("consignee") or customer).id,
            "invoice_date": told["date"],
            "date": told["date"],
            "delivery_date": told.get("shipment", {}).get("departure"),
            "currency_id": self.currency.id,
            "invoice_incoterm_id": self.incoterm.id,
            "incoterm_location": told.get("place"),
            "ref": told.get("order"),
            "fiscal_position_id": False,
            "invoice_payment_term_id": False,
            "invoice_user_id": False,
            "invoice_line_ids": [Command.create(line) for line in self.lines],
        }
