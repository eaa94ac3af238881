"""What makes the duty ledger of an invoice anew: a certificate that is issued or ends, a credit note, a reset."""

from odoo import models

CONCERNED = ("issued", "cancelled", "replaced")


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _move(self, after, by=None, **values):
        result = super()._move(after, by, **values)
        if after in CONCERNED:
            self.sudo().invoice_ids._rcep_refresh_ledger()  # the ledger is the system's
        return result


class AccountMove(models.Model):
    _inherit = "account.move"

    def _rcep_refresh_ledger(self):
        """Make the rows of these invoices anew; whoever changes an invoice need not be allowed to see the ledger."""
        self.env["rcep.duty.ledger"].sudo()._refresh(self.sudo())

    def _rcep_noted_in_ledger(self):
        """The invoices that these credit notes take something back of, and which the ledger names."""
        notes = self.filtered(lambda move: move.move_type == "out_refund")
        invoices = notes.sudo()._rcep_credited_invoices()  # as above
        rows = self.env["rcep.duty.ledger"].sudo().search([("move_id", "in", invoices.ids)])
        return rows.move_id

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._rcep_noted_in_ledger()._rcep_refresh_ledger()
        return posted

    def button_draft(self):
        credited = self._rcep_noted_in_ledger()
        result = super().button_draft()
        self.env["rcep.duty.ledger"].sudo().search([("move_id", "in", self.ids)]).unlink()  # as above
        credited._rcep_refresh_ledger()
        return result
