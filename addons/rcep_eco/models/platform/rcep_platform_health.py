"""How a connection fares, on one screen: what waits, what was heard, whose clock is off, until when a key is good."""

import datetime

from odoo import api, fields, models
from odoo.tools import config

from ... import link
from ...states import message_states
from ...tools import machine_fonts
from .rcep_conformance_run import STATES
from .rcep_platform_event import FOREIGN, MOST_FOREIGN, RECENT
from .rcep_platform_message import RcepPlatformMessage

MOST_SKEW = 60  # seconds; a platform refuses what is signed five minutes off
KEY_WARNING = datetime.timedelta(days=30)
STANDS_STILL = datetime.timedelta(minutes=15)  # jobs look each minute
LONG_SILENT = datetime.timedelta(hours=2)  # the feed is read each five minutes, and that is noted each half hour
QUEUE = ("queued", "sending", "unknown", "failed")


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    queued = fields.Integer("Not sent yet", compute="_compute_queue")
    sending = fields.Integer("In transit", compute="_compute_queue")
    unknown = fields.Integer("Sent, no answer yet", compute="_compute_queue")
    failed = fields.Integer("Refused in the last 30 days", compute="_compute_queue")
    stuck = fields.Integer("Needs attention", compute="_compute_queue")
    oldest_at = fields.Datetime("The oldest waits since", compute="_compute_queue")
    last_event_at = fields.Datetime("Last event", compute="_compute_events")
    events_waiting = fields.Integer("Events waiting", compute="_compute_events")
    events_odd = fields.Integer("Events not processed", compute="_compute_events")
    conformance_id = fields.Many2one("rcep.conformance.run", "Last conformance run", compute="_compute_conformance")
    conformance_state = fields.Selection(STATES, "Last result", compute="_compute_conformance")
    findings = fields.Text("What needs care", compute="_compute_findings")

    def _compute_queue(self):
        messages = self.env["rcep.platform.message"]
        since = fields.Datetime.now() - datetime.timedelta(days=30)
        ours = [("platform_id", "in", self.ids)]
        recent = ["|", ("state", "in", message_states.OPEN), ("create_date", ">=", since)]
        counts = {}
        for platform, state, waits, count, oldest in messages._read_group(
            [*ours, ("state", "in", QUEUE), *recent],
            ["platform_id", "state", "waits_for_person"],
            ["__count", "create_date:min"],
        ):
            counts.setdefault(platform, []).append((state, waits, count, oldest))
        for platform in self:
            known = counts.get(platform, [])
            for name in QUEUE:
                platform[name] = sum(count for state, _waits, count, _oldest in known if state == name)
            waiting = [each for each in known if each[0] in message_states.OPEN]
            platform.stuck = sum(count for _state, waits, count, _oldest in waiting if waits)
            platform.oldest_at = min((oldest for *_rest, oldest in waiting), default=False)

    def _compute_events(self):
        events = self.env["rcep.platform.event"]
        ours = [("platform_id", "in", self.ids)]
        last = dict(events._read_group(ours, ["platform_id"], ["create_date:max"]))
        waiting = dict(events._read_group([*ours, ("handling", "=", "waiting")], ["platform_id"], ["__count"]))
        since = fields.Datetime.now() - RECENT
        aside = [*ours, ("handling", "=", "odd"), ("create_date", ">=", since)]
        odd = dict(events._read_group(aside, ["platform_id"], ["__count"]))
        for platform in self:
            platform.last_event_at = last.get(platform, False)
            platform.events_waiting = waiting.get(platform, 0)
            platform.events_odd = odd.get(platform, 0)

    def _compute_conformance(self):
        runs = self.env["rcep.conformance.run"]
        last = dict(runs._read_group([("platform_id", "in", self.ids)], ["platform_id"], ["id:max"]))
        for platform in self:
            platform.conformance_id = last.get(platform, False)
            platform.conformance_state = platform.conformance_id.state

    @api.depends_context("lang")
    def _compute_findings(self):
        for platform in self:
            platform.findings = "\n".join(platform._findings()) or False

    def _findings(self):
        """What a connection manager should look at, each in a sentence; the most urgent first."""
        now = fields.Datetime.now()
        missing = self._missing()
        if missing:
            yield self.env._(
                "Not connected yet. Missing: %s. A connection manager connects it under Configuration, Connect a "
                "platform.",
                ", ".join(missing),
            )
        if self.is_in_copy:
            yield self._in_copy_sentence()
        yield from self._news_findings()
        if self._is_paused(now):
            yield self.env._(
                "Nothing is sent until %s (UTC). “Test connection” ends the pause if it works.", self.paused_until
            )
        if self.stuck:
            yield self.env._("%s messages wait for a person: open them and have the platform asked.", self.stuck)
        if self.client_id and self.last_contact and abs(now - self.last_contact) > LONG_SILENT:
            yield self.env._("Nothing was heard since %s (UTC): are the scheduled actions on?", self.last_contact)
        if abs(self.clock_skew) > MOST_SKEW:
            yield self.env._(
                "The clocks differ by %s seconds: set this server's clock by the network (NTP), or signatures are "
                "refused.",
                abs(self.clock_skew),
            )
        unanswered = (self.reconciled or {}).get("unanswered")
        if unanswered:
            yield self.env._(
                "%(count)s certificates could not be compared on %(day)s (UTC): “Compare certificates” tries "
                "again.",
                count=unanswered,
                day=self.reconciled_at,
            )
        yield from self._address_findings()
        yield from self._server_findings()
        if self.key_expires_on and self.key_expires_on - KEY_WARNING <= fields.Date.context_today(self):
            yield self.env._(
                "The key %(name)s is to be renewed by %(day)s: make a new one and hand it in.",
                name=self.key_name,
                day=self.key_expires_on,
            )
        yield from self._signing_findings()
        if not missing:
            yield from self._conformance_findings()

    def _signing_findings(self):
        # Whoever looks at the health of a connection may not read keys; the thumbprint is public.
        key = self.env["rcep.signing.key"].sudo()._current(self.company_id)
        if key and not key._able():
            words = self.env._(
                "Nothing is signed for QR codes and buyers: the private half of key %s is not on this server. Restore "
                "the files of the database, or make a new key under Configuration, Signing keys."
            )
            yield words % key.name

    def _news_findings(self):
        """What the platform said last, and what of it makes no sense."""
        if self.last_error:
            yield self.env._("The platform did not do what it was asked: %s", self.last_error)
        if self.feed_remark:
            yield self.feed_remark
        if self.events_odd:
            yield self.env._(
                "%s pieces of news make no sense and were set aside: open them, compare the certificates with the "
                "platform, and tell whoever runs it.",
                self.events_odd,
            )
        if not self.env["rcep.platform.event"]._has_room(self, FOREIGN, MOST_FOREIGN):
            yield self.env._(
                "The platform sent %s pieces of news in the last 30 days about certificates that are not in this "
                "database; more of these are not kept. Ask whoever runs it whether they are yours.",
                MOST_FOREIGN,
            )

    def _address_findings(self):
        """Where anybody reaches us."""
        if not self.page_url:
            yield self.env._(
                "The address of our public pages is not fixed, so QR codes follow whatever Odoo takes for its address: "
                "enter “Our public address” on the connection."
            )
        elif not link.addresses.is_protected(self.page_url):
            yield self.env._(
                "QR codes lead to %s, without https: anybody on the way could show another page.", self.page_url
            )

    def _font_findings(self):
        """Names in letters that this machine cannot print, of countries that certificates go to."""
        names = {"CN": self.env._("Chinese"), "TH": self.env._("Thai"), "LA": self.env._("Lao"),
                 "KH": self.env._("Khmer")}  # fmt: skip
        certificates = self.env["rcep.certificate"].sudo()  # of this company; that there are some is all that is read
        ours = [("company_id", "=", self.company_id.id)]
        known = certificates._read_group(ours, ["importing_party_id"])
        needed = {"CN", *(party.code for party, in known)}
        lacking = [script for script in machine_fonts.missing() if script.country in needed]
        if lacking:
            yield self.env._(
                "Names in %(scripts)s print as boxes: install the packages %(packages)s on this server.",
                scripts=", ".join(names[script.country] for script in lacking),
                packages=", ".join(script.package for script in lacking),
            )
        if "KH" in needed and not machine_fonts.stacks_khmer():
            yield self.env._(
                "Khmer names are printed letter by letter: install the Python packages uharfbuzz and reportlab 4.4 or "
                "newer for Odoo."
            )

    def _server_findings(self):
        """What Odoo itself must be set to, what its machine lacks, and whether its jobs run."""
        yield from self._font_findings()
        late = fields.Datetime.now() - STANDS_STILL
        messages = self.env["rcep.platform.message"]
        since_long = [("platform_id", "=", self.id), ("next_try", "<", late), ("create_date", "<", late)]
        if messages.search_count([*messages._due_domain(), *since_long], limit=1):
            yield self.env._(
                "Messages are due and no job takes them: the scheduled actions stand still. Start Odoo again, and have "
                "a supervisor do so by itself (docs/reliability.md)."
            )
        longest = self.connect_timeout + self.read_timeout
        if self._longest() < longest:
            yield self.env._(
                "A call may take %(own)s seconds here but is ended after %(longest)s, since Odoo ends its jobs early: "
                "raise limit_time_real_cron in its configuration, or lower the seconds here.",
                own=longest,
                longest=round(self._longest()),
            )
        if self.environment != "production":
            return
        self.env.cr.execute("SHOW synchronous_commit")
        if self.env.cr.fetchone()[0] == "off":
            yield self.env._(
                "PostgreSQL may forget what it confirmed, if it dies: what was sent could be forgotten here. Set "
                "synchronous_commit to on in its configuration."
            )
        if not config["workers"]:
            yield self.env._(
                "Odoo runs without workers: where its database was away, its scheduled actions stand still until it is "
                "started again. Set workers to 2 or more in its configuration."
            )
        if not config["proxy_mode"]:
            yield self.env._(
                "Odoo does not know that a proxy stands before it (proxy_mode): tries at /eco then all seem to come "
                "from one address."
            )
        if not config["dbfilter"] and not config["db_name"]:
            yield self.env._(
                "Odoo answers for every database of its server: name one in its configuration (db_name, dbfilter)."
            )

    def _conformance_findings(self):
        if self.environment != "production" and self._profile().needs_conformance:
            if not self.conformance_id:
                yield self.env._("Production asks for a passed conformance run: none was started yet.")
            elif self.conformance_id.error:
                yield self.env._("The last conformance run was not passed: %s", self.conformance_id.error)
            elif self.conformance_state == "failed":
                yield self.env._("The last conformance run was not passed: open it to see which case, and why.")

    # --- doors -------------------------------------------------------------------------------------------
    def _open_messages(self, name, domain):
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": RcepPlatformMessage._name,
            "view_mode": "list,form",
            "domain": [("platform_id", "=", self.id), *domain],
        }

    def action_open_waiting(self):
        """The messages that are not delivered yet."""
        return self._open_messages(self.env._("Waiting messages"), [("state", "in", message_states.OPEN)])

    def action_open_stuck(self):
        """The messages that wait for a person."""
        return self._open_messages(
            self.env._("Messages for a person"),
            [("state", "in", message_states.OPEN), ("waits_for_person", "=", True)],
        )

    def action_open_odd(self):
        """The news that was set aside."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Events not processed"),
            "res_model": "rcep.platform.event",
            "view_mode": "list,form",
            "domain": [("platform_id", "=", self.id), ("handling", "=", "odd")],
        }

    def action_open_failed(self):
        """The messages that were refused."""
        return self._open_messages(self.env._("Refused messages"), [("state", "=", "failed")])

    def action_start_conformance(self):
        """Start a conformance run and show it."""
        self._check_manager()
        run = self.env["rcep.conformance.run"]._start(self)
        return run._get_records_action(name=self.env._("Conformance run"))
