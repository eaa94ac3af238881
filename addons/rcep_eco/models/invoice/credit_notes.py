"""What of an invoice was credited, by whatever road: that much less may be certified."""

from odoo import fields, models

from ...states import certificate_states


class AccountMove(models.Model):
    _inherit = "account.move"

    rcep_corrects_id = fields.Many2one(
        "account.move", "Made instead of", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    rcep_corrected_ids = fields.One2many("account.move", "rcep_corrects_id", readonly=True)

    def _rcep_as_corrected(self):
        """The invoices that stand in place of these: what was made when they were reversed, else they themselves."""
        return self.browse().union(
            *(move.rcep_corrected_ids.filtered(lambda each: each.state == "posted")[:1] or move for move in self)
        )

    def _rcep_credit_notes(self):
        """Posted credit notes of these invoices: made from them, or reconciled with them.

        Bridges add those that are told by their own documents, such as the lines of an order.
        """
        entries = self.line_ids
        reconciled = entries.matched_credit_ids.credit_move_id.move_id | entries.matched_debit_ids.debit_move_id.move_id
        notes = self.reversal_move_ids | reconciled
        return notes.filtered(lambda move: move.move_type == "out_refund" and move.state == "posted")

    def _rcep_credited_invoices(self):
        """The invoices that these credit notes take something back of: the other way round."""
        entries = self.line_ids
        reconciled = entries.matched_credit_ids.credit_move_id.move_id | entries.matched_debit_ids.debit_move_id.move_id
        return (self.reversed_entry_id | reconciled).filtered(lambda move: move.move_type == "out_invoice")

    def _rcep_notes_apart(self, products):
        """Posted credit notes to the same firm since this invoice that take such goods back and name no invoice.

        Whether they are of this one, somebody has to say.
        """
        self.ensure_one()
        notes = self.search(
            [
                ("move_type", "=", "out_refund"),
                ("state", "=", "posted"),
                ("company_id", "=", self.company_id.id),
                ("commercial_partner_id", "=", self.commercial_partner_id.id),
                ("invoice_date", ">=", self.invoice_date),
                ("reversed_entry_id", "=", False),
                ("invoice_line_ids.product_id", "in", products.ids),
            ]
        )
        return notes.filtered(lambda note: not note._rcep_credited_invoices())

    def _rcep_ask_certified(self):
        """A credit note that names no invoice may take back goods that were certified: each signer is asked."""
        self.ensure_one()
        # Who credits a customer need not be allowed to see certificates; a draft asks when it is approved.
        taken = [("left_off", "=", False), ("product_id", "in", self.invoice_line_ids.product_id.ids)]
        certificates = (
            self.env["rcep.certificate"]
            .sudo()
            .search(
                [
                    (
                        "state",
                        "in",
                        [state for state in certificate_states.LIVE if state not in certificate_states.EDITABLE],
                    ),
                    ("invoice_ids.commercial_partner_id", "=", self.commercial_partner_id.id),
                    ("company_id", "=", self.company_id.id),
                    ("line_ids", "any", taken),
                ]
            )
        )
        for certificate in certificates:
            if self in certificate.invoice_ids._rcep_notes_apart_of_any(certificate._goods().product_id):
                theirs = certificate._theirs()
                theirs.activity_schedule(
                    "mail.mail_activity_data_warning",
                    summary=theirs.env._("Credited, perhaps"),
                    note=theirs.env._(
                        "Credit note %(note)s takes back goods of this customer and names no invoice: say on it of "
                        "which one they are. If of this one's, ask the issuing body to take the certificate back.",
                        note=self.name,
                    ),
                    user_id=theirs._responsible().id,
                )

    def _rcep_notes_apart_of_any(self, products):
        """As `_rcep_notes_apart`, of each of these invoices."""
        return self.browse().union(*(move._rcep_notes_apart(products) for move in self))

    def _rcep_amount(self):
        """What the invoice says that its goods and charges are worth, without tax, and without what was paid before."""
        self.ensure_one()
        advances = self.invoice_line_ids.filtered(lambda line: line._rcep_is_advance())
        return self.amount_untaxed - sum(advances.mapped("price_subtotal"))

    def _rcep_credited_quantities(self):
        """How much of each line of an invoice was credited: {line: quantity in the line's unit}.

        A credit note names products, not lines: what it takes back is taken from the last lines first.
        """
        self.ensure_one()
        left = {}
        own = self.invoice_line_ids.filtered(lambda line: line.quantity < 0)
        back = self._rcep_credit_notes().invoice_line_ids | own
        for line in back.filtered(lambda line: line._rcep_is_good()):
            units = line.product_uom_id._compute_quantity(line.quantity, line.product_id.uom_id, round=False)
            left[line.product_id] = left.get(line.product_id, 0.0) + abs(units)
        values = {}
        for line in self._rcep_goods().sorted(lambda line: (line.sequence, line.id), reverse=True):
            product, unit = line.product_id, line.product_uom_id
            units = unit._compute_quantity(line.quantity, product.uom_id, round=False)
            taken = min(left.get(product, 0.0), units)
            if taken > 0:
                left[product] -= taken
                values[line] = product.uom_id._compute_quantity(taken, unit, round=False)
        return values

    def _rcep_credited_amount(self):
        """What credit notes took off the price without naming goods, in the invoice's currency: zero or more."""
        self.ensure_one()
        lines = self._rcep_credit_notes().invoice_line_ids.filtered(
            lambda line: line.display_type == "product" and not line._rcep_is_good()
        )
        return sum(max(line.price_subtotal, 0.0) for line in lines if line.currency_id == self.currency_id)


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _rcep_certifiable(self, certificate):
        """How much of this line a certificate may name: as invoiced, less credited, less what stands on others.

        :param certificate: it counts for itself, and so does the one that it takes the place of
        """
        self.ensure_one()
        own = certificate | certificate.old_certificate_id
        others = self.env["rcep.certificate.line"].sudo().search(  # of whoever made them: no piece is certified twice
            [
                ("invoice_line_id", "=", self.id),
                ("left_off", "=", False),
                ("certificate_id.state", "in", certificate_states.LIVE),
                ("certificate_id", "not in", own.ids),
            ]
        )
        credited = self.move_id._rcep_credited_quantities().get(self, 0.0)
        return max(self.quantity - credited - sum(others.mapped("quantity")), 0.0)
