"""Asking a supplier for declarations: one mail, a link that expires and can be revoked, reminders until it answers."""

import datetime
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import public_words
from ...values import amounts
from ..base.rcep_signed_link import OF_THE_LINK

_logger = logging.getLogger(__name__)

BATCH = 50
REMIND_AFTER_DAYS = (7, 14)  # after the request
ASKED = "rcep_eco.mail_template_declaration_request"
REMINDED = "rcep_eco.mail_template_declaration_reminder"
# States of a line that the page still shows: to be answered, or as it was answered.
SHOWN = ("requested", "received", "verified", "refused", "expired")


class RcepDeclarationRequest(models.Model):
    _name = "rcep.declaration.request"
    _description = "Request for supplier declarations"
    _inherit = ["rcep.signed.link.mixin", "rcep.reader.mixin", "mail.thread"]
    _order = "id desc"
    _rec_name = "partner_id"
    _link_scope = "rcep_eco.declare"
    _link_path = "/rcep/declare"
    _steps = OF_THE_LINK | {
        "partner_id", "company_id", "user_id", "asked_on", "reminders", "next_reminder", "mail_problem",
    }  # fmt: skip
    _given = frozenset({"partner_id", "company_id", "user_id", "next_reminder"})

    partner_id = fields.Many2one("res.partner", "Supplier", required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    company_name = fields.Char("Asked for", compute="_compute_company_name", compute_sudo=True)
    user_id = fields.Many2one("res.users", "Asked by", readonly=True, default=lambda self: self.env.user)
    declaration_ids = fields.One2many("rcep.supplier.declaration", "request_id", "Goods asked for", readonly=True)
    open_ids = fields.Many2many("rcep.supplier.declaration", compute="_compute_open_ids", string="Not answered")
    asked_on = fields.Datetime(readonly=True, default=fields.Datetime.now)
    is_revoked = fields.Boolean(tracking=True)
    link = fields.Char(help="The supplier's page. Whoever has this link can answer.")
    reminders = fields.Integer("Reminders sent", readonly=True)
    next_reminder = fields.Date(readonly=True, index=True)

    # --- compute -----------------------------------------------------------------------------------------
    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_company_name(self):
        for request in self:
            chinese = (self.env.lang or "").startswith("zh")
            name = request.company_id.name
            request.company_name = name if chinese else request.company_id.partner_id._rcep_name()

    @api.depends("declaration_ids.state")
    def _compute_open_ids(self):
        for request in self:
            request.open_ids = request.declaration_ids.filtered(lambda each: each.state == "requested")

    # --- the link ----------------------------------------------------------------------------------------
    def _shown(self):
        """The lines of the page: what was revoked is no longer asked."""
        return self.declaration_ids.filtered(lambda each: each.state in SHOWN).sorted("id")

    def action_revoke_link(self):
        """The link is dead from now on; what is not answered stays asked for, by the next request."""
        self.check_access("write")
        self._step(is_revoked=True, next_reminder=False)

    def _close_if_settled(self):
        """Where the engineer has settled every line, nobody needs the link any more."""
        settled = self.filtered(lambda each: not {*each.declaration_ids.mapped("state")} - {"refused", "revoked"})
        settled._step(is_revoked=True, next_reminder=False)

    def _mail_facts(self, language):
        return super()._mail_facts(language) | {"day": public_words.day(self.expires_on)}

    # --- asking ------------------------------------------------------------------------------------------
    @api.model
    def _ask(self, company, wanted):
        """Ask suppliers for declarations: a new link each, which also takes over what it still owes.

        :param dict wanted: {res.partner: product.product}
        :return: the requests, one a supplier
        :raises UserError: where a supplier has no mail address; then nothing is asked
        """
        partners = self.env["res.partner"].union(*wanted)
        self._check_addresses(partners)
        declarations = self.env["rcep.supplier.declaration"]
        owed = declarations.search(
            [("partner_id", "in", partners.ids), ("company_id", "=", company.id), ("state", "=", "requested")]
        )
        before = self.search([("partner_id", "in", partners.ids), ("company_id", "=", company.id)])
        before.filtered(lambda each: not each.is_revoked).action_revoke_link()
        first = amounts.today() + datetime.timedelta(days=REMIND_AFTER_DAYS[0])
        requests = self.create(
            [
                {"partner_id": partner.id, "company_id": company.id, "next_reminder": first}
                for partner in partners
            ]
        )
        new = []
        for request in requests:
            asked = owed.filtered(lambda each, firm=request.partner_id: each.partner_id == firm)
            asked._moving().write({"request_id": request.id})
            new += [request._line(product) for product in wanted[request.partner_id] - asked.product_id]
        declarations._moving().create(new)
        requests._send(ASKED)
        return requests

    def _line(self, product):
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "product_id": product.id,
            "request_id": self.id,
            "state": "requested",
        }

    @api.model
    def _check_addresses(self, partners):
        without = partners.filtered(lambda partner: not partner.email)
        if without:
            raise UserError(
                self.env._(
                    "No mail address: %s. Enter it on the contact, then ask again.",
                    ", ".join(without.mapped("display_name")),
                )
            )

    def _send(self, template):
        """Queue the mail of each request, in its supplier's language; it names all lines that are open."""
        for request in self:
            self.env.ref(template).send_mail(request.id)
            for declaration in request.open_ids:
                # The mail with its link stays with the request, which only cost engineers read.
                declaration._message_log(
                    body=self.env._("%s was asked for this declaration by mail.", request.partner_id.display_name)
                )
        # Whoever asks does not keep the jobs; the supplier should not wait for the hourly one.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    # --- reminders ---------------------------------------------------------------------------------------
    @api.model
    def _cron_remind(self):
        """Remind suppliers that have not answered, while their link lives; each mail stands alone."""
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=self.search_count(self._due()))
        while due := self.search(self._due(), limit=BATCH):
            for request in due:
                request._remind()
            if not progress._commit_progress(len(due)):
                break

    @api.model
    def _due(self):
        return [
            ("next_reminder", "<=", amounts.today()),
            ("is_revoked", "=", False),
            ("expires_on", ">", fields.Datetime.now()),
            ("declaration_ids.state", "=", "requested"),
        ]

    def _remind(self):
        today = amounts.today()
        try:
            with self.env.cr.savepoint():
                self._send(REMINDED)
        except Exception as error:  # noqa: BLE001  whatever is wrong with one mail, the other suppliers are reminded
            _logger.warning("Reminder of request %s was not sent: %s", self.id, error)
            self._step(next_reminder=today + datetime.timedelta(days=1))
            return
        count = self.reminders + 1
        later = REMIND_AFTER_DAYS[count:]
        asked = self.asked_on.date()
        following = asked + datetime.timedelta(days=later[0]) if later else False
        # After a job that stood still two reminders are due at once: one mail a day is enough.
        self._step(
            reminders=count, next_reminder=following and max(following, today + datetime.timedelta(days=1))
        )
