"""Shares of a certificate of ours: what each of several buyers got of the goods that it names.

A share is our own statement, with a page of its own; customs decide on the certificate itself. All shares together
never say more than the certificate, whoever makes them, and none says anything of another.
"""

import datetime
import secrets

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.models.base.rcep_signed_link import OF_THE_LINK
from odoo.addons.rcep_eco.tools import public_words
from odoo.addons.rcep_eco.tools.row_claims import claim
from odoo.addons.rcep_eco.values import amounts, qr_code
from odoo.exceptions import LockError, UserError
from odoo.fields import Command

RECORDS_YEARS = 3  # from the issue of the certificate an exporter keeps what shows its origin (Art. 3.27)
NUMBERS = range(1000, 10_000)  # by chance: a number tells nobody how many other shares there are
NOT_IN_FORCE = ("cancelled", "replaced")
TEMPLATE = "rcep_eco_ledger.mail_template_share"
# What page and print say; what decides stands in English beside words that nobody has confirmed.
ROOM = public_words.Room(
    "rcep_eco_ledger/words/share",
    decisive=("withdrawn", "specimen", "cancelled", "replaced", "expired", "valid", "statement"),
)


class RcepShare(models.Model):
    _name = "rcep.share"
    _description = "Share of a certificate"
    _inherit = ["rcep.signed.link.mixin", "rcep.reader.mixin", "mail.thread"]
    _order = "id desc"
    _mail_room = public_words.Room("rcep_eco_ledger/words/mail")
    _link_scope = "rcep_eco_ledger.share"
    _link_path = "/rcep/share"
    _given = frozenset({"certificate_id", "partner_id"})
    _steps = OF_THE_LINK | _given | {"number", "given_on", "withdrawn_on"}

    certificate_id = fields.Many2one(
        "rcep.certificate", required=True, index=True, ondelete="restrict", domain=[("state", "=", "issued")]
    )
    company_id = fields.Many2one(related="certificate_id.company_id", store=True, index=True)
    certificate_state = fields.Selection(related="certificate_id.state", string="State of the certificate")
    number = fields.Integer("Share", readonly=True, copy=False, help="By chance: it tells nobody how many others are.")
    partner_id = fields.Many2one("res.partner", "Buyer", required=True, index=True, ondelete="restrict")
    line_ids = fields.One2many("rcep.share.line", "share_id", "Goods", copy=False)
    note = fields.Text(help="For us; it is not on the page.")
    state = fields.Selection([("given", "Given"), ("withdrawn", "Withdrawn")], compute="_compute_state")
    given_on = fields.Datetime(readonly=True, copy=False)
    withdrawn_on = fields.Datetime(readonly=True, copy=False)
    link = fields.Char("Page", help="Whoever has this address sees the share, and nothing of another.")

    _number_unique = models.Constraint("UNIQUE(certificate_id, number)", "This number of a share is in use.")

    # --- computed ----------------------------------------------------------------------------------------
    @api.depends("is_revoked")
    def _compute_state(self):
        for share in self:
            share.state = "withdrawn" if share.is_revoked else "given"

    @api.depends("number", "certificate_id.certificate_no")
    def _compute_display_name(self):
        for share in self:
            certificate = share.certificate_id
            named = certificate.certificate_no or certificate.name
            share.display_name = f"{named} / {share.number}" if share.number else self.env._("New share")

    def _is_alive(self):
        """A share that was withdrawn keeps its page, which says so."""
        return bool(self.given_on) and self.expires_on > fields.Datetime.now()

    # --- CRUD --------------------------------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:  # goods without a quantity were offered, and not chosen
            lines = values.get("line_ids") or []
            values["line_ids"] = [each for each in lines if each[0] != Command.CREATE or each[2].get("quantity")]
        shares = super().create(vals_list)
        shares.certificate_id._claim_for_shares()  # before it is counted what is left
        for share in shares:
            share._check_can_be_given()
            share._give()
        shares.line_ids.certificate_line_id._check_shared()
        return shares

    @api.model
    def default_get(self, fields):
        """Of a certificate that is known, its goods are offered, each without a quantity."""
        values = super().default_get(fields)
        if "line_ids" in fields and values.get("certificate_id"):
            certificate = self.env["rcep.certificate"].browse(values["certificate_id"])
            goods = certificate._goods().filtered(lambda each: each.unshared > 0)
            values["line_ids"] = [Command.create({"certificate_line_id": good.id, "quantity": 0}) for good in goods]
        return values

    def _check_can_be_given(self):
        """
        :raises UserError: where its certificate is not in force, or no quantity is named
        """
        certificate = self.certificate_id
        if certificate.state != "issued" or certificate.is_expired:
            words = self.env._(
                "Certificate %(name)s is %(state)s: shares are given of one that is issued and in force."
            )
            state = self.env._("expired") if certificate.is_expired else certificate._state_name()
            raise UserError(words % {"name": certificate.display_name, "state": state})
        if not self.line_ids:
            words = self.env._("The share for %s names no quantity: enter one for a good at least.")
            raise UserError(words % self.partner_id.display_name)

    def _give(self):
        """It has its number and its page from now on, and its goods are fixed."""
        # Numbers only; of whichever company they are.
        taken = set(self.search([("certificate_id", "=", self.certificate_id.id)]).mapped("number"))
        free = [number for number in NUMBERS if number not in taken]
        if not free:
            words = self.env._("Certificate %s has all the shares that it can have.")
            raise UserError(words % self.certificate_id.name)
        ends = (self.certificate_id._issued_on() or amounts.today()) + relativedelta(years=RECORDS_YEARS)
        self._step(
            number=secrets.choice(free),
            given_on=fields.Datetime.now(),
            expires_on=datetime.datetime.combine(ends, datetime.time()),
        )

    # --- actions -----------------------------------------------------------------------------------------
    def action_withdraw(self):
        """Its page says from now on that it counts no more, and its quantities can be shared anew."""
        self.check_access("write")
        for share in self.filtered(lambda each: not each.is_revoked):
            share._step(is_revoked=True, withdrawn_on=fields.Datetime.now())
            share._message_log(body=share.env._("Withdrawn: its page says so."))
        return True

    def action_open_page(self):
        """Open the page, as its buyer sees it."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": self.link, "target": "new"}

    def action_send(self):
        """Open the mail to the buyer, with the address of the page and its print."""
        self.ensure_one()
        self.check_access("write")
        if self.is_revoked:
            raise UserError(self.env._("Share %s was withdrawn: give a new one.", self.display_name))
        if not self.partner_id.email:
            words = self.env._("No mail address: %s. Enter it on the contact, then send again.")
            raise UserError(words % self.partner_id.display_name)
        self.certificate_id._advise_server()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send to the buyer"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": self.env.ref(TEMPLATE).id,
                "default_composition_mode": "comment",
                "default_email_layout_xmlid": "mail.mail_notification_layout_with_responsible_signature",
                "force_email": True,
            },
        }

    def _mail_facts(self, language):
        return super()._mail_facts(language) | {"number": self.certificate_id.certificate_no or ""}

    # --- what is shown -----------------------------------------------------------------------------------
    def _shown(self, language=public_words.ENGLISH):
        """What page and print say: this share and how its certificate stands now; nothing of any other share.

        Neither the certificate's own quantities are in it, for those less this share's are the others'.
        """
        self.ensure_one()
        certificate, application = self.certificate_id, self.certificate_id._application()
        items = {item.number: item for item in application.items}
        state = certificate._public_state()
        return {
            "number": self.number,
            "certificate_no": certificate.certificate_no,
            "state": state,
            "is_withdrawn": self.is_revoked,
            "stands": _stands(state, self.is_revoked),
            "withdrawn_on": _day(self.withdrawn_on),
            "exporter": application.exporter.name_en,
            "exporter_zh": application.exporter.name,
            "buyer": self.partner_id.commercial_partner_id.name,
            "given_on": _day(self.given_on),
            "issued_on": fields.Date.to_string(certificate._issued_on()),
            "valid_until": fields.Date.to_string(certificate.valid_until) if certificate.valid_until else "",
            "goods": [
                {
                    "number": line.certificate_line_id.number,
                    "hs6": item.hs6,
                    "description": item.description,
                    "description_zh": item.description_zh,
                    "quantity": amounts.text(amounts.exact(line.quantity)),
                    "unit": item.unit,
                    "origin": _country(item.origin_country, language),
                }
                for line in self.line_ids
                for item in (items[line.certificate_line_id.number],)
            ],
        }

    def _share_words(self, language):
        return ROOM.words(language)

    def _share_beside(self, language):
        return ROOM.beside(language)

    def _qr_image(self):
        return qr_code.data_uri(self.link)


def _stands(state, is_withdrawn):
    """The keys of what has to be said of a share and of its certificate, in their order."""
    of_certificate = [state] if state in ROOM.decisive and not (is_withdrawn and state == "valid") else []
    return ["withdrawn"] * is_withdrawn + of_certificate


def _country(code, language):
    """Its name in the reader's language: in English as the form has it."""
    if language == public_words.ENGLISH:
        return link.form.country_name(code)
    return public_words.territories(language).get(code, code)


