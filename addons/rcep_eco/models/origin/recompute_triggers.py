"""Which changes of which records are changes of facts on which verdicts rest, and whose: one table."""

from odoo import api, models
from odoo.fields import Domain

from ...values import amounts

ANY = None  # every field


class RcepFactMixin(models.AbstractModel):
    """A record of which some fields are facts of products."""

    _name = "rcep.fact.mixin"
    _description = "Facts on which verdicts rest"

    _rcep_fact_fields = ANY  # names of the fields that are facts
    _rcep_is_fact_when_new = True  # whether a record can concern a product as soon as it is there

    def _rcep_products(self):
        """The ``product.product`` records whose facts these are."""
        raise NotImplementedError

    def _rcep_since(self, changed=ANY):
        """The first day on which these facts count; None where they always did.

        :param changed: names of the fields that are written
        """
        return

    def _rcep_say_changed(self, changed=ANY):
        """Have the verdicts that rest on these records recomputed."""
        # Whoever changes a fact may not see all products that it concerns.
        whole = self.sudo().with_context(active_test=False)
        whole._rcep_products()._rcep_facts_changed(since=whole._rcep_since(changed))

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if self._rcep_is_fact_when_new:
            records._rcep_say_changed()
        return records

    def write(self, vals):
        concerns = self._rcep_fact_fields is ANY or bool(vals.keys() & self._rcep_fact_fields)
        if concerns:
            self._rcep_say_changed(vals.keys())  # where it moves from one product to another, both are concerned
        result = super().write(vals)
        if concerns:
            self._rcep_say_changed(vals.keys())
        return result

    def unlink(self):
        self._rcep_say_changed()
        return super().unlink()


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(
        ("hs_code", "country_of_origin", "rcep_wholly_obtained", "rcep_obtained", "rcep_role", "rcep_answer",
         "list_price", "uom_id",
         "sale_ok", "type", "weight", "standard_price", "default_code", "name", "supplier_taxes_id",
         "company_id")  # in whose currency the list price is, and in whose catalogue it stands
    )  # fmt: skip

    def _rcep_products(self):
        return self.product_variant_ids

    def _rcep_since(self, changed=ANY):
        return self.product_variant_ids._rcep_since(changed)


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(
        ("standard_price", "weight", "default_code", "product_template_attribute_value_ids", "lst_price",
         "rcep_variant_hs")
    )

    def _rcep_products(self):
        return self

    def _rcep_since(self, changed=ANY):
        """Odoo's average cost turns with each receipt: nothing of the past rests on it where there is a price."""
        if changed is not ANY and set(changed) <= {"standard_price"} and all(product.seller_ids for product in self):
            return amounts.today()
        return super()._rcep_since(changed)


