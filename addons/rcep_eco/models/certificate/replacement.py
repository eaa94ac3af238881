"""A certificate that takes the place of an issued one: amended or reissued, with the old number and the reason."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ... import groups, link
from ...states import certificate_states
from ...values import amounts


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    true_copy_on = fields.Date(
        "Certified true copy of", readonly=True, copy=False, help="Box 14: when the issuing body certified a copy."
    )
    change_text = fields.Text(
        "What changes", compute="_compute_change_text", help="Against the earlier certificate: was, is, in which box."
    )

    @api.depends("old_certificate_id", "state", "line_ids.quantity", "line_ids.description", "line_ids.marks")
    def _compute_change_text(self):
        for certificate in self:
            certificate.change_text = certificate.sudo()._changes() if certificate.old_certificate_id else False

    def _changes(self):
        """What differs from the earlier certificate, in one English line for the issuing body."""
        old = self.old_certificate_id
        found = link.changes.changes(old._application(), self._application())
        return link.changes.text(found)

    def _note_true_copy(self, day, reason):
        """The issuing body certified a copy of the lost original: the print says so from now on (Art. 3.17.9)."""
        self.check_access("write")
        self._lock()
        last = min(self._issued_on() + link.application_kinds.YEAR, self.valid_until) if self.issued_at else None
        if self.state != "issued" or not last:
            raise UserError(self._not_from_here())
        if not day or not self._issued_on() <= day <= last or day > amounts.today():
            raise UserError(
                self.env._(
                    "A copy of certificate %(name)s is certified between %(first)s and %(last)s, and not in the future "
                    "(Art. 3.17.9): correct the day.",
                    name=self.name,
                    first=self._issued_on(),
                    last=last,
                )
            )
        self._write_moved(true_copy_on=day)
        self.message_post(body=self.env._("Certified true copy of %(day)s: %(reason)s", day=day, reason=reason))

    def action_replace(self):
        """Ask what happened to the issued certificate, and start what mends it."""
        self._check_may_replace()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What happened?"),
            "res_model": "rcep.certificate.replace",
            "view_mode": "form",
            "target": "new",
            "context": {"default_certificate_id": self.id},
        }

    def _replacement_problems(self):
        """Why this cannot take the place of the earlier certificate any more."""
        old = self.old_certificate_id
        if not old or old.state == "issued":
            return
        yield self.env._(
            "Certificate %(old)s is %(state)s, so nothing can take its place: make a new certificate from the invoice.",
            old=old.name,
            state=old._state_name(),
        )

    def _check_may_replace(self):
        self.ensure_one()
        self.check_access("write")
        if self.state != "issued":
            raise UserError(
                self.env._("Certificate %s is not issued: only an issued one can be replaced.", self.name)
            )
        if not self.env.user.has_group(groups.CLERK):
            raise AccessError(self.env._("Only who makes certificates may replace %s: ask one.", self.name))
        waiting = self.successor_ids.filtered(lambda each: each.state in certificate_states.LIVE)
        if waiting:
            raise UserError(
                self.env._(
                    "%(new)s is to take the place of %(old)s already: go on with that one.",
                    new=waiting[0].name,
                    old=self.name,
                )
            )

    def _replacement(self, kind, reason):
        """The draft that takes the place of this certificate, with the same content, to be corrected."""
        self._lock()
        self._check_may_replace()
        # Which invoices a certificate is on is written by its own steps; the clerk may make certificates of them.
        invoices = self.sudo().invoice_ids._rcep_as_corrected()
        invoices._rcep_lock()
        corrected = invoices != self.sudo().invoice_ids
        if corrected and kind == "reissued":
            raise UserError(
                self.env._(
                    "The goods stand on %(invoices)s now, so certificate %(name)s is not only reissued: choose an "
                    "amended one.",
                    invoices=", ".join(invoices.mapped("name")),
                    name=self.name,
                )
            )
        contents = self.line_ids._content_on(invoices) if corrected else self.line_ids._content()
        new = self.sudo().copy(
            {
                "old_reason": reason,
                "company_id": self.company_id.id,
                "invoice_ids": [fields.Command.set(invoices.ids)],
                "incoterm": invoices[:1].invoice_incoterm_id.code,
                "line_ids": [fields.Command.create(values) for values in contents],
            }
        )
        new._write_moved(kind=kind, old_certificate_id=self.id)
        new = new.with_env(self.env)
        new._determine_lines()
        self.message_post(body=self.env._("%s is to take its place.", new._get_html_link()))
        return new


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _content_on(self, invoices):
        """The goods of invoices that were made instead of the certificate's, with what people typed of each before."""
        typed = {values["product_id"]: values for values in self._content()}
        names = (
            "description", "description_zh", "marks", "packages_kind", "producer_id", "origin_party_id", "origin_mark",
        )  # fmt: skip
        sentences = []
        for sold in invoices.sudo()._rcep_goods():  # a clerk of certificates may not read every invoice
            values = sold._rcep_certificate_line_values(self.certificate_id)
            before = typed.get(sold.product_id.id, {})
            facts = {name: before[name] for name in names if name in before}
            sentences.append({**values, **facts, "number": len(sentences) + 1})
        return sentences

    def _content(self):
        """What people and the invoice say of each good, without what is determined."""
        names = (
            "number", "description", "description_zh", "marks", "packages_count", "packages_kind", "quantity", "unit",
            "gross_weight", "in_appendix", "origin_mark",
        )  # fmt: skip
        linked = ("invoice_line_id", "product_id", "producer_id", "origin_party_id")
        return [
            {**{name: line[name] for name in names}, **{name: line[name].id for name in linked}}
            for line in self.sudo()  # lines name invoice lines, which a clerk of certificates may not read
        ]