def _day(moment):
    return fields.Date.to_string(amounts.issuing_day(moment)) if moment else ""


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    share_ids = fields.One2many("rcep.share", "certificate_id", "Shares", readonly=True)
    share_count = fields.Integer("Shares given", compute="_compute_share_count")

    @api.depends("share_ids.is_revoked")
    def _compute_share_count(self):
        living = [("certificate_id", "in", self.ids), ("is_revoked", "=", False)]
        counts = dict(self.env["rcep.share"]._read_group(living, ["certificate_id"], ["__count"]))
        for certificate in self:
            certificate.share_count = counts.get(certificate, 0)

    def _move(self, after, by=None, **values):
        result = super()._move(after, by, **values)
        if after in NOT_IN_FORCE:
            for certificate in self:
                certificate._have_buyers_told()
        return result

    def _have_buyers_told(self):
        """Its buyers' pages say that it is not in force; that they look at them again is a task."""
        # Whoever moved it: all its shares are concerned.
        living = self.sudo().share_ids.filtered(lambda share: not share.is_revoked)
        if not living:
            return
        theirs = self._theirs()
        words = theirs.env._("Not in force any more: tell the buyers that have shares of it: %s")
        buyers = ", ".join(living.partner_id.mapped("display_name"))
        theirs.activity_schedule(
            "mail.mail_activity_data_warning", summary=words % buyers, user_id=self._responsible().id
        )

    def _claim_for_shares(self):
        """No two people share one certificate out at once."""
        try:
            claim(self.sudo())  # only that nobody else has it
        except LockError as error:
            words = self.env._("Somebody else is at work on certificate %s just now: look at what is left in a moment.")
            raise LockError(words % ", ".join(self.mapped("name"))) from error

    def action_give_share(self):
        """Say what a buyer got of its goods."""
        self.ensure_one()
        self.check_access("read")
        self.env["rcep.share"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New share"),
            "res_model": "rcep.share",
            "view_mode": "form",
            "context": {"default_certificate_id": self.id},
        }

    def action_open_shares(self):
        """The shares of this certificate."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("rcep_eco_ledger.action_share")
        known = {"default_certificate_id": self.id}
        return {**action, "domain": [("certificate_id", "=", self.id)], "context": known}
