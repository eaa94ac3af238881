"""An invoice that is in another ERP's books: certificates are made of it as of any other, and nothing else is."""

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups
from odoo.exceptions import UserError

# The hand of the other ERP is an object of this process, which no request can name.
_ITS_HAND = object()
# What the other ERP says of an invoice.
ITS_OWN = {"name", "state", "partner_id", "partner_shipping_id", "invoice_date", "currency_id", "invoice_currency_rate",
           "invoice_incoterm_id", "incoterm_location", "ref", "journal_id", "invoice_line_ids"}  # fmt: skip
# And of its lines: whoever invoices may write those by themselves.
ITS_LINES = {"move_id", "product_id", "name", "quantity", "product_uom_id", "price_unit", "discount", "tax_ids",
             "display_type"}  # fmt: skip


class AccountMove(models.Model):
    _inherit = "account.move"

    rcep_is_of_erp = fields.Boolean("Of another ERP", related="journal_id.rcep_is_of_erp")
    rcep_erp_invoice_ids = fields.One2many(
        "rcep.erp.invoice", "move_id", "Handed in as", readonly=True, groups=groups.READER
    )

    def _rcep_by_its_erp(self):
        """The same records in the hand of the other ERP."""
        return self.with_context(rcep_erp=_ITS_HAND)

    def _rcep_check_hand(self):
        """No person changes what another ERP handed in: both would say different things of one invoice."""
        if self.env.context.get("rcep_erp") is _ITS_HAND:
            return
        for move in self:
            if move.rcep_is_of_erp and move.move_type != "out_refund":
                words = self.env._("%s is an invoice of another ERP: it is changed and cancelled there.")
                raise UserError(words % (move.name or self.env._("This")))

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        moves._rcep_check_hand()
        return moves

    def write(self, vals):
        if ITS_OWN & vals.keys():
            self._rcep_check_hand()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_not_of_erp(self):
        self._rcep_check_hand()

    def action_force_register_payment(self):
        self.check_access("read")
        for move in self.filtered("rcep_is_of_erp"):
            raise UserError(self.env._("%s is an invoice of another ERP: its payment is booked there.", move.name))
        return super().action_force_register_payment()

    # --- its number is another's -------------------------------------------------------------------------
    def _must_check_constrains_date_sequence(self):
        return not self._rcep_is_numbered_elsewhere() and super()._must_check_constrains_date_sequence()

    def _sequence_matches_date(self):
        return self._rcep_is_numbered_elsewhere() or super()._sequence_matches_date()

    def _compute_made_sequence_gap(self):
        elsewhere = self.filtered(lambda move: move._rcep_is_numbered_elsewhere())
        elsewhere.made_sequence_gap = False
        return super(AccountMove, self - elsewhere)._compute_made_sequence_gap()

    def _rcep_is_numbered_elsewhere(self):
        return self.journal_id.rcep_is_of_erp and self.move_type == "out_invoice"

    # --- its certificate ---------------------------------------------------------------------------------
    def _rcep_certificate_values(self):
        """The shipment as the other ERP told it, for the clerk to look at: where several tell the same."""
        values = super()._rcep_certificate_values()
        handed_in = self.sudo().rcep_erp_invoice_ids.filtered(lambda each: each.state == "standing")  # a clerk's anyway
        shipments = [each._shipment() for each in handed_in]
        if shipments and len(handed_in) == len(self) and all(each == shipments[0] for each in shipments):
            values |= shipments[0]
        return values


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.move_id._rcep_check_hand()
        return lines

    def write(self, vals):
        if ITS_LINES & vals.keys():
            self.move_id._rcep_check_hand()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_not_of_erp(self):
        self.move_id._rcep_check_hand()

    def _compute_account_id(self):
        elsewhere = self.filtered("journal_id.rcep_is_of_erp")
        for line in elsewhere:
            if line.display_type == "payment_term":
                line.account_id = line.journal_id.rcep_receivable_id
            elif line.display_type in ("product", "tax", "rounding"):
                line.account_id = line.journal_id.default_account_id
        return super(AccountMoveLine, self - elsewhere)._compute_account_id()


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _get_move_constraints(self, move):
        constraints = super()._get_move_constraints(move)
        if move.rcep_is_of_erp:
            words = self.env._("%s is an invoice of another ERP: it is sent from there.")
            constraints["of_another_erp"] = words % move.name
        return constraints
