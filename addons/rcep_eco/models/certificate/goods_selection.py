"""Which goods of an invoice stand on a certificate: left off and put back, in part shipments, and updated from it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import float_compare

from ...states import certificate_states
from ...values import amounts

# What the invoice says of a good and nobody types; taken over anew from a changed invoice.
OF_INVOICE = ("product_id", "quantity", "unit")


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    has_failing = fields.Boolean(compute="_compute_has_failing")
    has_left_off = fields.Boolean(compute="_compute_has_failing")

    @api.depends("line_ids.left_off", "line_ids.problem", "line_ids.verdict")
    def _compute_has_failing(self):
        for certificate in self:
            goods = certificate._goods()
            failing = goods._failing()
            certificate.has_failing = bool(failing and failing != goods)
            certificate.has_left_off = goods != certificate.line_ids

    def action_leave_off_failing(self):
        """Leave off every good that cannot stand on the certificate, each with its reason."""
        for certificate in self:
            failing = certificate._goods()._failing()
            if failing == certificate._goods():
                raise UserError(
                    self.env._(
                        "None of the goods of certificate %s originates: there is nothing to certify.",
                        certificate.name,
                    )
                )
            for line in failing:
                line._leave_off(line.problem or line.summary or self.env._("Has not been determined."))
        return True

    def _renumber(self):
        """Item numbers run 1, 2, 3 … over the goods that stand on the certificate (box 6)."""
        for number, line in enumerate(self._goods().sorted(lambda line: (line.number or 10**6, line.id)), start=1):
            if line.number != number:
                line.sudo().number = number  # a number is nobody's to type

    # --- the invoice has changed -------------------------------------------------------------------------
    def _differences_of(self, invoice):
        """What of an invoice the certificate does not say, as sentences; quantities may be less than invoiced."""
        sentences = []
        lines = {line.invoice_line_id: line for line in self.line_ids}
        for sold in invoice._rcep_goods():
            line = lines.get(sold)
            if line is None:
                if sold._rcep_certifiable(self):
                    sentences.append(self.env._("%s is new on the invoice.", sold.product_id.display_name))
            elif not line._is_as_invoiced() or line.unit != sold._rcep_unit():
                sentences.append(
                    self.env._(
                        "%(product)s: %(new)s %(unit)s on the invoice, %(old)s here.",
                        product=sold.product_id.display_name,
                        new=amounts.exact(sold.quantity),
                        unit=sold.product_uom_id.name,
                        old=amounts.exact(line.quantity),
                    )
                )
        gone = self.line_ids.filtered(
            lambda line: line.invoice_id == invoice and line.invoice_line_id not in invoice._rcep_goods()
        )
        sentences += [self.env._("%s is not a good of the invoice any more.", line.description) for line in gone]
        if (invoice.invoice_incoterm_id.code or "") != (self.incoterm or ""):
            sentences.append(
                self.env._(
                    "Price term: %(new)s on the invoice, %(old)s here.",
                    new=invoice.invoice_incoterm_id.code or "***",
                    old=self.incoterm or "***",
                )
            )
        return sentences

    def action_update_from_invoice(self):
        """Take over what has changed on the invoices; what was typed on the certificate stays."""
        self.check_access("write")
        for certificate in self:
            if certificate.state not in certificate_states.EDITABLE:
                raise UserError(certificate._not_from_here())
            # Whoever makes certificates may not read every invoice; what it says comes onto the certificate alone.
            whole = certificate.sudo()
            sentences = [sentence for invoice in whole.invoice_ids for sentence in whole._differences_of(invoice)]
            whole._take_over_invoices()
            certificate._determine_lines()
            body = "\n".join(sentences) if sentences else self.env._("Nothing has changed on the invoice.")
            certificate.message_post(body=body)
        return True

    def _take_over_invoices(self):
        first = self.invoice_ids[:1]
        if not first:
            raise UserError(self.env._("Certificate %s has no invoice left: delete it.", self.name))
        commands = []
        lines = {line.invoice_line_id: line for line in self.line_ids}
        goods = self.invoice_ids._rcep_goods()
        commands += [Command.delete(line.id) for sold, line in lines.items() if sold not in goods]
        number = len(lines)
        for sold in goods:
            values, line = sold._rcep_certificate_line_values(self), lines.get(sold)
            if line is None:
                if values["quantity"] > 0:
                    number += 1
                    commands.append(Command.create({**values, "number": number}))
            elif not line._is_as_invoiced() or line.unit != values["unit"]:
                commands.append(Command.update(line.id, {name: values[name] for name in OF_INVOICE}))
        self.write({"incoterm": first.invoice_incoterm_id.code, "line_ids": commands})
        self._renumber()


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _failing(self):
        """Goods that were determined and cannot stand on the certificate."""
        return self.filtered(lambda line: line.problem or line.verdict in ("not_originating", "unresolved"))

    def action_leave_off(self):
        """Take the good off the certificate; why, is to be written beside it."""
        for line in self:
            fails = line.summary if line.verdict != "originating" else ""
            line._leave_off(line.left_off_reason or line.problem or fails or "")
        return True

    def action_put_back(self):
        """Put the good back onto the certificate."""
        self._set_left_off(False, False)
        return True

    def _leave_off(self, reason):
        self._set_left_off(True, reason)

    def _set_left_off(self, left_off, reason):
        self.check_access("write")
        certificate = self.certificate_id
        if certificate.state not in certificate_states.EDITABLE:
            raise UserError(certificate._not_from_here())
        # Only these steps take goods off and back on: the numbers follow.
        for line in self:
            result = self.env._("%s was put back on.", line.description)
            if left_off:
                result = self.env._("%s was left off.", line.description)
            if left_off and reason:
                result = self.env._("%(good)s was left off: %(reason)s", good=line.description, reason=reason)
            certificate.message_post(body=result)
        number = 0 if left_off else self[:1].number
        self.sudo().write({"left_off": left_off, "left_off_reason": reason, "number": number})  # as above
        certificate._renumber()

    def _too_much(self):
        """Why more of this good would be certified than was sold, or None."""
        sold = self.invoice_line_id
        most = sold._rcep_certifiable(self.certificate_id)
        if float_compare(self.quantity, most, precision_rounding=sold.product_uom_id.rounding or 1e-6) <= 0:
            return None
        return self.env._(
            "Item %(number)s, %(product)s: %(quantity)s are to be certified, but only %(most)s are left of "
            "%(invoice)s, "
            "less what was credited and what stands on other certificates. Enter the smaller quantity, or leave it "
            "off.",
            number=self.number,
            product=self.product_id.display_name,
            quantity=amounts.exact(self.quantity),
            most=amounts.exact(most),
            invoice=sold.move_id.name,
        )
