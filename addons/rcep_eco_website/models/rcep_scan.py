"""Who looked at a certificate's page: when, from which country and town, with what; never from which address.

Of an address nothing is kept but whether it came again on that day: a hash with a salt that is drawn anew each day, and
deleted after it. Country and town are those of Odoo's GeoIP data, where an administrator has installed some.
"""

import datetime
import hashlib
import hmac
import re
import secrets
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.addons.rcep_eco.values import amounts
from odoo.tools import SQL

from .rcep_verification import STATES

KEPT_MONTHS = 24
SOON = datetime.timedelta(seconds=60)  # a page that is loaded again, or opened by the form, was looked at once
MOST_WRONG = 50  # wrong numbers of an hour that are kept
MOST_SEEN = 200  # looks at one certificate in an hour that are kept: a program that calls itself anew fills no table
MINUTE = datetime.timedelta(minutes=1)  # for which it is not asked again whether there is room
HOUR = datetime.timedelta(hours=1)
UNKNOWN = "unknown"
SEEN_STATES = [*STATES, (UNKNOWN, "No such number")]
WAYS = [
    ("code", "QR code or link"),
    ("form", "Form for numbers"),
    ("verifier", "Verifier"),
    ("widget", "Check on another page"),
    ("json", "Program"),
]
DEVICES = [("phone", "Phone"), ("tablet", "Tablet"), ("computer", "Computer"), ("program", "Program")]
PROGRAM = re.compile(r"bot|crawl|spider|preview|curl|wget|python|java/|go-http|okhttp", re.IGNORECASE)
TABLET = re.compile(r"ipad|tablet|android(?!.*mobile)", re.IGNORECASE)
PHONE = re.compile(r"mobile|iphone|android", re.IGNORECASE)


class Visit(NamedTuple):
    """What a request tells of whoever looks.

    :param address: of the visitor; not kept
    :param agent: what its browser says of itself; not kept
    :param country: ISO 3166-1 alpha-2, by GeoIP data
    """

    address: str
    agent: str
    country: str
    city: str
    language: str


class RcepScan(models.Model):
    _name = "rcep.scan"
    _description = "Look at a certificate's page"
    _order = "seen_at desc, id desc"
    _rec_name = "seen_at"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    certificate_id = fields.Many2one("rcep.certificate", readonly=True, index="btree_not_null", ondelete="cascade")
    importing_party_id = fields.Many2one(related="certificate_id.importing_party_id", store=True)
    seen_at = fields.Datetime("When", required=True, readonly=True, index=True, default=fields.Datetime.now)
    country_id = fields.Many2one("res.country", "From", readonly=True, help="By GeoIP data; empty where there is none.")
    city = fields.Char("Town", readonly=True)
    device = fields.Selection(DEVICES, readonly=True)
    language = fields.Char(readonly=True, help="In which the page was shown.")
    state = fields.Selection(SEEN_STATES, "State shown", required=True, readonly=True)
    way = fields.Selection(WAYS, "Came by", required=True, readonly=True)
    visitor = fields.Char("Mark of the day", readonly=True, help="Tells one visitor from another on one day only.")
    is_repeat = fields.Boolean("Again on that day", readonly=True)
    is_watched = fields.Boolean(readonly=True, help="Looked through for what somebody should know.")

    @api.model
    def _note(self, company, way, visit, page=None):
        """Keep one look.

        :param way: of :data:`WAYS`
        :param Visit visit: who, as far as the request tells
        :param page: ``rcep.verification`` that was shown; none where the number was wrong
        :return: for how long the same look would not be kept again
        """
        if not company.rcep_scan_log:
            return MINUTE
        now = fields.Datetime.now()
        of_page = [("company_id", "=", company.id), ("certificate_id", "=", page.certificate_id.id if page else False)]
        most, state = (MOST_SEEN, page._state_now()) if page else (MOST_WRONG, UNKNOWN)
        # Each state has room of its own: looks before a cancellation hide none after it.
        lately = [*of_page, ("state", "=", state), ("seen_at", ">", now - HOUR)]
        if self.search_count(lately, limit=most) >= most:
            return MINUTE
        mark = self.env["rcep.scan.salt"]._mark(visit.address + visit.agent)
        before = self.search([*of_page, ("visitor", "=", mark)], limit=1)
        if page and before and before.state == state and before.seen_at > now - SOON and way in ("code", before.way):
            return before.seen_at + SOON - now
        self.create(
            {
                "company_id": company.id,
                "certificate_id": page and page.certificate_id.id,
                "state": state,
                "way": way,
                "country_id": self._country(visit.country).id,
                "city": visit.city or False,
                "device": device_of(visit.agent),
                "language": visit.language,
                "visitor": mark,
                "is_repeat": bool(before),
            }
        )
        return SOON

    @api.model
    def _country(self, code):
        countries = self.env["res.country"]
        return countries.search([("code", "=", code)], limit=1) if code else countries

    @api.autovacuum
    def _gc_old(self):
        """Nothing is kept longer than :data:`KEPT_MONTHS`."""
        self.search([("seen_at", "<", fields.Datetime.now() - relativedelta(months=KEPT_MONTHS))]).unlink()


class RcepScanSalt(models.Model):
    _name = "rcep.scan.salt"
    _description = "Salt of a day's visitors"
    _order = "day desc"
    _rec_name = "day"

    day = fields.Date(required=True, readonly=True)
    salt = fields.Char(required=True, readonly=True)

    _day_unique = models.Constraint("UNIQUE(day)", "A day has one salt.")

    @api.model
    def _mark(self, visitor):
        """What tells this visitor from others today."""
        return hmac.new(self._today().encode(), visitor.encode(), hashlib.sha256).hexdigest()[:16]

    @api.model
    def _today(self):
        today = amounts.today()
        known = self.search([("day", "=", today)])
        if not known:
            # Two at once: the second waits for the first, and takes what that drew.
            self.env.cr.execute(SQL(
                "INSERT INTO rcep_scan_salt (day, salt) VALUES (%s, %s) ON CONFLICT (day) DO NOTHING",
                today, secrets.token_hex(16),
            ))  # fmt: skip
            known = self.search([("day", "=", today)])
        return known.salt or ""

    @api.autovacuum
    def _gc_over(self):
        """A day that is over has no salt any more: nobody can tell its visitors from their marks."""
        self.search([("day", "<", amounts.today())]).unlink()


def device_of(agent):
    """The kind of device that a browser says it runs on.

    >>> [device_of(each) for each in ("Mozilla/5.0 (iPhone; Mobile)", "Mozilla/5.0 (Linux; Android 14; SM-X200)", "")]
    ['phone', 'tablet', 'program']
    """
    if not agent or PROGRAM.search(agent):
        return "program"
    if TABLET.search(agent):
        return "tablet"
    return "phone" if PHONE.search(agent) else "computer"
