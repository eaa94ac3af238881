"""A connection in use: its profile, a client with key and secret in memory, and how the platform fares."""

import base64
import collections
import datetime

from cryptography.hazmat.primitives import serialization
from odoo import api, fields, models
from odoo.tools import config

from ... import groups, link
from ...texts.coded_messages import CodedMessage, stored
from ...tools import backoff

FIRST_PAUSE = 5  # seconds for which a platform that does not answer is left alone; doubled at each further failure
LONGEST_PAUSE = 60  # one call a minute is no storm, and what waits leaves soon after an outage
SHARE_OF_JOBS, SHORTEST = 3, 5  # a call's part of the time that Odoo gives jobs; seconds that it gets in any case
LEASED = 4  # times the longest call: two deliveries, of which one waits for the other, and what is written down
PER_RUN = 2  # times the longest call that one company's platform may take of one run of a job
LONGEST_ASKED = 3600  # seconds of a pause that a platform may ask for: then it is asked whether it goes on
# What lies further ahead than any pause was written while our clock was wrong, and holds up nothing.
LONGEST_AHEAD = datetime.timedelta(seconds=LONGEST_ASKED + 600)
CONTACT_NOTED = datetime.timedelta(minutes=30)  # how exactly the last contact is known: the row is every sender's
SKEW_NOTED = 5  # seconds by which a clock has to move to be noted
# Access tokens are kept in this process only, by database.
_TOKENS = collections.defaultdict(dict)


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    def _profile(self):
        """What this platform's wire is like (:class:`link.profiles.Profile`)."""
        self.ensure_one()
        return link.profiles.get(self.profile)

    def _client(self):
        """A :class:`link.client.Client` that needs no database; call with the rights to read key and secret.

        :raises KeyUnusable: where there is no key that signs
        :raises NotSent: in a copy of the database that registered
        """
        self.ensure_one()
        self._check_not_in_copy()
        return self._make_client()

    def _make_client(self):
        """Hook: the client of this connection's wire."""
        connection = link.client.Connection(
            self.base_url or "",
            self.client_id or "",
            self.client_secret or "",
            connect_timeout=self.connect_timeout,
            read_timeout=self.read_timeout,
            longest=self._longest(),
            plain_hosts=self._plain_hosts(),
        )
        tokens = _TOKENS[self.env.cr.dbname]
        return link.client.Client(self._profile(), connection, self._signer(), tokens=tokens)

    def _client_of(self, clients):
        """The client of this connection as it is set now; one of ``clients`` where nothing was changed meanwhile."""
        key = self._client_key()
        if key not in clients:
            clients[key] = self._client()
        return clients[key]

    def _client_key(self):
        """Hook: what makes a client another one."""
        return (
            self.id, self.profile, self.base_url, self.client_id, self.client_secret, self.key_name,
            self.private_key_id.id, self.connect_timeout, self.read_timeout,
        )  # fmt: skip

    def _signer(self):
        """Our key of Odoo's keystore, loaded so that it signs while no transaction is open."""
        key = self.private_key_id
        if not key.pem_key:
            raise link.errors.KeyUnusable(CodedMessage("no_key"))
        pem = base64.b64decode(key.with_context(bin_size=False).pem_key)
        try:
            private = serialization.load_pem_private_key(pem, key.password.encode() if key.password else None)
        except (ValueError, TypeError) as error:
            raise link.errors.KeyUnusable(CodedMessage("key_unreadable", name=self.key_name or "")) from error
        return link.signatures.LocalSigner(self.key_name or "", private)

    def _longest(self):
        """How many seconds one call may take in all, by the clock on the wall.

        Odoo ends a process whose jobs take longer than it allows, and all jobs of a database together have that time:
        a call gets a third of it at most.
        """
        allowed, own = self._allowed(), self.connect_timeout + self.read_timeout
        return min(own, max(allowed / SHARE_OF_JOBS, SHORTEST)) if allowed else own

    def _allowed(self):
        """How many seconds Odoo gives its jobs, 0 for any."""
        allowed = config["limit_time_real_cron"]
        return config["limit_time_real"] if allowed is None or allowed < 0 else allowed

    def _lease(self):
        """For how long a sender has a message: longer than any delivery takes."""
        return datetime.timedelta(seconds=LEASED * self._longest())

    # --- how it fares ------------------------------------------------------------------------------------
    def _is_paused(self, now):
        """Whether nothing is sent now; a pause longer than any was written by a clock that was wrong."""
        return bool(self.paused_until and now < self.paused_until <= now + LONGEST_AHEAD)

    @api.model
    def _paused_domain(self):
        """As :meth:`_is_paused`, of all connections."""
        now = fields.Datetime.now()
        return [("paused_until", ">", now), ("paused_until", "<=", now + LONGEST_AHEAD)]

    def _note_contact(self, skew=None):
        """It answered, and knew us.

        :param skew: seconds that its clock was ahead of ours, where that is known
        """
        now = fields.Datetime.now()
        values = {}
        if self.last_coded or self.troubles or not self.last_contact or abs(now - self.last_contact) > CONTACT_NOTED:
            # A pause that it asked for holds all the same.
            values = {"last_contact": now, "last_coded": False, "troubles": 0}
        if skew is not None and abs(skew - self.clock_skew) > SKEW_NOTED:
            values["clock_skew"] = round(skew)
        if values:
            self.write(values)

    def _go_on(self, skew=None):
        """A person saw that it answers: no pause any more, and the senders are woken."""
        self.write({"last_contact": False, "paused_until": False})
        self._note_contact(skew)
        self.env["rcep.platform.message"]._wake_senders()

    def _note_failed_try(self, message, skew=None):
        """A person saw that it does not work: told on the health screen at once; what waits is not held up by it."""
        values = {"last_coded": stored(message)}
        if skew is not None and abs(skew - self.clock_skew) > SKEW_NOTED:
            values["clock_skew"] = round(skew)
        self.write(values)

    def _note_failure(self, message, pause=None):
        """It did not answer, or asked for a pause: nothing is sent to it for a while, so that no storm builds up."""
        pause = min(pause or backoff.doubled(self.troubles, FIRST_PAUSE, LONGEST_PAUSE), LONGEST_ASKED)
        until = fields.Datetime.now() + datetime.timedelta(seconds=pause + 1)  # now has lost its fraction of a second
        self.write({"last_coded": stored(message), "paused_until": until, "troubles": self.troubles + 1})

    def _give_up_at(self):
        """Until when a message that is queued now is tried."""
        return fields.Datetime.now() + datetime.timedelta(hours=self.give_up_hours)

    def _get_responsible(self):
        """Who gets the tasks of this connection: a connection manager of its company, else whoever made it."""
        managers = self.env.ref(groups.MANAGER).sudo().all_user_ids  # to name one, whoever asks
        ours = managers.filtered(lambda user: self.company_id in user.company_ids and user.active)
        return ours.sorted("id")[:1] or self.create_uid
