"""The way from a posted invoice to its certificate, and back."""

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import float_compare

from ... import groups
from ...states import certificate_states
from ...tools.row_claims import claim
from ...values import amounts
from . import price_floor

RATE_ROUNDING = 1e-9
NO_RATE = 1.0  # what stands on a document of which no rate is known


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "rcep.priced.document"]

    # Of no concern to those who only keep the books: they read and export invoices without these.
    rcep_certificate_ids = fields.Many2many(
        "rcep.certificate", string="Certificates of origin", readonly=True, copy=False, groups=groups.READER
    )
    rcep_certificate_count = fields.Integer(compute="_compute_rcep_certificate", groups=groups.READER)
    rcep_certificate_state = fields.Selection(
        certificate_states.STATES, "Certificate of origin", compute="_compute_rcep_certificate", groups=groups.READER
    )
    rcep_can_certify = fields.Boolean(compute="_compute_rcep_can_certify", groups=groups.CLERK)

    @api.depends("rcep_certificate_ids.state")
    def _compute_rcep_certificate(self):
        for move in self:
            move.rcep_certificate_count = len(move.rcep_certificate_ids)
            move.rcep_certificate_state = move.rcep_certificate_ids.sorted("id", reverse=True)[:1].state

    @api.depends(
        "state", "payment_state", "move_type", "partner_id", "partner_shipping_id", "rcep_certificate_ids.state"
    )
    def _compute_rcep_can_certify(self):
        for move in self:
            move.rcep_can_certify = (
                move.state == "posted" and move.move_type == "out_invoice" and not move._rcep_refusal()
            )

    @api.depends("invoice_line_ids.rcep_price_warning")
    def _compute_rcep_price_warning(self):
        return super()._compute_rcep_price_warning()

    # --- CRUD --------------------------------------------------------------------------------------------
    @api.model
    def default_get(self, fields):
        return super().default_get([name for name in fields if name != "rcep_certificate_ids"])

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            self._rcep_check_untouched(values)
        return super().create(vals_list)

    def write(self, vals):
        self._rcep_check_untouched(vals)
        renamed = "name" in vals and any(move.name != vals["name"] for move in self)
        if renamed or vals.get("state") in ("draft", "cancel"):
            self._rcep_check_not_certified()
        return super().write(vals)

    def _rcep_check_untouched(self, values):
        """Which certificate names which invoice is written from the certificate, where its state is asked."""
        if "rcep_certificate_ids" in values and not self.env.su:
            raise UserError(
                self.env._("A certificate is made from its invoices; none is added or taken away afterwards.")
            )

    # --- actions -----------------------------------------------------------------------------------------
    def action_create_rcep_certificate(self):
        """Make a draft certificate of these invoices: one shipment to one consignee."""
        self.check_access("read")
        self.env["rcep.certificate"].check_access("create")
        self._rcep_lock()
        for move in self:
            refusal = move._rcep_refusal()
            if refusal:
                raise UserError(refusal)
        self._rcep_check_together()
        certificate = self.env["rcep.certificate"].create(self._rcep_certificate_values())
        certificate._determine_lines()
        return certificate._get_records_action(name=self.env._("Certificate of origin"))

    def _rcep_lock(self):
        """No two people make certificates of the same invoices at once: one is first, the other is told."""
        try:
            claim(self.sudo())  # whoever makes certificates may not write invoices
        except LockError as error:
            raise LockError(
                self.env._(
                    "Somebody else is at work on %s just now, perhaps on its certificate: look again in a moment.",
                    ", ".join(self.mapped("name")),
                )
            ) from error

    def action_open_rcep_certificates(self):
        """Show the certificates of this invoice."""
        self.check_access("read")
        self.env["rcep.certificate"].check_access("read")
        return self.rcep_certificate_ids._get_records_action(name=self.env._("Certificates of origin"))

    def button_draft(self):
        self._rcep_check_not_certified()
        return super().button_draft()

    def button_cancel(self):
        self._rcep_check_not_certified()
        return super().button_cancel()

    def _rcep_check_not_certified(self):
        # Whoever resets an invoice need not be allowed to see certificates.
        for certificate in self.sudo().rcep_certificate_ids:
            if certificate.state in certificate_states.LIVE and certificate.state != "draft":
                raise UserError(
                    self.env._(
                        "%(invoice)s is on certificate %(certificate)s, which is %(state)s: take that back first.",
                        invoice=", ".join(certificate.invoice_ids.mapped("name")),
                        certificate=certificate.name,
                        state=certificate._state_name(),
                    )
                )

    def _post(self, soft=True):
        posted = super()._post(soft)
        for refund in posted.filtered(lambda move: move.move_type == "out_refund"):
            invoices = refund._rcep_credited_invoices()
            refund._rcep_warn_credited(invoices)
            if not invoices:
                refund._rcep_ask_certified()
        posted._rcep_note_exported()
        return posted

    def _rcep_note_exported(self):
        """Goods that go to a Party belong to the catalogue, whatever is known of them."""
        exporters = self.env["rcep.origin"]._exporters()
        sold = self.filtered(lambda move: move.move_type == "out_invoice" and move.company_id in exporters)
        abroad = sold.filtered(lambda move: move._rcep_party())
        for company, moves in abroad.grouped("company_id").items():
            # The catalogue is the system's: whoever posts an invoice may not see it.
            self.env["rcep.origin"].sudo()._note(company, moves._rcep_goods().product_id)

    def _rcep_warn_credited(self, invoices):
        """A credited invoice may make a certificate untrue: its signer is told."""
        # Who credits an invoice need not be allowed to see certificates.
        certificates = invoices.sudo().rcep_certificate_ids
        for certificate in certificates.filtered(lambda each: each.state in certificate_states.LIVE):
            certificate.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=self.env._("Invoice credited"),
                note=certificate._credited(self),
                user_id=(certificate.signer_id or certificate.create_uid).id,
            )

    # --- what may be certified ---------------------------------------------------------------------------
    def _rcep_refusal(self, certificate=None):
        """Why no certificate can be made of this invoice, or why this one cannot be approved: a sentence, or None."""
        self.ensure_one()
        unfit = self._rcep_unfit()
        if unfit:
            return unfit
        # Whoever replaces a certificate is on the same invoices as the one that it takes the place of.
        allowed = certificate | certificate.old_certificate_id if certificate else self.env["rcep.certificate"]
        if not self._rcep_party():
            return self.env._(
                "%(invoice)s goes to %(country)s, which is not a Party that RCEP goods can be exported to: no "
                "certificate is needed, or the customer's country is wrong.",
                invoice=self.name,
                country=self._rcep_country().name or self.env._("a customer without a country"),
            )
        goods = self._rcep_goods()
        if not goods:
            return self.env._("%s has no line with goods: services need no certificate of origin.", self.name)
        if not any(line._rcep_certifiable(allowed) for line in goods):
            live = self.rcep_certificate_ids.filtered(
                lambda each: each.state in certificate_states.LIVE and each not in allowed
            )
            if not live:
                return self.env._("%s was credited in full: there is nothing to certify.", self.name)
            return self.env._(
                "%(invoice)s is already on certificate %(certificate)s: go on with that one.",
                invoice=self.name,
                certificate=live[0].name,
            )
        return None

    def _rcep_unfit(self):
        """Why this is no invoice that stands, or None."""
        if self.move_type != "out_invoice":
            return self.env._(
                "%s is no customer invoice: certificates are made of customer invoices.", self.display_name
            )
        if self.state != "posted":
            return self.env._("%s is not confirmed: confirm the invoice first.", self.display_name)
        if self.payment_state == "reversed":
            return self.env._("%s was credited in full: there is nothing to certify.", self.name)
        return None

    def _rcep_check_together(self):
        if len(self.mapped("commercial_partner_id")) > 1 or len(self.currency_id) > 1 or len(self.company_id) > 1:
            raise UserError(
                self.env._("These invoices differ in customer, currency or company: certify them one by one.")
            )
        if len({(move._rcep_party(), move.invoice_incoterm_id) for move in self}) > 1:
            raise UserError(self.env._("These invoices differ in destination or price term: certify them one by one."))
        if len({move.partner_shipping_id or move.partner_id for move in self}) > 1:
            raise UserError(
                self.env._(
                    "These invoices are delivered to several addresses (%s), but a certificate names one consignee "
                    "and one "
                    "shipment: certify them one by one.",
                    "; ".join(sorted({(move.partner_shipping_id or move.partner_id).display_name for move in self})),
                )
            )
        for move in self:
            # raises where no rate is recorded on the day
            move._rcep_rate()

    def _rcep_rate(self):
        """How much of the company's currency one unit of the document's is worth, as the document itself says.

        A rate that somebody set by hand counts; else that of the table, exactly. 1 is nobody's word: Odoo writes it
        where the table has no rate, and it stays there when one is entered later.

        :raises UserError: where neither is there
        """
        self.ensure_one()
        own, date = self.invoice_currency_rate, self.invoice_date or amounts.today()
        is_one = not own or not float_compare(own, NO_RATE, precision_rounding=RATE_ROUNDING)
        by_hand = not is_one and float_compare(own, self.expected_currency_rate, precision_rounding=RATE_ROUNDING)
        if self.currency_id != self.company_id.currency_id and by_hand:
            return 1 / amounts.exact(own)
        return self.currency_id._rcep_rate(self.company_id, date)

    def _rcep_country(self):
        return (self.partner_shipping_id or self.partner_id).country_id

    def _rcep_party(self):
        """The importing Party, or an empty record: a Party in force that is not the exporter's own."""
        country = self._rcep_country()
        if country == self.company_id.country_id:
            return self.env["rcep.party"]
        return self.env["rcep.party"]._of_country(country).filtered(lambda party: party.in_force <= self.invoice_date)

    def _rcep_goods(self):
        """Lines that sell goods; a negative quantity takes goods back and is no good to certify."""
        return self.invoice_line_ids.filtered(lambda line: line._rcep_is_good() and line.quantity > 0)

    def _rcep_charges(self, kind):
        """Lines that charge something beside the goods, such as freight.

        :param kind: a key of :data:`..values.price_terms.CHARGES`, False for lines of which nobody has said it
        """
        return self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
            and line.price_subtotal > 0
            and not line._rcep_is_good()
            and line.product_id.rcep_charge == kind
        )

    # --- prices and the floor ----------------------------------------------------------------------------
    def _rcep_price_lines(self):
        return self.invoice_line_ids

    def _rcep_terms(self):
        if self.move_type != "out_invoice" or self.state == "cancel":
            return None
        date = self.invoice_date or amounts.today()
        return price_floor.Terms(self.company_id, self.currency_id, date, self._rcep_country(), self)

    # --- the certificate's first content -----------------------------------------------------------------
    def _rcep_certificate_values(self):
        first = self[0]
        lines = [line._rcep_certificate_line_values() for line in self._rcep_goods()]
        lines = [values for values in lines if values["quantity"] > 0]  # the rest is on other certificates, or credited
        producers = {values["producer_id"] for values in lines}
        return {
            "company_id": first.company_id.id,
            "invoice_ids": [fields.Command.set(self.ids)],
            "partner_id": (first.partner_shipping_id or first.partner_id).id,
            "importing_party_id": first._rcep_party().id,
            "currency_id": first.currency_id.id,
            "incoterm": first.invoice_incoterm_id.code,
            "producer_statement": "several" if len(producers) > 1 else "named",
            "line_ids": [
                fields.Command.create({**values, "number": number}) for number, values in enumerate(lines, start=1)
            ],
        }
