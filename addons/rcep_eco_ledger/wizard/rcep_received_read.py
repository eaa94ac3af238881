"""Read a certificate that was received from the page behind its QR code, or from the file that the page gives."""

import base64

from odoo import Command, api, fields, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.groups import CLERK
from odoo.addons.rcep_eco.texts import explanations
from odoo.addons.rcep_eco.tools.languages import ENGLISH
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import AccessError, UserError

from ..reading import public_record

LONGEST = 256 * 1024  # bytes of a file
FOUND = [("valid", "Valid"), ("expired", "Expired")]


class RcepReceivedRead(models.TransientModel):
    _name = "rcep.received.read"
    _description = "Read a certificate received"

    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one("res.partner", "Received from", help="The firm on whose website the page is.")
    code = fields.Char(
        "What the QR code holds",
        help="The address of the page, with or without the digits behind it: by the camera, from a picture or a PDF, "
        "or typed.",
    )
    file = fields.Binary("File of the page", help="The page's own data, its address with “.json” behind it, as saved.")
    file_name = fields.Char()
    is_read = fields.Boolean("Was read", readonly=True)
    address = fields.Char("Read at", readonly=True)
    found = fields.Selection(FOUND, "State there", readonly=True)
    name = fields.Char("Number", readonly=True)
    exporter = fields.Char(readonly=True)
    kind = fields.Char(readonly=True)
    issued_on = fields.Date(readonly=True)
    valid_until = fields.Date(readonly=True)
    party_id = fields.Many2one("rcep.party", "Issued in", compute="_compute_party_id", store=True, readonly=False)
    importing_party_id = fields.Many2one("rcep.party", "Issued for import into", readonly=True)
    line_ids = fields.One2many("rcep.received.read.line", "read_id", "Goods")

    @api.depends("partner_id")
    def _compute_party_id(self):
        for reading in self:
            reading.party_id = self.env["rcep.party"]._of_country(reading.partner_id.country_id)

    def _check_clerk(self):
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.has_group(CLERK):
            raise AccessError(self.env._("Certificates received are entered by who prepares certificates: ask one."))

    def action_read(self):
        """Show what the page says; nothing is recorded yet."""
        self._check_clerk()
        page, address = self._page()
        if page.state == public_record.SPECIMEN:
            words = self.env._("%s is a specimen, issued over a test connection: it counts nowhere.")
            raise UserError(words % page.number)
        if page.state in public_record.CANCELLED:
            words = self.env._("Its page says that %s was cancelled or replaced: nothing can rest on it.")
            raise UserError(words % page.number)
        if not (page.issued_on and page.valid_until):
            raise UserError(self.env._("The page of %s does not say from when to when it holds.", page.number))
        parties = {party.code: party for party in self.env["rcep.party"].search([])}
        self.write(
            {
                "is_read": True, "address": address, "found": page.state, "name": page.number,
                "exporter": page.exporter, "issued_on": page.issued_on, "valid_until": page.valid_until,
                "kind": "back_to_back" if page.is_back_to_back else "certificate",
                "importing_party_id": parties[page.importing_party].id if page.importing_party in parties else False,
                "line_ids": [Command.clear(), *(Command.create(self._line(good, parties)) for good in page.goods)],
            }
        )  # fmt: skip
        return self._get_records_action(name=self.env._("Read a certificate received"), target="new")

    def _page(self):
        """
        :return: (:class:`public_record.PublicRecord`, the address where it was read; a file was read nowhere)
        :raises UserError: where there is nothing to read
        """
        certificates = self.env["rcep.received.certificate"]
        if self.code:
            if not self.partner_id:
                words = self.env._("Choose first from whom it was received: only that firm's website is asked.")
                raise UserError(words)
            address = certificates._page_on(self.code, self.partner_id)
            page = certificates._ask_page(address)
            if not page:
                raise UserError(self.env._("%s knows no such certificate.", link.addresses.host_of(address)))
            return page, address
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        if not content:
            raise UserError(self.env._("Enter what the QR code holds, or choose the file."))
        try:
            if len(content) > LONGEST:
                raise public_record.Odd
            return public_record.record_of(content), False
        except public_record.Odd as error:
            words = self.env._(
                "“%s” is not what the page of a certificate gives: save its address with “.json” behind it."
            )
            raise UserError(words % (self.file_name or "")) from error

    def _line(self, good, parties):
        places = self.line_ids._fields["quantity"].get_digits(self.env)[1]
        if round(good.quantity, places) != good.quantity:  # rounded up, more would be drawn than was certified
            words = self.env._(
                "Item %(item)s, %(good)s: %(quantity)s has more decimals than the %(places)s that Odoo keeps: have "
                "more kept, or enter it by hand in a smaller unit."
            )
            facts = {"item": good.number, "good": good.description, "places": places}
            raise UserError(words % {**facts, "quantity": f"{amounts.text(good.quantity)} {good.unit}"})
        return {
            "number": good.number, "hs6": good.hs6, "description": good.description, "criterion": good.criterion,
            "uses_acu": good.uses_acu, "uses_dmi": good.uses_dmi, "origin_mark": good.mark or False,
            "origin_party_id": parties[good.origin].id if good.origin in parties else False,
            "quantity": float(good.quantity), "unit": good.unit,
        }  # fmt: skip

    def action_record(self):
        """Enter it as a draft, with our goods beside its items; it counts once somebody has checked it."""
        self._check_clerk()
        if not self.is_read:
            return self.action_read()
        needed = {
            "partner_id": self.env._("from whom it was received"),
            "party_id": self.env._("the Party that issued it"),
            "importing_party_id": self.env._("the importing Party"),
        }
        lacking = [label for name, label in needed.items() if not self[name]]
        if lacking:
            raise UserError(self.env._("Enter %s.", ", ".join(lacking)))
        for line in self.line_ids:
            line._check_ours()
        record = self.env["rcep.received.certificate"].create(
            {
                "name": self.name, "company_id": self.company_id.id, "kind": self.kind,
                "partner_id": self.partner_id.id, "party_id": self.party_id.id,
                "importing_party_id": self.importing_party_id.id, "issued_on": self.issued_on,
                "valid_until": self.valid_until, "looked_up_at": self.address,
                "line_ids": [Command.create(line._item()) for line in self.line_ids],
            }
        )  # fmt: skip
        words = self.env._(
            "Read from %s: the exporter's word. Look it up with its issuing body, and upload the original."
        )
        record.message_post(body=words % (self.address or self.file_name or ""))
        return record._get_records_action(name=self.env._("Certificate received"))


