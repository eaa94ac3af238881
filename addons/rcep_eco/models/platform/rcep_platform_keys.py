"""The platform's own keys: the one that our manager entered, and those that it announces over the connection.

A platform changes the key of its pushes from time to time. Which keys it has is asked every night, and soon after a
push named one that is not known; what a push says of its own key is never believed.
"""

import collections.abc
import datetime
import logging

from odoo import api, fields, models

from ... import link
from ...tools import backoff

_logger = logging.getLogger(__name__)

MOST_KEYS = 20  # kept of what is announced
LONGEST_KEY = 8192  # characters of a key
# Between two questions, however many pushes name an unknown key; doubled as long as no new key is announced.
PAUSE, LONGEST_PAUSE = 300, 86_400  # seconds
CRON = "rcep_eco.ir_cron_events"


class _Keys(collections.abc.Mapping):
    """Keys by name, each made ready only when a signature names it: a stranger's push costs next to nothing."""

    def __init__(self, pems):
        self._pems = pems

    def __getitem__(self, name):
        try:
            return link.signatures.Verifier.from_pem(self._pems[name])
        except ValueError:  # kept before it was looked at so closely
            raise KeyError(name) from None

    def __iter__(self):
        return iter(self._pems)

    def __len__(self):
        return len(self._pems)


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    announced_keys = fields.Json(readonly=True, copy=False, help="[{key_id, public_key_pem, ends}, …] as announced")
    announced_key_names = fields.Char("Keys it announces", compute="_compute_announced_key_names")
    keys_read_at = fields.Datetime("Announced keys read", readonly=True, copy=False)
    keys_wanted = fields.Boolean(readonly=True, copy=False, help="A push named a key that is not known.")
    keys_tries = fields.Integer("Failed requests for keys", readonly=True, copy=False)

    @api.depends("announced_keys")
    def _compute_announced_key_names(self):
        for platform in self:
            platform.announced_key_names = ", ".join(key.key_id for key in platform._announced()) or False

    def _known(self):
        """What a push of this platform is checked with (:class:`link.profiles.Known`)."""
        self.ensure_one()
        pems = {}
        if self.platform_key_name and self.platform_public_key:
            pems[self.platform_key_name] = self.platform_public_key
        for key in self._announced():  # none takes the place of what a person entered
            pems.setdefault(key.key_id, key.public_key_pem)
        return link.profiles.Known(_Keys(pems), self.client_secret or "")

    def _announced(self):
        """The announced keys that still sign (:class:`link.onboarding.AnnouncedKey`)."""
        now = datetime.datetime.now(datetime.timezone.utc)
        known = [link.onboarding.AnnouncedKey.from_json(key) for key in self.announced_keys or ()]
        return [key for key in known if not key.ends or key.ends > now]

    def _may_ask_for_keys(self):
        """Whether it is time to ask again; a moment that lies ahead was written by a clock that was wrong."""
        now = fields.Datetime.now()
        pause = datetime.timedelta(seconds=backoff.doubled(self.keys_tries, PAUSE, LONGEST_PAUSE))
        return not self.keys_read_at or self.keys_read_at > now or self.keys_read_at + pause <= now

    # --- ask ---------------------------------------------------------------------------------------------
    def _want_keys(self):
        """Have the job ask these platforms for their keys, unless it was done just now or is to be done already."""
        wanting = self.filtered(
            lambda each: each._profile().announces_keys and not each.keys_wanted and each._may_ask_for_keys()
        )
        # Whoever has the row at this moment does not wait for a stranger, nor has to begin again.
        wanting = wanting.try_lock_for_update(allow_referencing=True)
        if wanting:
            wanting.keys_wanted = True
            self.env.ref(CRON).sudo()._trigger()  # jobs are the system's

    def _read_wanted_keys(self):
        """Ask for the keys because a push named another: where that fails, nothing else is held up by it."""
        if not self.keys_wanted:
            return
        try:
            self._read_keys(self._client(), wanted=True)
        except link.errors.LinkError as error:
            _logger.info("The keys of %s were not read: %s", self.name, error)
            self.write(
                {"keys_wanted": False, "keys_read_at": fields.Datetime.now(), "keys_tries": self.keys_tries + 1}
            )

    def _read_keys(self, client, wanted=False):
        """Ask the platform for its keys, and keep those that signatures can be checked with.

        :param link.client.Client client:
        :raises LinkError: where it does not answer
        """
        self.ensure_one()
        if not self._profile().announces_keys:
            return
        self.env["ir.cron"]._commit_progress()  # no transaction is open while the platform is asked
        present = [key.to_json() for key in client.announced_keys() if self._is_usable(key)][:MOST_KEYS]
        values = {"keys_read_at": fields.Datetime.now(), "keys_wanted": False}
        if present != (self.announced_keys or []):
            values |= {"announced_keys": present, "keys_tries": 0}
        elif wanted:
            values["keys_tries"] = self.keys_tries + 1
        self.write(values)

    def _is_usable(self, key):
        try:
            if len(key.public_key_pem) > LONGEST_KEY:
                raise ValueError("it is longer than any key")
            link.signatures.Verifier.from_pem(key.public_key_pem)
        except ValueError as error:
            _logger.info("%s announces the key %s: %s", self.name, link.errors.plain(key.key_id), error)
            return False
        return bool(link.signatures.KEY_ID.fullmatch(key.key_id))
