"""One mail a day and company: which verdicts turned, which declarations ended or soon will."""

import datetime
import logging

from odoo import api, fields, models

from ... import groups
from ...tools import languages

_logger = logging.getLogger(__name__)

ENDED = ("refused", "expired", "revoked")
SHOWN = 100  # lines of a section; the rest is counted


class ResCompany(models.Model):
    _inherit = "res.company"

    rcep_origin_user_id = fields.Many2one(
        "res.users",
        "Responsible for declarations",
        help="A cost engineer who is asked to read suppliers' declarations and gets the daily digest. Empty: the "
        "digest goes to every cost engineer of the company.",
    )
    rcep_last_digest = fields.Datetime("Last digest", readonly=True)

    def _rcep_base_url(self):
        """Where anybody reaches our pages: as a connection manager fixed it, else as Odoo has it."""
        self.ensure_one()
        # The address is no secret; suppliers' links are made by people who may not see the connection.
        fixed = self.env["rcep.platform"].sudo().search([("company_id", "=", self.id)], limit=1).page_url
        return fixed or self._rcep_found_url()

    def _rcep_found_url(self):
        """Where suppliers and colleagues reach the company's Odoo; a hook for bridges that know a website."""
        self.ensure_one()
        return self.get_base_url()

    def _rcep_origin_users(self):
        """The cost engineers of the company."""
        self.ensure_one()
        # Whoever moves a declaration, or answers one, may not read users' groups.
        return self.env["res.users"].sudo().search(
            [
                ("all_group_ids", "in", self.env.ref(groups.ENGINEER).ids),
                ("company_ids", "in", self.ids),
                ("share", "=", False),
            ],
            order="id",
        )

    def _rcep_origin_user(self, asker=None):
        """Who is to act on a declaration: the responsible person, else whoever asked, else the first engineer."""
        engineers = self._rcep_origin_users()
        return self.rcep_origin_user_id or (asker or engineers) & engineers or engineers[:1]

    # --- the digest --------------------------------------------------------------------------------------
    @api.model
    def _cron_rcep_digest(self):
        """Mail each company's digest, each company for itself."""
        companies = self.search([("active", "=", True)])
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=len(companies))
        for company in companies:
            try:
                with self.env.cr.savepoint():
                    company._rcep_digest()
            except Exception as error:  # noqa: BLE001  one company's trouble is not another's
                _logger.warning("The digest of company %s was not sent: %s", company.id, error)
            if not progress._commit_progress(1):
                break

    def _rcep_digest(self):
        """Mail what happened since the last digest to those concerned, at most once a day; nothing, no mail."""
        self.ensure_one()
        now = fields.Datetime.now()
        since = self.rcep_last_digest or now - datetime.timedelta(days=1)
        if self.rcep_last_digest and self.rcep_last_digest.date() == now.date():
            return
        self.rcep_last_digest = now
        sections = self._rcep_digest_sections(since, now)
        if not any(sections.values()):
            return
        concerned = (self.rcep_origin_user_id or self._rcep_origin_users()).filtered("email")
        for lang, users in concerned.grouped("lang").items():
            self.with_context(lang=languages.active(self.env, lang))._rcep_mail_digest(users, sections)

    def _rcep_digest_sections(self, since, now):
        def period(field):
            return [("company_id", "=", self.id), (field, ">=", since), (field, "<", now)]

        declarations = self.env["rcep.supplier.declaration"]
        judged = [*period("changed_on"), ("verdict_before", "!=", False)]  # a first verdict turned from nothing
        verdicts = self.env["rcep.origin"].search(judged, order="product_id")
        return {
            "verdicts": verdicts.filtered(lambda each: each.verdict != each.verdict_before),
            "ended": declarations.search([*period("state_on"), ("state", "in", ENDED)], order="state, product_id"),
            "ending": declarations.search([*period("warned_on"), ("state", "=", "verified")], order="date_to"),
        }

    def _rcep_mail_digest(self, users, sections):
        values = {"company": self, "shown": SHOWN, "base": self._rcep_base_url()}
        values |= {name: records.with_context(lang=self.env.lang) for name, records in sections.items()}
        body = self.env["ir.qweb"]._render("rcep_eco.declaration_digest", values, lang=self.env.lang)
        sender = self.email_formatted or self.env.user.email_formatted
        self.env["mail.mail"].create(
            {
                "subject": self.env._("Origin: what changed at %s", self.name),
                "body_html": body,
                "email_from": sender,
                "recipient_ids": [fields.Command.set(users.partner_id.ids)],
                "auto_delete": True,
            }
        )
