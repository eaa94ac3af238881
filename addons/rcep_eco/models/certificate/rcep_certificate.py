"""A certificate of origin, from the invoice to its end: its content, and the one way in which its state moves."""

import uuid

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError, ValidationError

from ...states import certificate_states, message_states
from ...tools.row_claims import claim
from ...values import amounts
from ..platform.rcep_platform import ENVIRONMENTS

MEANS = [("sea", "By sea"), ("air", "By air"), ("rail", "By rail"), ("road", "By road"), ("post", "By post")]
PRODUCER_STATEMENTS = [
    ("named", "Named"),
    ("several", "Several: SEE BOX 8"),
    ("confidential", "CONFIDENTIAL"),
    ("unknown", "NOT AVAILABLE"),
]
KINDS = [
    ("new", "New"),
    ("amended", "Amended"),
    ("reissued", "Reissued"),
    ("amended_reissued", "Amended and reissued"),
]

YEARS = range(2000, 2100)  # of a shipment; days far from these are no days once somebody counts from them

# What only a move may write.
MOVED = {
    "state", "client_ref", "signer_id", "declaration_date", "environment", "revision", "sequence", "certificate_no",
    "certificate_ref", "issued_at", "valid_until", "issuer_check_url", "print_state", "returned_coded", "document",
    "company_id", "name", "kind", "old_certificate_id", "application", "sale", "page_token", "true_copy_on",
    "original_state", "original_sent_on", "cited_declaration_ids",
}  # fmt: skip
# What a user may change at any time: it is not on the certificate.
FREE = {"activity_ids", "arrival_date", "attachment_line_ids", "courier_number", "message_follower_ids", "message_ids",
        "message_main_attachment_id", "message_partner_ids"}  # fmt: skip


