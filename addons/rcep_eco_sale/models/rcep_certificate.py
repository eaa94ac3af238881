"""What a sale tells of its certificate: the letter of credit that its papers are to satisfy."""

from odoo import api, fields, models
from odoo.addons.rcep_eco import link


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    letters_of_credit = fields.Text(
        compute="_compute_letters_of_credit",
        compute_sudo=True,
        help="As it stands on the sales order; what it asks for is looked for in the boxes of the form.",
    )

    @api.depends("invoice_ids", "sale")
    def _compute_letters_of_credit(self):
        for certificate in self:
            result = certificate._sale().letters_of_credit if certificate.sale else certificate._letters_of_credit()
            certificate.letters_of_credit = "\n".join(
                line for credit in result for line in (" ".join((credit.number, credit.bank)).strip(), *credit.wording)
            )

    def _rcep_orders(self):
        """The orders whose goods stand on this certificate."""
        return self._goods().invoice_line_id.sale_line_ids.order_id

    def _letters_of_credit(self):
        orders = self._rcep_orders().filtered(lambda order: order.rcep_credit_number or order.rcep_credit_wording)
        return [*super()._letters_of_credit(), *(order._rcep_letter_of_credit() for order in orders)]


class SaleOrder(models.Model):
    _inherit = "sale.order"

    rcep_credit_number = fields.Char("Letter of credit No.", copy=False, tracking=True)
    rcep_credit_bank = fields.Char("Issuing bank", copy=False)
    rcep_credit_date = fields.Date("Issued on", copy=False)
    rcep_credit_wording = fields.Text(
        "Wording on the papers",
        copy=False,
        tracking=True,
        help="One phrase a line, each as the bank wants to read it. Certificates are checked for every line and for "
        "the number, and the commercial invoice prints them.",
    )

    def _rcep_letter_of_credit(self):
        self.ensure_one()
        lines = (line.strip() for line in (self.rcep_credit_wording or "").splitlines())
        return link.sale_terms.LetterOfCredit(
            number=(self.rcep_credit_number or "").strip(),
            bank=(self.rcep_credit_bank or "").strip(),
            issued_on=self.rcep_credit_date or None,
            wording=tuple(filter(None, lines)),
        )
