"""Receipts are facts on which verdicts rest: what comes in, from whom and at what price, marks what stands on it."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

RECEIVED = Domain("state", "=", "purchase") & Domain("qty_received", ">", 0)


class PurchaseOrderLine(models.Model):
    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(
        ("product_id", "product_uom_id", "price_unit", "discount", "qty_received", "qty_received_manual", "tax_ids")
    )

    def _rcep_products(self):
        """What has come in; an order that is still open changes nothing."""
        return self.filtered_domain(RECEIVED).product_id

    def _rcep_since(self, changed=None):
        """The day on which the first of them came in."""
        return min((order._rcep_arrived() for order in self.order_id), default=None)

    def _compute_qty_received(self):
        """Deliveries change it without a ``write``."""
        stored = self.browse(self._origin.ids)
        before = dict(self._rcep_received(stored.ids))
        result = super()._compute_qty_received()
        changed = stored.filtered(lambda line: line.qty_received != float(before.get(line.id) or 0))
        whole = changed.sudo()  # whoever receives may not see what stands on it
        whole.product_id._rcep_facts_changed(since=whole._rcep_since())
        return result

    def _rcep_received(self, ids):
        """[(id, quantity)] as the database has it."""
        self.env.cr.execute("SELECT id, qty_received FROM purchase_order_line WHERE id = ANY(%s)", (ids,))
        return self.env.cr.fetchall()


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(
        ("state", "partner_id", "currency_id", "incoterm_id", "company_id", "date_approve", "date_order")
    )

    def _rcep_products(self):
        return self.order_line._rcep_products()

    def _rcep_since(self, changed=None):
        return self.order_line._rcep_since(changed)

    def _rcep_arrived(self):
        """The day on which what was ordered came in, as :meth:`product._rcep_receipts` has it."""
        self.ensure_one()
        return (self.date_approve or self.date_order).date()

    def _rcep_arrived_on(self):
        """The same of a ``purchase``, as SQL."""
        return SQL("COALESCE(purchase.date_approve, purchase.date_order)")


class ResCurrency(models.Model):
    _inherit = "res.currency"

    def _rcep_products_priced(self, company):
        """Also what was received in them."""
        domain = Domain("order_id.currency_id", "in", self.ids) & Domain("company_id", "=", company.id)
        return super()._rcep_products_priced(company) | _received(self.env, domain)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _rcep_products(self):
        """Also what was received from them."""
        return super()._rcep_products() | _received(self.env, Domain("partner_id", "child_of", self.ids))


class AccountTax(models.Model):
    _inherit = "account.tax"

    def _rcep_products(self):
        """Also what was received with them."""
        return super()._rcep_products() | _received(self.env, Domain("tax_ids", "in", self.ids))


class UomUom(models.Model):
    _inherit = "uom.uom"

    def _rcep_products_counted(self):
        """Also what was received in them."""
        return super()._rcep_products_counted() | _received(self.env, Domain("product_uom_id", "in", self.ids))


def _received(env, domain):
    """The products of which lines came in."""
    found = env["purchase.order.line"]._read_group(RECEIVED & domain, ["product_id"])
    return env["product.product"].union(*(product for (product,) in found))
