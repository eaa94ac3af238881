"""Invoices to certify: which ones go to a Party and have no certificate for all of their goods, and what they lack."""

from odoo import api, fields, models
from odoo.tools import SQL

from ... import groups
from ...states import certificate_states

NOT_LATER_THAN = "1 year"  # a certificate is issued within a year of shipment (3.17.8)


class AccountMove(models.Model):
    _inherit = "account.move"

    rcep_can_certify = fields.Boolean(search="_search_rcep_can_certify")
    rcep_party_id = fields.Many2one(
        "rcep.party", "Importing Party", compute="_compute_rcep_to_do", groups=groups.CLERK
    )
    rcep_latest = fields.Date(
        "Certify until",
        compute="_compute_rcep_to_do",
        groups=groups.CLERK,
        help="A year after the delivery, or after the invoice where that is not known (Art. 3.17.8).",
    )
    rcep_missing = fields.Char("What is missing", compute="_compute_rcep_to_do", groups=groups.CLERK)

    @api.model
    def _search_rcep_can_certify(self, operator, value):
        if operator != "in":
            return NotImplemented
        for name in ("rcep.certificate", "rcep.certificate.line"):
            self.env[name].flush_model()  # read by the query below
        candidates = self.search(
            [
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("payment_state", "!=", "reversed"),
                ("company_id", "in", self.env.companies.ids),
                ("id", "in", self._rcep_uncertified()),
            ]
        )
        found = candidates.filtered("rcep_can_certify").ids
        domains = [[("id", "in", found)] if each else [("id", "not in", found)] for each in value]
        return fields.Domain.OR(domains)

    @api.model
    def _rcep_uncertified(self):
        """Ids of recent invoices to a country in which the agreement is in force, without a live certificate of all."""
        return SQL(
            """
            SELECT move.id
              FROM account_move move
              JOIN res_company company ON company.id = move.company_id
              JOIN res_partner seller ON seller.id = company.partner_id
              JOIN res_partner consignee ON consignee.id = COALESCE(move.partner_shipping_id, move.partner_id)
              JOIN rcep_party party ON party.country_id = consignee.country_id
             WHERE move.move_type = 'out_invoice' AND move.state = 'posted'
               AND consignee.country_id != seller.country_id
               AND move.invoice_date >= CURRENT_DATE - %s::interval
               AND EXISTS (
                   SELECT FROM account_move_line sold
                     JOIN product_product product ON product.id = sold.product_id
                    WHERE sold.move_id = move.id AND sold.display_type = 'product' AND sold.quantity > COALESCE((
                          SELECT SUM(certified.quantity)
                            FROM rcep_certificate_line certified
                            JOIN rcep_certificate certificate ON certificate.id = certified.certificate_id
                           WHERE certified.invoice_line_id = sold.id AND certificate.state IN %s
                             AND NOT COALESCE(certified.left_off, FALSE)), 0))
            """,
            NOT_LATER_THAN,
            certificate_states.LIVE,
        )

    def _compute_rcep_to_do(self):
        for move in self:
            whole = move.sudo()  # what a good lacks is no secret, its costs are
            move.rcep_party_id = whole._rcep_party()
            shipped = whole.delivery_date or whole.invoice_date
            move.rcep_latest = fields.Date.add(shipped, years=certificate_states.VALIDITY_YEARS) if shipped else False
            move.rcep_missing = ", ".join(whole._rcep_lacks()) or False

    def _rcep_lacks(self):
        """What must be entered before a certificate can be approved, in short."""
        if not self.invoice_incoterm_id:
            yield self.env._("price term")
        consignee = self.partner_shipping_id or self.partner_id
        if not consignee.country_id:
            yield self.env._("customer's country")
        market = self.env["rcep.market"]._of_party(self._rcep_party())
        if market and market._is_off(self.company_id):
            yield self.env._("the market %s is off", market.display_name)
        uncoded = self._rcep_goods().product_id.filtered(lambda product: not product._rcep_hs6())
        if uncoded:
            yield self.env._("HS code of %s", ", ".join(uncoded.mapped("display_name")))

    def action_certify_shipment(self):
        """Make the certificates of one shipment: one for each exporter whose invoices these are, all or none."""
        self.check_access("read")
        made = self.env["rcep.certificate"]
        for company, invoices in self.grouped("company_id").items():
            made |= made.browse(invoices.with_company(company).action_create_rcep_certificate()["res_id"])
        return made._get_records_action(name=self.env._("Certificates of origin"))

    def action_create_rcep_certificates(self):
        """Make a certificate of each of these invoices; what keeps one back does not keep the others."""
        self.check_access("read")
        made, refused = self.env["rcep.certificate"], []
        for move in self:
            refusal = move._rcep_refusal()
            if refusal:
                refused.append(refusal)
                continue
            made |= made.browse(move.action_create_rcep_certificate()["res_id"])
        if refused:
            self.env.user._bus_send("simple_notification", {"type": "warning", "message": "\n".join(refused)})
        return made._get_records_action(name=self.env._("Certificates of origin"))
