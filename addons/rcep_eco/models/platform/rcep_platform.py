"""A company's connection to an issuing body's platform: address, identity, keys, and which profile it speaks."""

import base64
import datetime
import os
import urllib.parse

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ... import groups, link
from ...texts import coded_messages

ENVIRONMENTS = [("sandbox", "Sandbox"), ("test", "Test"), ("production", "Production")]
KEY_YEAR = datetime.timedelta(days=365)  # a signing key is renewed each year
PLACE = {"environment", "base_url", "client_id", "profile", "folder"}  # where the connection leads
# What was read at one place does not count at another.
NOWHERE = {
    "events_cursor": False, "announced_keys": False, "keys_read_at": False, "keys_wanted": False, "keys_tries": 0,
    "feed_coded": False,
}  # fmt: skip
# Who we are at a platform, and who it is: no other platform is to learn the one, or to be taken for the other.
WHO = ("client_id", "client_secret", "platform_key_name", "platform_public_key")
PLAIN_HOSTS = "RCEP_ECO_PLAIN_HOSTS"  # a variable of the server's environment: names, with commas, that need no TLS


class RcepPlatform(models.Model):
    _name = "rcep.platform"
    _description = "Connection to the platform"
    _inherit = ["rcep.secret.mixin", "mail.thread", "mail.activity.mixin"]
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    profile = fields.Selection("_get_profiles", required=True, default=lambda self: link.profiles.DEFAULT)
    environment = fields.Selection(
        ENVIRONMENTS,
        required=True,
        default="sandbox",
        tracking=True,
        help="Whatever is not issued over a production connection says SPECIMEN.",
    )
    base_url = fields.Char("Address", tracking=True, help="https://… of the platform.")
    client_id = fields.Char("Client number", tracking=True)
    key_name = fields.Char("Name of our key", copy=False, tracking=True, help="Under which the platform knows our key.")
    private_key_id = fields.Many2one(
        "certificate.key", readonly=True, copy=False, check_company=True, groups=groups.MANAGER
    )
    key_expires_on = fields.Date("Key to be renewed by", readonly=True, copy=False)
    public_key_pem = fields.Text("Our public key", compute="_compute_public_key_pem", groups=groups.MANAGER)
    platform_key_name = fields.Char("Name of the platform's key", copy=False, tracking=True)
    platform_public_key = fields.Text("The platform's public key", copy=False, help="PEM; pushes are checked with it.")
    events_cursor = fields.Char("Read up to", readonly=True, copy=False)
    paused_until = fields.Datetime(
        "Paused until",
        readonly=True,
        copy=False,
        help="Until then nothing is sent: it did not answer, or asked for a pause."
    )
    troubles = fields.Integer("Failed calls in a row", readonly=True, copy=False)
    give_up_hours = fields.Integer(
        "Hours of trying", default=24, help="A message that is not delivered after that waits for a person."
    )
    connect_timeout = fields.Integer("Seconds for a connection", default=10)
    read_timeout = fields.Integer(
        "Seconds for an answer", default=30, help="After that the platform is asked whether the message arrived."
    )
    last_contact = fields.Datetime("Last contact", readonly=True, copy=False)
    last_coded = fields.Json("What went wrong, by code", readonly=True, copy=False)
    last_error = coded_messages.translated_field("last_coded")
    clock_skew = fields.Integer(
        "Clock, seconds off", readonly=True, copy=False, help="How far the platform's clock is ahead of this server's."
    )
    push_url = fields.Char("Our address for pushes", compute="_compute_push_url")
    page_url = fields.Char(
        "Our public address",
        copy=False,
        tracking=True,
        help="https://… under which anybody reaches this website: QR codes, suppliers' links and pushes begin with it. "
        "It stays as it is, whatever address somebody uses to come here. What was printed keeps the earlier one.",
    )

    _give_up_hours = models.Constraint("CHECK(give_up_hours > 0)", "Messages are tried for an hour at least.")
    _timeouts = models.Constraint(
        "CHECK(connect_timeout BETWEEN 1 AND 300 AND read_timeout BETWEEN 1 AND 300)",
        "The platform gets 1 to 300 seconds for a connection and for an answer.",
    )
    _company_unique = models.Constraint("UNIQUE(company_id)", "This company has a connection already.")

    @api.model
    def _get_profiles(self):
        """The profiles there are, by the names that they give themselves in the user's language."""
        registry = link.profiles.registry()
        return [(code, profile.names.get(self.env.lang, profile.name)) for code, profile in registry.items()]

    @api.depends("company_id", "environment")
    def _compute_name(self):
        labels = dict(self._fields["environment"]._description_selection(self.env))
        for platform in self:
            platform.name = f"{platform.company_id.name}: {labels[platform.environment]}"

    @api.depends("private_key_id")
    def _compute_public_key_pem(self):
        for platform in self:
            # Keys are readable by system administrators only; the public half is for the connection manager.
            key = platform.sudo().private_key_id
            platform.public_key_pem = public_pem(key) if key else False

    def _compute_push_url(self):
        for platform in self:
            platform.push_url = platform._get_push_url()

    def _get_push_url(self):
        """Hook: where the platform may push events to; an empty text where nothing answers."""
        self.ensure_one()
        return ""

    @api.constrains("platform_public_key", "platform_key_name")
    def _check_platform_key(self):
        for platform in self.filtered("platform_public_key"):
            try:
                link.signatures.Verifier.from_pem(platform.platform_public_key.encode())
            except (link.errors.LinkError, ValueError) as error:
                raise UserError(
                    self.env._(
                        "The platform's public key of %(company)s cannot be read: paste all of it, from BEGIN to END.",
                        company=platform.company_id.name,
                    )
                ) from error

    @api.constrains("page_url")
    def _check_page_url(self):
        for platform in self.filtered("page_url"):
            if not link.addresses.is_whole(platform.page_url) or platform.page_url.endswith("/"):
                raise ValidationError(
                    self.env._(
                        "Our public address “%s” is not whole: it begins with https://, names the server and does not "
                        "end with a stroke, for example https://www.example.com.",
                        platform.page_url,
                    )
                )

    def _fix_page_url(self):
        """Write down where this website is reached, so that from now on it follows nobody who comes by another way."""
        for platform in self.filtered(lambda each: not each.page_url):
            found = (platform.company_id._rcep_found_url() or "").rstrip("/")
            if link.addresses.is_whole(found):
                platform.page_url = found

    @api.constrains("base_url")
    def _check_base_url(self):
        for platform in self.filtered("base_url"):
            platform._check_address(platform.base_url)

    @api.model
    def _plain_hosts(self):
        """Names to which whoever runs this server allows connections without TLS, such as a stand-in beside it."""
        return frozenset(filter(None, map(str.strip, os.environ.get(PLAIN_HOSTS, "").split(","))))

    @api.model
    def _check_address(self, address):
        """
        :raises ValidationError: where an address is not whole, or no platform can be there
        """
        if not link.addresses.is_whole(address):
            raise ValidationError(
                self.env._(
                    "The address “%s” is not whole: it begins with https:// and names the platform's server, for "
                    "example https://platform.example.",
                    address,
                )
            )
        try:
            host = urllib.parse.urlsplit(address).hostname or ""
        except ValueError:
            host = ""
        if not host or not link.addresses.may_be_platform(host):
            raise ValidationError(
                self.env._(
                    "No platform can be at “%s”: enter the address that the issuing body gave you.", address
                )
            )
        if not link.addresses.is_protected(address, self._plain_hosts()):
            raise ValidationError(
                self.env._(
                    "“%s” does not begin with https://: anybody on the way could read and change what is sent there. "
                    "Without it only this machine itself can be a platform.",
                    address,
                )
            )

    # --- CRUD --------------------------------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            self._check_own_key(values)
            values.setdefault("private_key_id", False)  # a default of the request does not count
        platforms = super().create(vals_list)
        platforms.filtered(lambda platform: platform.client_id or platform.folder)._bind()
        return platforms

    @api.constrains("environment", "profile")
    def _check_may_produce(self):
        runs = self.env["rcep.conformance.run"].sudo()  # only whether one was passed
        for platform in self.filtered(lambda each: each.environment == "production"):
            if platform._profile().needs_conformance and not runs._has_passed(platform.company_id, platform.profile):
                raise ValidationError(
                    self.env._(
                        "%s has not passed a conformance run yet, which production asks for: connect to the sandbox "
                        "or the test platform and start one under “Conformance run”.",
                        platform.company_id.name,
                    )
                )

    def write(self, vals):
        self._check_own_key(vals)
        if any(each.company_id.id != vals.get("company_id", each.company_id.id) for each in self):
            raise UserError(
                self.env._("A connection stays with its company, as do its messages: make another one for the other.")
            )
        moved = self.filtered(lambda each: any(each[name] != vals[name] for name in PLACE & vals.keys()))
        elsewhere = self.filtered(lambda each: each._leads_elsewhere(vals))
        named = vals.keys() | ({"client_secret"} if vals.get("new_secret") else set())
        left = {name: False for name in WHO if name not in named}
        changed = self._secrets_changed(vals, elsewhere)
        result = super().write(vals)
        if elsewhere and left:
            super(RcepPlatform, elsewhere.sudo()).write(left)  # the secret is written by the system only
        if vals.get("client_id") or vals.get("client_secret") or vals.get("folder") or vals.get("filer_office"):
            self._bind()
        if moved:
            super(RcepPlatform, moved).write({**NOWHERE, "paused_until": False, "troubles": 0})
        for platform, sentences in changed.items():
            platform._message_log(body=Markup("<br/>").join(sentences))
        return result

    def _leads_elsewhere(self, vals):
        """Whether this connection would lead to another platform: there nobody is to learn who we are here."""
        self.ensure_one()
        if vals.get("environment", self.environment) != self.environment:
            return True
        return bool("base_url" in vals and self.base_url and _server(vals["base_url"]) != _server(self.base_url))

    def _secrets_changed(self, vals, elsewhere):
        """What the chatter says of values that it must not show: {connection: sentences}."""
        values = {}
        complete = self.sudo()  # only whether something is another than before
        for platform in complete:
            sentences = []
            gone = platform in elsewhere
            if "client_secret" in vals and (vals["client_secret"] or False) != (platform.client_secret or False):
                sentences.append(self.env._("The client secret was changed."))
            elif gone and platform.client_secret and not {"client_secret", "new_secret"} & vals.keys():
                sentences.append(
                    self.env._(
                        "The connection leads to another platform: client number, secret and the platform's key were "
                        "taken away. Register there."
                    )
                )
            key = vals.get("platform_public_key", platform.platform_public_key) or ""
            if "platform_public_key" in vals and key != (platform.platform_public_key or ""):
                print_of_it = link.canonical.digest(key.encode())[:16] if key else self.env._("none")
                sentences.append(self.env._("The platform's public key was changed: %s.", print_of_it))
            if "private_key_id" in vals and vals["private_key_id"] != platform.private_key_id.id:
                sentences.append(self.env._("Our own signing key was changed."))
            if "announced_keys" in vals and (vals["announced_keys"] or []) != (platform.announced_keys or []):
                names = ", ".join(each["key_id"] for each in vals["announced_keys"] or ())
                sentences.append(self.env._("The platform announces these keys: %s.", names or self.env._("none")))
            if sentences:
                values[platform] = sentences
        return values

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unused(self):
        used = self.env["rcep.platform.message"].sudo().search_count([("platform_id", "in", self.ids)], limit=1)
        if used or self.env["rcep.platform.event"].sudo().search_count([("platform_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "The connection of %s has carried messages, which prove what was applied for: it is kept. Empty "
                    "its address to turn it off.",
                    ", ".join(self.company_id.mapped("name")),
                )
            )

    def _check_own_key(self, values):
        """Other keys of the company sign other things: none of them is taken for this connection."""
        if values.get("private_key_id") and not self.env.su:
            raise UserError(self.env._("A connection's key is made with “Make a new key”; no other can be chosen."))

    # --- actions -----------------------------------------------------------------------------------------
    def action_generate_key(self):
        """Make a new key; the platform must be told its public half before it accepts anything."""
        for platform in self:
            platform._check_manager()
            platform.sudo().write(platform._made_key())  # the manager chooses no key but a new one
            self.env.flush_all()  # what is derived from the key is kept with it, and nowhere else

    def _made_key(self):
        """A new key, as values of a connection."""
        code = self.company_id.rcep_uscc or f"company-{self.company_id.id}"
        keys = self.env["certificate.key"].sudo()  # the manager makes keys without the right to read others'
        known = keys.search([("company_id", "=", self.company_id.id), ("name", "=like", f"{code}-%")]).mapped("name")
        numbers = [int(name.removeprefix(f"{code}-")) for name in known if name.removeprefix(f"{code}-").isdecimal()]
        name = f"{code}-{max(numbers, default=0) + 1}"
        key = keys._generate_ec_private_key(self.company_id, name=name)
        expires = fields.Date.context_today(self) + KEY_YEAR
        return {"private_key_id": key.id, "key_name": name, "key_expires_on": expires}

    def action_test(self):
        """Ask the platform for news: tells at once whether address, identity and key are right; ends a pause."""
        self._check_manager()
        self._check_complete()
        client = None
        try:
            client = self.sudo()._client()  # signs with a key that its manager cannot read
            client.connect()
        except link.errors.LinkError as error:
            # Not raised: health keeps what was said, and a raise would take that back. It is the system that writes it.
            self.sudo()._note_failed_try(error, client and client.skew)
            why = coded_messages.translated(self.env, error)
            result = self.env._("%(company)s could not connect. %(reason)s", company=self.company_id.name, reason=why)
            return self._notification("danger", result)
        self.sudo()._go_on(client.skew)  # as above
        return self._notification("success", self._test_sentence())

    def _test_sentence(self):
        """Hook: what a test that went well has shown."""
        return self.env._("The platform accepted address, client number, secret and key.")

    def _notification(self, kind, sentence):
        """Tell it to who asked, and show what changed; what went wrong stays until it is closed."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": sentence,
                "sticky": kind == "danger",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group(groups.MANAGER):
            raise UserError(self.env._("Only a connection manager may do this: ask one."))
        self.check_access("write")  # of this company

    # --- for the outbox ----------------------------------------------------------------------------------
    def _works(self):
        """Whether this connection was heard over and has all that it needs: it gives way to what was tried only."""
        return bool(self.last_contact) and not self._missing()

    def _missing(self):
        """The names of what the connection lacks before anything can be sent over it."""
        self.ensure_one()
        complete = self.sudo()  # only whether the secret is there
        wanted = self._fields_needed()
        return [self._fields[name]._description_string(self.env) for name in wanted if not complete[name]]

    def _fields_needed(self):
        """Hook: names of the fields without which nothing can be sent."""
        return ["base_url", "client_id", "client_secret", "private_key_id"]

    @api.model
    def _connected(self):
        """The connections that have all that they need."""
        return self.search([("profile", "!=", False)]).filtered(lambda platform: not platform._missing())

    def _check_complete(self):
        """
        :raises UserError: that names what is missing
        """
        missing = self._missing()
        if missing:
            raise UserError(
                self.env._(
                    "The connection of %(company)s is not complete: %(fields)s is missing. A connection manager adds "
                    "it under Configuration, Platform.",
                    company=self.company_id.name,
                    fields=", ".join(missing),
                )
            )


def public_pem(key):
    """The public half of one of our keys, as text."""
    return base64.b64decode(key._get_public_key_bytes(encoding="pem", formatting="base64")).decode()


def _server(address):
    """The server of an address: who answers there, at whatever port or path."""
    try:
        return (urllib.parse.urlsplit((address or "").strip()).hostname or "").rstrip(".")
    except ValueError:
        return address
