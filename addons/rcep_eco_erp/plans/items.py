"""Items of another ERP: products of the company, by their internal reference.

No column says that a good originates, is wholly obtained or answers the question of a rule: who says that, says it in
Odoo, by name.
"""

from odoo.addons.rcep_eco.models.origin.product import ROLES
from odoo.addons.rcep_eco.values import hs_codes

from ..sheets import cells
from ..sheets.lines import Column
from .plan import Plan, Wrong

# {column: field of the product}, of those that are written as they were read
AS_READ = {"name": "name", "hs_code": "hs_code", "role": "rcep_role", "sold": "sale_ok", "list_price": "list_price"}


class Items(Plan):
    model = "product.product"
    key = ("code",)
    columns = {
        "code": Column(cells.text, needed=True),
        "name": Column(cells.text),
        "hs_code": Column(cells.text),
        "unit": Column(cells.text),
        "country_of_origin": Column(cells.text),
        "role": Column(cells.one_of(*(role for role, _label in ROLES))),
        "weight_kg": Column(cells.above_zero),
        "sold": Column(cells.yes_or_no),
        "list_price": Column(cells.above_zero),
        "currency": Column(cells.text),
    }
    template = (
        "code,name,hs_code,unit,country_of_origin,role,weight_kg,sold,list_price,currency\r\n"
        "ROTOR-40,Rotor 40 mm,850300,C62,,material,0.12,no,,\r\n"
        "MOTOR-40,Motor 40 mm,850110,C62,,,0.5,yes,38.50,CNY\r\n"
    )

    def look_up(self):
        ours = [("company_id", "in", (False, self.company.id))]
        found = self.records.search([("default_code", "in", self.said("code")), *ours])
        self._products = found.grouped("default_code")
        self._units = self.units_by_name()
        countries = self.env["res.country"].search([("code", "in", self.said("country_of_origin"))])
        self._countries = {country.code: country for country in countries}
        self._kilograms = self.env["product.template"]._get_weight_uom_id_from_ir_config_parameter()

    def outcome(self, line):
        values = line.values
        product = self._one(values["code"])
        for column in ("name", "unit"):
            if not product and column not in values:
                raise Wrong(column, "needed_when_new", key=values["code"])
        wanted = {column: (field, values[column]) for column, field in AS_READ.items() if column in values}
        if "hs_code" in values:
            self._check_code(values)
        if "country_of_origin" in values:
            country = self._countries.get(values["country_of_origin"])
            if not country:
                raise Wrong("country_of_origin", "country_unknown", text=values["country_of_origin"])
            wanted["country_of_origin"] = ("country_of_origin", country)
        if "unit" in values:
            wanted["unit"] = ("uom_id", self._unit(product, values["unit"]))
        if "weight_kg" in values:
            if self._kilograms != self.env.ref("uom.product_uom_kgm"):
                raise Wrong("weight_kg", "weight_unit", unit=self._kilograms.name)
            wanted["weight_kg"] = ("weight", values["weight_kg"])
        self._check_price(values, product)
        new = {"default_code": values["code"], "type": "consu", "company_id": self.company.id}
        outcome = self.planned(line, values["code"], product, wanted, new)
        if outcome.what == "changed":
            self._check_own(product)
        return outcome

    def _one(self, code):
        found = self._products.get(code, self.records)
        if len(found) > 1:
            raise Wrong("code", "item_several", item=code)
        if found and not found.active:
            raise Wrong("code", "item_archived", item=code)
        return found

    def _check_own(self, product):
        """What others share or what is one of several is not changed from here."""
        if not product.company_id:
            raise Wrong("code", "item_shared", item=product.default_code)
        if len(product.product_tmpl_id.product_variant_ids) > 1:
            raise Wrong("code", "item_variant", item=product.default_code)

    def _check_code(self, values):
        problem = hs_codes.problem_of(self.env, values["code"], values["hs_code"])
        if problem:
            raise Wrong("hs_code", "hs_code", text=values["hs_code"])

    def _unit(self, product, name):
        unit = self.unit_of(name)
        if product and product.uom_id != unit:
            raise Wrong("unit", "unit_changed", item=product.default_code, before=product.uom_id.name, unit=name)
        return unit

    def _check_price(self, values, product):
        if "list_price" not in values:
            return
        currency = (product or self.company).currency_id
        if "currency" not in values:
            raise Wrong("currency", "missing")
        if values["currency"] != currency.name:
            raise Wrong("currency", "currency_other", text=values["currency"], currency=currency.name)
