"""What looks at certificates' pages tell: on the certificate, and as tasks where somebody should know."""

import datetime

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups

WARNING, SEEN = "mail.mail_activity_data_warning", "rcep_eco_website.activity_scan"
AFTER = ("cancelled", "replaced")
MANY_WRONG = 20  # wrong numbers within an hour
HOUR = datetime.timedelta(hours=1)
BATCH = 500


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    scan_ids = fields.One2many("rcep.scan", "certificate_id", "Looks at its page", readonly=True)
    scan_count = fields.Integer("Seen", compute="_compute_scans")
    scan_text = fields.Char("Page seen", compute="_compute_scans")

    @api.depends("scan_ids")
    @api.depends_context("lang")
    def _compute_scans(self):
        scans = self.env["rcep.scan"]
        by = scans._read_group([("certificate_id", "in", self.ids)], ["certificate_id"], ["__count", "id:min"])
        found = {certificate: (count, scans.browse(first)) for certificate, count, first in by}
        for certificate in self:
            count, first = found.get(certificate, (0, scans))
            certificate.scan_count = count
            certificate.scan_text = count and certificate._scans_in_words(count, first)

    def _scans_in_words(self, count, first):
        facts = {"count": count, "day": fields.Date.to_string(first.seen_at), "place": first._place()}
        if not facts["place"]:
            words = self.env._("Seen %(count)s times, first on %(day)s")
            return words % facts
        words = self.env._("Seen %(count)s times, first in %(place)s on %(day)s")
        return words % facts

    def _warn_of_scan(self, summary):
        """A task for whoever is responsible; one at a time."""
        if not self.activity_search([SEEN]):
            self.activity_schedule(SEEN, summary=summary, user_id=self._responsible().id)

    def action_open_scans(self):
        """Show who looked at its page, without who it was."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("rcep_eco_website.action_scan")
        return {**action, "domain": [("certificate_id", "=", self.id)], "context": {}}


class RcepScan(models.Model):
    _inherit = "rcep.scan"

    def _place(self):
        """Town and country, as far as they are known."""
        return ", ".join(filter(None, (self.city, self.country_id.name)))

    @api.model
    def _cron_watch(self):
        """Look through what came: a task where it was seen once it counted no more, or where nobody should see it."""
        progress = self.env["ir.cron"]
        new = self.search([("is_watched", "=", False)], order="id", limit=BATCH)
        progress._commit_progress(remaining=len(new))
        for certificate, scans in new.filtered("certificate_id").grouped("certificate_id").items():
            scans.sorted("id")._tell(certificate)
        for company in new.filtered(lambda each: not each.certificate_id).company_id:
            self._tell_of_wrong_numbers(company)
        new.is_watched = True
        progress._commit_progress(len(new))

    def _tell(self, certificate):
        """The first look from the importing Party goes on record; what is odd is a task for whoever is responsible."""
        theirs = certificate.with_context(lang=certificate._responsible().lang)
        home = certificate.importing_party_id.country_id | certificate.company_id.country_id
        for scan in self.with_context(lang=theirs.env.context["lang"]):
            facts = {"place": scan._place() or theirs.env._("a place unknown"), "day": scan.seen_at.date().isoformat()}
            if scan.state in AFTER:
                words = theirs.env._("Its page was opened on %(day)s from %(place)s, after it counted no more")
                theirs._warn_of_scan(words % facts)
            elif scan.country_id and scan.country_id not in home and scan.device != "program":
                words = theirs.env._("Its page was opened on %(day)s from %(place)s, which is no party to it")
                theirs._warn_of_scan(words % facts)
            elif scan.country_id == certificate.importing_party_id.country_id and not scan._seen_there_before():
                words = theirs.env._("Its page was first opened in the importing Party: %(place)s, on %(day)s.")
                theirs._message_log(body=words % facts)

    def _seen_there_before(self):
        return bool(self.search_count(
            [("certificate_id", "=", self.certificate_id.id), ("country_id", "=", self.country_id.id),
             ("id", "<", self.id)], limit=1,
        ))  # fmt: skip

    @api.model
    def _tell_of_wrong_numbers(self, company):
        since = fields.Datetime.now() - HOUR
        wrong = self.search_count(
            [("company_id", "=", company.id), ("certificate_id", "=", False), ("seen_at", ">", since)]
        )
        platform = self.env["rcep.platform"].search([("company_id", "=", company.id)], limit=1)
        if wrong < MANY_WRONG or not platform:
            return
        managers = self.env.ref(groups.MANAGER).all_user_ids.filtered(lambda user: company in user.company_ids)
        theirs = platform.with_context(lang=managers[:1].lang)
        summary = theirs.env._("Many wrong numbers are tried on the page for certificates")
        if summary not in theirs.activity_ids.mapped("summary"):
            note = theirs.env._(
                "%s within an hour. Somebody may be guessing, or a certificate with a wrong number is about."
            )
            user = managers[:1] or self.env.user
            theirs.activity_schedule(WARNING, summary=summary, note=note % wrong, user_id=user.id)
