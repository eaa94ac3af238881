"""The invoices of a principal that its agent may see: those that its authority covers and that want a certificate."""

from odoo import models

MANY = 200  # shown at a time, and looked at at a time


class RcepAuthorisation(models.Model):
    _inherit = "rcep.authorisation"

    def _principals(self, model):
        """A model as the system sees it in the principal's company; only what :meth:`_covers` goes on to the agent."""
        company = self.company_id
        return self.sudo().env[model].with_company(company).with_context(allowed_company_ids=company.ids)

    def _invoices(self):
        """The principal's invoices to certify that this authority covers, the newest first."""
        self.ensure_one()
        invoices = self._principals("account.move")
        wanted = [("rcep_can_certify", "=", True)]
        if self.product_ids:
            wanted.append(("invoice_line_ids.product_id", "in", self.product_ids.ids))
        return self._first(invoices, wanted, self._covers, order="invoice_date desc, id desc")

    def _invoice(self, number):
        """One of them by its id, or an empty record: what is not there and what is not the agent's are the same."""
        invoice = self._principals("account.move").browse(number).exists()
        ours = invoice.company_id == self.company_id and invoice.move_type == "out_invoice"
        return invoice if ours and invoice.state == "posted" and self._covers(invoice) else invoice.browse()

    def _certificates(self, domain=(), most=MANY):
        """The principal's certificates of invoices that this authority covers, the newest first."""
        self.ensure_one()
        of_company = [("company_id", "=", self.company_id.id), *self._not_in_other_hands(), *domain]
        if self.product_ids:
            of_company.append(("line_ids.product_id", "in", self.product_ids.ids))
        certificates = self._principals("rcep.certificate")
        return self._first(certificates, of_company, lambda each: self._covers(each.invoice_ids), most=most)

    @staticmethod
    def _first(model, domain, covered, order=None, most=MANY):
        """The first records that are covered, however many stand before them that are not."""
        found, seen = model.browse(), 0
        while len(found) < most:
            batch = model.search(domain, order=order, limit=MANY, offset=seen)
            found |= batch.filtered(covered)
            seen += MANY
            if len(batch) < MANY:
                break
        return found[:most]

    def _certificate(self, number):
        """One of them by its id, or an empty record; as :meth:`_invoice`."""
        return self._certificates([("id", "=", number)])
