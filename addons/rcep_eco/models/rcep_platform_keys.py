"""The platform's own keys: the one that our manager entered, and those that it announces over the connection.

A platform changes the key of its pushes from time to time. Which keys it has is asked every night, and soon after a
push named one that is not known; what a push says of its own key is never believed.
"""

import datetime
import logging

from odoo import api, fields, models

from .. import link

_logger = logging.getLogger(__name__)

MOST_KEYS = 20  # kept of what is announced
PAUSE = datetime.timedelta(minutes=5)  # between two questions, however many pushes name an unknown key
CRON = "rcep_eco.ir_cron_events"


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    announced_keys = fields.Json(readonly=True, copy=False, help="[{key_id, public_key_pem, ends}, …] as announced")
    announced_key_names = fields.Char("Keys it announces", compute="_compute_announced_key_names")
    keys_read_at = fields.Datetime("Announced keys read", readonly=True, copy=False)
    keys_wanted = fields.Boolean(readonly=True, copy=False, help="A push named a key that is not known.")

    @api.depends("announced_keys")
    def _compute_announced_key_names(self):
        for platform in self:
            platform.announced_key_names = ", ".join(key.key_id for key in platform._announced()) or False

    def _known(self):
        """What a push of this platform is checked with (:class:`link.profiles.Known`)."""
        self.ensure_one()
        keys = {}
        if self.platform_key_name and self.platform_public_key:
            keys[self.platform_key_name] = link.signatures.Verifier.from_pem(self.platform_public_key.encode())
        for key in self._announced():  # none takes the place of what a person entered
            keys.setdefault(key.key_id, link.signatures.Verifier.from_pem(key.public_key_pem))
        return link.profiles.Known(keys, self.client_secret or "")

    def _announced(self):
        """The announced keys that still sign (:class:`link.onboarding.AnnouncedKey`)."""
        now = datetime.datetime.now(datetime.timezone.utc)
        known = [link.onboarding.AnnouncedKey.from_json(key) for key in self.announced_keys or ()]
        return [key for key in known if not key.ends or key.ends > now]

    # --- ask ---------------------------------------------------------------------------------------------
    def _want_keys(self):
        """Have the job ask these platforms for their keys, unless it was done just now or is to be done already."""
        since = fields.Datetime.now() - PAUSE
        wanting = self.filtered(
            lambda each: each._profile().announces_keys
            and not each.keys_wanted
            and not (each.keys_read_at and each.keys_read_at > since)
        )
        if wanting:
            wanting.keys_wanted = True
            self.env.ref(CRON).sudo()._trigger()  # jobs are the system's

    def _read_wanted_keys(self):
        if self.keys_wanted:
            self._read_keys(self._client())

    def _read_keys(self, client):
        """Ask the platform for its keys, and keep those that signatures can be checked with.

        :param link.client.Client client:
        :raises LinkError: where it does not answer
        """
        self.ensure_one()
        if not self._profile().announces_keys:
            return
        self.env["ir.cron"]._commit_progress()  # no transaction is open while the platform is asked
        kept = [key.to_json() for key in client.announced_keys() if self._is_usable(key)][:MOST_KEYS]
        values = {"keys_read_at": fields.Datetime.now(), "keys_wanted": False}
        if kept != (self.announced_keys or []):
            values["announced_keys"] = kept
        self.write(values)

    def _is_usable(self, key):
        try:
            link.signatures.Verifier.from_pem(key.public_key_pem)
        except ValueError as error:
            _logger.info("%s announces the key %s: %s", self.name, link.errors.plain(key.key_id), error)
            return False
        return bool(link.signatures.KEY_ID.fullmatch(key.key_id))