class ProductTemplateAttributeValue(models.Model):
    _name = "product.template.attribute.value"
    _inherit = ["product.template.attribute.value", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(("price_extra",))
    _rcep_is_fact_when_new = False  # no variant has it yet

    def _rcep_products(self):
        """The variants whose list price holds what it costs more."""
        return self.ptav_product_variant_ids


class ProductSupplierinfo(models.Model):
    _name = "product.supplierinfo"
    _inherit = ["product.supplierinfo", "rcep.fact.mixin"]

    def _rcep_products(self):
        of_all = self.filtered(lambda price: not price.product_id).product_tmpl_id
        return self.product_id | of_all.product_variant_ids

    def _rcep_since(self, changed=ANY):
        begun = self.mapped("date_start")
        return min(begun) if begun and all(begun) else None


class ResCurrencyRate(models.Model):
    _name = "res.currency.rate"
    _inherit = ["res.currency.rate", "rcep.fact.mixin"]

    def _rcep_since(self, changed=ANY):
        return min(self.mapped("name"), default=None)

    def _rcep_say_changed(self, changed=ANY):
        """For each company whose rates these are, what is bought or sold in what they turned."""
        rates = self.sudo().with_context(active_test=False)  # whoever keeps rates may not see what is priced in them
        for company in rates.env["rcep.origin"]._exporters():
            turned = rates.filtered_domain([("company_id", "in", (False, company.root_id.id))]).currency_id
            if company.currency_id in turned:  # all others are worth more or less of it
                turned = turned.search([("id", "!=", company.currency_id.id)])
            if turned:
                turned._rcep_products_priced(company)._rcep_facts_changed(company, rates._rcep_since())


class ResCurrency(models.Model):
    _inherit = "res.currency"

    def _rcep_products_priced(self, company):
        """The products that a company buys or sells in some currencies."""
        own = Domain("company_id", "in", (False, company.id))
        among = Domain("currency_id", "in", self.ids)
        bought = self.env["product.supplierinfo"].search(own & among)._rcep_products()
        # Odoo's own rule for list prices: the company's currency, of what no company owns the main company's.
        sold = Domain("company_id.currency_id", "in", self.ids)
        if self.env["res.company"]._get_main_company().currency_id in self:
            sold |= Domain("company_id", "=", False)
        listed = self.env["product.product"].search(own & sold & Domain("sale_ok", "=", True))
        return bought | listed | self._rcep_products_billed_at_one(company)

    def _rcep_products_billed_at_one(self, company):
        """What was billed in them when no rate of theirs was known."""
        among = Domain("company_id", "=", company.id) & Domain("move_id.currency_id", "in", self.ids)
        return self.env["account.move"]._rcep_products_billed(among & Domain("move_id.invoice_currency_rate", "=", 1))


class AccountTax(models.Model):
    _name = "account.tax"
    _inherit = ["account.tax", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(
        ("amount", "amount_type", "price_include_override", "include_base_amount", "children_tax_ids",
         "repartition_line_ids", "invoice_repartition_line_ids", "refund_repartition_line_ids")
    )  # fmt: skip
    _rcep_is_fact_when_new = False  # nothing is bought with it yet

    def _rcep_say_changed(self, changed=ANY):
        """Also of the groups of taxes that they are in."""
        every = self.sudo().with_context(active_test=False)  # whoever keeps taxes may not see all that is bought
        return super(AccountTax, self | every.search([("children_tax_ids", "in", self.ids)]))._rcep_say_changed(changed)

    def _rcep_products(self):
        """What is bought with them."""
        asked = self.env["product.product"].search([("supplier_taxes_id", "in", self.ids)])
        return asked | self.env["account.move"]._rcep_products_billed(Domain("tax_ids", "in", self.ids))


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(("country_id", "parent_id", "is_company"))
    _rcep_is_fact_when_new = False  # nothing is bought from it yet

    def _rcep_say_changed(self, changed=ANY):
        """Also of companies: where one is, is what its own address says."""
        # Whoever keeps addresses may not see companies.
        self.env["res.company"].sudo().search([("partner_id", "in", self.ids)])._rcep_say_changed()
        return super()._rcep_say_changed(changed)

    def _rcep_products(self):
        """What is bought from them, or from others of the same firm, on a price list or not, and what they declared."""
        theirs = Domain("partner_id", "child_of", self.ids)
        billed = self.env["account.move"]._rcep_products_billed(Domain("move_id", "any", theirs))
        declared = self.env["rcep.supplier.declaration"].search(theirs & Domain("state", "=", "verified")).product_id
        return billed | declared | self.env["product.supplierinfo"].search(theirs)._rcep_products()


class UomUom(models.Model):
    _name = "uom.uom"
    _inherit = ["uom.uom", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(("relative_factor", "relative_uom_id"))
    _rcep_is_fact_when_new = False  # nothing is counted in it yet

    def _rcep_products(self):
        """What is counted in them, or in units that are so many of them."""
        units = self.search([("id", "child_of", self.ids)])
        return units._rcep_products_counted()

    def _rcep_products_counted(self):
        """The products of which records that are facts are counted in exactly these units."""
        prices = self.env["product.supplierinfo"].search([("product_uom_id", "in", self.ids)])
        return prices._rcep_products() | self.env["product.product"].search([("uom_id", "in", self.ids)])


class RcepParty(models.Model):
    _name = "rcep.party"
    _inherit = ["rcep.party", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(("country_id", "in_force"))

    def _rcep_say_changed(self, changed=ANY):
        """Where a material may originate is a fact of every good of every exporter."""
        self.env["rcep.origin"]._exporters()._rcep_say_changed()


class RcepRule(models.Model):
    _name = "rcep.rule"
    _inherit = ["rcep.rule", "rcep.fact.mixin"]

    def _rcep_products(self):
        """The goods whose code begins with the rule's, however their codes are written."""
        codes = tuple(self.mapped("hs_code"))
        coded = self.env["product.template"].search_fetch([("hs_code", "!=", False)], ["hs_code"])
        own = self.env["product.product"].search([("rcep_variant_hs", "!=", False)])
        ruled = coded.filtered(lambda good: (good._rcep_hs6() or "").startswith(codes)).product_variant_ids
        return ruled | own.filtered(lambda good: (good._rcep_hs6() or "").startswith(codes))


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

    def _rcep_say_changed(self, changed=ANY):
        """The whole catalogue of each; a company that becomes an exporter begins one."""
        for company in self.sudo():  # whoever keeps a company's address may not see what it sells
            products = company.env["product.product"]
            products.search(products._rcep_catalogue_domain(company))._rcep_facts_changed(company)