class RcepCertificate(models.Model):
    _name = "rcep.certificate"
    _description = "Certificate of origin"
    _inherit = ["rcep.moves.mixin", "rcep.reader.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _moves = certificate_states.MOVES
    _moved = MOVED
    _set_at_creation = frozenset({"name", "company_id", "client_ref"})
    _initial_values = {"state": "draft", "kind": "new"}

    name = fields.Char("Reference", readonly=True, required=True, copy=False, default=lambda self: self.env._("New"))
    client_ref = fields.Char(
        "Reference at the platform", readonly=True, required=True, copy=False, default=lambda self: str(uuid.uuid4())
    )
    state = fields.Selection(
        certificate_states.STATES, default="draft", required=True, readonly=True, copy=False, tracking=True
    )
    company_id = fields.Many2one("res.company", "Exporter", required=True, readonly=True, index=True)
    invoice_ids = fields.Many2many("account.move", string="Invoices", readonly=True, copy=False)
    invoice_numbers = fields.Char("Invoice numbers", compute="_compute_invoice_numbers", compute_sudo=True)
    partner_id = fields.Many2one("res.partner", "Consignee", required=True, help="Box 2: in the importing Party.")
    importing_party_id = fields.Many2one("rcep.party", required=True)
    line_ids = fields.One2many("rcep.certificate.line", "certificate_id", "Goods")
    currency_id = fields.Many2one("res.currency", readonly=True)

    # Box 4
    departure_date = fields.Date("Departure", help="Box 4. Leave empty before shipment: the form then says ***.")
    means = fields.Selection(MEANS, "Means of transport", default="sea")
    vessel = fields.Char("Vessel, flight or train")
    port_loading = fields.Char("Port of loading")
    port_discharge = fields.Char("Port of discharge")

    # From the prices of the invoice to FOB
    incoterm = fields.Char("Price term", readonly=True, help=(
        "The Incoterm of the invoice: it says what the price holds beyond the goods, and so how the "
        "FOB value is reached."
    ))
    freight_amount = fields.Monetary("Freight in the prices", help="Taken out of the prices: the FOB value has none.")
    insurance_amount = fields.Monetary("Insurance in the prices", help="Taken out of the prices.")
    duty_amount = fields.Monetary("Duty and taxes in the prices", help="Of the importing country; taken out.")
    inland_amount = fields.Monetary(
        "Costs up to loading", help="Of goods sold ex works: added, since the FOB value holds them."
    )

    # What this application is, and which certificate it takes the place of (box 14)
    kind = fields.Selection(KINDS, "Application", default="new", required=True, readonly=True, copy=False)
    old_certificate_id = fields.Many2one(
        "rcep.certificate", "Takes the place of", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    old_reason = fields.Char("Why", copy=False, help="Why it takes the place of the earlier certificate.")
    successor_ids = fields.One2many("rcep.certificate", "old_certificate_id", "Successors", readonly=True)

    # Boxes 3, 14, 15, 17
    producer_statement = fields.Selection(PRODUCER_STATEMENTS, "Producer in box 3", default="named", required=True)
    third_party_name = fields.Char("Invoice issued by", help="Third-party invoicing: who issued it. Boxes 14 and 17.")
    third_party_country_id = fields.Many2one("res.country", "Its country")
    invoice_issuer = fields.Selection(
        [("exporter", "Our own"), ("third_party", "A third party's")],
        "Invoice that customs see",
        help="Where the bill goes to another country than the goods. Boxes 13, 14 and 17.",
    )
    third_party_invoice = fields.Char("Its number", help="Box 13: the third party's invoice, where it is known.")
    third_party_invoice_date = fields.Date("Its date")
    remarks = fields.Char(help=(
        "Box 14: what customs or the customer's bank are to read on the form, such as a third "
        "party's invoice."
    ))
    retroactive = fields.Boolean("Issued retroactively", compute="_compute_retroactive", help=(
        "Box 17 is ticked where the certificate is issued after shipment (Art. 3.17): by the day of "
        "departure and the day of declaration."
    ))
    signer_id = fields.Many2one("res.users", readonly=True, copy=False, help="Who approved it: box 15.")
    declaration_date = fields.Date(readonly=True, copy=False, help=(
        "Box 15: the day on which the signer declares that what stands here is correct; set on "
        "approval."
    ))

    # What the platform said
    environment = fields.Selection(ENVIRONMENTS, readonly=True, copy=False)
    revision = fields.Integer(readonly=True, copy=False)
    sequence = fields.Integer("Last event", readonly=True, copy=False)
    certificate_no = fields.Char("Certificate number", readonly=True, copy=False, tracking=True)
    certificate_ref = fields.Char("Identity at the issuing body", readonly=True, copy=False)
    issued_at = fields.Datetime("Issued", readonly=True, copy=False)
    valid_until = fields.Date(readonly=True, copy=False)
    issuer_check_url = fields.Char("Issuing body's check page", readonly=True, copy=False)
    print_state = fields.Selection(
        [("not_printed", "Not printed"), ("printed", "Printed"), ("transmitted", "Transmitted")],
        readonly=True,
        copy=False,
    )
    # Not as an attachment: that could be written by whoever may write the certificate, past its lock.
    document = fields.Binary("Document of the issuing body", attachment=False, readonly=True, copy=False)
    document_name = fields.Char(compute="_compute_document_name")
    # Here and not with the page: what was printed leads there again where the website was taken away and came back.
    page_token = fields.Char("Token of its public page", readonly=True, copy=False)
    message_line_ids = fields.One2many("rcep.platform.message", "certificate_id", "Messages to the platform")
    transport_state = fields.Selection(
        message_states.STATES, "Delivery to the platform", compute="_compute_transport_state"
    )

    is_expired = fields.Boolean(compute="_compute_is_expired", search="_search_is_expired")
    is_specimen = fields.Boolean(compute="_compute_is_specimen")
    public_state = fields.Char(compute="_compute_public_state")
    problems = fields.Html(compute="_compute_problems", sanitize=False)
    warnings = fields.Text(compute="_compute_warnings")
    advice = fields.Text(compute="_compute_advice", help="What importing customs may ask about.")

    _amounts = models.Constraint(
        "CHECK(freight_amount >= 0 AND insurance_amount >= 0 AND inland_amount >= 0 AND duty_amount >= 0)",
        "Freight, insurance, duty and costs up to loading are zero or more.",
    )
    _client_ref_unique = models.Constraint("UNIQUE(client_ref)", "This reference is in use.")

    def _goods(self):
        """The goods that stand on the certificate; the others were left off."""
        return self.line_ids.filtered(lambda line: not line.left_off)

    # --- computed ----------------------------------------------------------------------------------------
    @api.depends("invoice_ids.name")
    def _compute_invoice_numbers(self):
        # For all who read certificates; invoices themselves they may not be allowed to read.
        for certificate in self:
            certificate.invoice_numbers = ", ".join(certificate.invoice_ids.mapped("name"))

    @api.depends("departure_date", "declaration_date")
    def _compute_retroactive(self):
        for certificate in self:
            declared = certificate.declaration_date or amounts.today()
            certificate.retroactive = bool(certificate.departure_date and certificate.departure_date < declared)

    @api.depends("message_line_ids.state")
    def _compute_transport_state(self):
        for certificate in self:
            certificate.transport_state = certificate.message_line_ids[:1].state

    @api.depends("environment")
    def _compute_is_specimen(self):
        for certificate in self:
            certificate.is_specimen = certificate.environment != "production"

    @api.depends("state", "environment", "valid_until")
    def _compute_public_state(self):
        for certificate in self:
            certificate.public_state = certificate._public_state()

    @api.depends("state", "valid_until")
    def _compute_is_expired(self):
        today = amounts.today()
        for certificate in self:
            ended = certificate.valid_until and certificate.valid_until < today
            certificate.is_expired = bool(certificate.state == "issued" and ended)

    def _search_is_expired(self, operator, value):
        if operator != "in":
            return NotImplemented
        expired = [("state", "=", "issued"), ("valid_until", "<", amounts.today())]
        domains = [expired if each else ["!", "&", *expired] for each in value]
        return fields.Domain.OR(domains)

    def _issued_on(self):
        """The day that stands on the certificate, or None."""
        return amounts.issuing_day(self.issued_at) if self.issued_at else None

    def _public_state(self):
        """What the public is told, False where nothing is public."""
        known = self._would_read()
        return "specimen" if known and self.is_specimen else known

    def _would_read(self):
        """What the public page would say if no certificate were a specimen."""
        return "expired" if self.is_expired else certificate_states.PUBLIC.get(self.state, False)

    @api.depends("certificate_no")
    def _compute_document_name(self):
        for certificate in self:
            number = (certificate.certificate_no or certificate.name).replace("/", "-")
            certificate.document_name = f"{number}.pdf"

    @api.depends("invoice_ids.reversal_move_ids.state", "invoice_ids.payment_state", "state")
    def _compute_warnings(self):
        for certificate in self:
            # Whoever reads the certificate may not read invoices; the number of a credit note is told all the same.
            notes = certificate.sudo().invoice_ids._rcep_credit_notes()
            certificate.warnings = certificate._credited(notes) if notes else False

    def _credited(self, notes):
        return self.env._(
            "%(invoices)s was credited by %(notes)s: the goods or values of this certificate may be wrong. Check them, "
            "and ask the issuing body to take the certificate back if they are.",
            invoices=", ".join(self.sudo().invoice_ids.mapped("name")),
            notes=", ".join(notes.mapped("name")),
        )

    # --- CRUD --------------------------------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            company = self.env["res.company"].browse(values.setdefault("company_id", self.env.company.id))
            values["client_ref"] = str(uuid.uuid4())  # never what a request says: of what else might it be the name?
            values["name"] = self.env["ir.sequence"].with_company(company).next_by_code("rcep.certificate")
        return super().create(vals_list)

    def write(self, vals):
        self._check_moved(vals)  # before it is asked whether the content may be changed
        content = vals.keys() - self._moved - FREE
        locked = (
            self.filtered(lambda certificate: certificate.state not in certificate_states.EDITABLE) if content else ()
        )
        for certificate in locked:
            raise UserError(
                self.env._(
                    "Certificate %(name)s is %(state)s and cannot be changed: take it back to draft first.",
                    name=certificate.name,
                    state=certificate._state_name(),
                )
            )
        return super().write(vals)

    @api.constrains("departure_date", "arrival_date")
    def _check_days(self):
        for certificate in self:
            for day in filter(None, (certificate.departure_date, certificate.arrival_date)):
                if day.year not in YEARS:
                    raise ValidationError(self.env._("%s is no day of a shipment: correct the year.", day))

    @api.constrains("invoice_ids", "company_id", "currency_id", "incoterm")
    def _check_as_invoiced(self):
        for certificate in self.sudo():  # of whatever company an invoice is
            for invoice in certificate.invoice_ids:
                if not certificate._is_as(invoice):
                    raise UserError(certificate._not_as(invoice))

    def _is_as(self, invoice):
        term = invoice.invoice_incoterm_id.code or ""
        terms = invoice.company_id, invoice.currency_id, term
        return terms == (self.company_id, self.currency_id, self.incoterm or "")

    def _not_as(self, invoice):
        return self.env._(
            "Certificate %(name)s differs from %(invoice)s in company, currency or price term: press “Update from "
            "invoice”.",
            name=self.name,
            invoice=invoice.name,
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for certificate in self.filtered(lambda each: each.state != "draft" or each.revision):
            raise UserError(
                self.env._("Certificate %s has been with the platform or is approved: it is kept.", certificate.name)
            )

    # --- actions -----------------------------------------------------------------------------------------
    def action_check(self):
        """Determine the goods anew and look at everything; what is missing stands on the certificate."""
        self.check_access("write")  # the determination is kept by the system, for whoever may change the certificate
        self._determine_lines()
        self.invalidate_recordset(["problems"])
        return True

    def action_draft(self):
        """Back to draft, to be changed."""
        self.check_access("write")
        self._lock()
        self._move("draft", signer_id=False, declaration_date=False, application=False, sale=False)
        return True

    def action_open_invoices(self):
        """Show the invoices of this certificate."""
        self.check_access("read")
        return self.invoice_ids._get_records_action(name=self.env._("Invoices"))

    def _lock(self):
        """No two people, and no event of the platform, work on one certificate at once."""
        try:
            claim(self.sudo())  # only that nobody else has it
        except LockError as error:
            raise LockError(
                self.env._(
                    "Somebody else, or the platform, is at work on certificate %s just now: try again in a moment.",
                    ", ".join(self.mapped("name")),
                )
            ) from error