class RcepReceivedReadLine(models.TransientModel):
    _name = "rcep.received.read.line"
    _description = "Item of a certificate that is read"
    _order = "number, id"

    read_id = fields.Many2one("rcep.received.read", required=True, ondelete="cascade")
    number = fields.Integer("Item", readonly=True)
    hs6 = fields.Char("HS code", readonly=True)
    description = fields.Char(readonly=True)
    criterion = fields.Selection(explanations.CRITERIA, readonly=True)
    uses_acu = fields.Boolean("ACU", readonly=True)
    uses_dmi = fields.Boolean("DMI", readonly=True)
    origin_mark = fields.Char("Mark", readonly=True)
    origin_party_id = fields.Many2one("rcep.party", "Originates in", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    unit = fields.Char("Unit there", readonly=True)
    product_id = fields.Many2one("product.product", "Our good", help="What we call it.")
    uom_id = fields.Many2one(
        "uom.uom", "Our unit", compute="_compute_uom_id", store=True, readonly=False,
        help="Of what the original counts; a good's own unit where that is the same one.",
    )  # fmt: skip

    @api.depends("product_id")
    def _compute_uom_id(self):
        for line in self:
            own = line.product_id.uom_id.with_context(lang=ENGLISH)
            theirs = link.units.code(line.unit or "")
            line.uom_id = own if theirs and link.units.code(own.name or "") == theirs else False

    def _check_ours(self):
        if not self.product_id:
            raise UserError(self.env._("Item %(item)s, %(good)s: choose which good of ours it is.", item=self.number,
                                       good=self.description))  # fmt: skip
        if not self.uom_id:
            raise UserError(self.env._("Item %(item)s is counted in %(unit)s: choose that unit.", item=self.number,
                                       unit=self.unit))  # fmt: skip
        if not self.origin_party_id:
            raise UserError(self.env._("Item %s originates in no Party: it is no good of RCEP.", self.number))

    def _item(self):
        return {
            "number": self.number, "product_id": self.product_id.id, "hs6": self.hs6, "description": self.description,
            "criterion": self.criterion, "uses_acu": self.uses_acu, "uses_dmi": self.uses_dmi,
            "origin_mark": self.origin_mark, "origin_party_id": self.origin_party_id.id, "quantity": self.quantity,
            "uom_id": self.uom_id.id,
        }  # fmt: skip
