"""Which changes of which records are changes of facts on which verdicts rest, and whose: one table."""

from odoo import api, models

ANY = None  # every field


class RcepFactMixin(models.AbstractModel):
    """A record of which some fields are facts of products."""

    _name = "rcep.fact.mixin"
    _description = "Facts on which verdicts rest"

    _rcep_fact_fields = ANY  # names of the fields that are facts

    def _rcep_products(self):
        """The ``product.product`` records whose facts these are."""
        raise NotImplementedError

    def _rcep_say_changed(self):
        """Have the verdicts that rest on these records recomputed."""
        # Whoever changes a fact may not see all products that it concerns.
        self.sudo().with_context(active_test=False)._rcep_products()._rcep_facts_changed()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._rcep_say_changed()
        return records

    def write(self, vals):
        concerns = self._rcep_fact_fields is ANY or bool(vals.keys() & self._rcep_fact_fields)
        if concerns:
            self._rcep_say_changed()  # where it moves from one product to another, both are concerned
        result = super().write(vals)
        if concerns:
            self._rcep_say_changed()
        return result

    def unlink(self):
        self._rcep_say_changed()
        return super().unlink()


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(
        ("hs_code", "country_of_origin", "rcep_wholly_obtained", "rcep_role", "rcep_answer", "list_price", "uom_id",
         "sale_ok", "type", "weight", "standard_price", "default_code", "name")
    )  # fmt: skip

    def _rcep_products(self):
        return self.product_variant_ids


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(
        ("standard_price", "weight", "default_code", "product_template_attribute_value_ids", "lst_price")
    )

    def _rcep_products(self):
        return self


class ProductSupplierinfo(models.Model):
    _name = "product.supplierinfo"
    _inherit = ["product.supplierinfo", "rcep.fact.mixin"]

    def _rcep_products(self):
        of_all = self.filtered(lambda price: not price.product_id).product_tmpl_id
        return self.product_id | of_all.product_variant_ids


class ResCurrencyRate(models.Model):
    _name = "res.currency.rate"
    _inherit = ["res.currency.rate", "rcep.fact.mixin"]

    def _rcep_products(self):
        """What is bought in the currency, and what is sold in it."""
        prices = self.env["product.supplierinfo"].search([("currency_id", "in", self.currency_id.ids)])
        return prices._rcep_products()


class RcepRule(models.Model):
    _name = "rcep.rule"
    _inherit = ["rcep.rule", "rcep.fact.mixin"]

    def _rcep_products(self):
        """The goods whose code begins with the rule's, however their codes are written."""
        codes = tuple(self.mapped("hs_code"))
        coded = self.env["product.template"].search_fetch([("hs_code", "!=", False)], ["hs_code"])
        return coded.filtered(lambda good: (good._rcep_hs6() or "").startswith(codes)).product_variant_ids


class RcepRuleEdition(models.Model):
    _name = "rcep.rule.edition"
    _inherit = ["rcep.rule.edition", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(("name", "valid_from", "valid_to"))

    def _rcep_products(self):
        return self.rule_ids._rcep_products()


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(("country_id", "currency_id", "rcep_uscc"))

    def _rcep_say_changed(self):
        """The whole catalogue of each; a company that becomes an exporter begins one."""
        for company in self.sudo():  # whoever keeps a company's address may not see what it sells
            products = company.env["product.product"]
            products.search(products._rcep_catalogue_domain(company))._rcep_facts_changed(company)
