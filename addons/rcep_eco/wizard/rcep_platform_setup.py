"""Connects a company with a platform step by step: where it is, our key, who we are there, whether every call works.

What is typed stays in the wizard while the company has a connection that works: it gives way in one moment, once every
call of the new one went well. A connection that does not work is filled in step by step, so that closing loses nothing.
"""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import link
from ..models.platform.rcep_platform import ENVIRONMENTS
from ..texts import coded_messages

STEPS = [("place", "Platform"), ("key", "Key"), ("enrol", "Registration"), ("check", "Check")]
CALLS = [
    ("connect", "Log in"),
    ("events", "Read news"),
    ("status", "Ask for an application"),
    ("filing_status", "Ask for a product filing"),
    ("file_product", "File a product"),
    ("submit", "Submit an application"),
    ("withdraw", "Withdraw an application"),
    ("cancel", "Cancel a certificate"),
    ("document", "Fetch a document"),
    ("issuer_check", "Ask for the issuing body's check page"),
    ("clock", "Compare clocks"),
]
CHECK_SECONDS = 90  # for all calls together


class RcepPlatformSetup(models.TransientModel):
    _name = "rcep.platform.setup"
    _description = "Connect a platform"

    step = fields.Selection(STEPS, default="place", required=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    platform_id = fields.Many2one("rcep.platform", compute="_compute_platform_id")
    environment = fields.Selection(
        [each for each in ENVIRONMENTS if each[0] != "production"], "Connect to", required=True, default="sandbox"
    )
    profile = fields.Selection("_get_profiles", required=True, default=lambda self: link.profiles.DEFAULT)
    base_url = fields.Char("Address")
    warning = fields.Text(compute="_compute_warning")
    known_facts = fields.Text("What is published", compute="_compute_known_facts")
    can_enrol = fields.Boolean(compute="_compute_can_enrol")
    push_url = fields.Char(related="platform_id.push_url")
    paper = fields.Text("To hand in", compute="_compute_paper")
    call_ids = fields.One2many("rcep.platform.setup.call", "setup_id", "Calls")
    is_well = fields.Boolean(compute="_compute_is_well")

    @api.depends_context("lang")
    def _compute_known_facts(self):
        quoted = self.env["rcep.known.fact"]._quote_all()
        for setup in self:
            setup.known_facts = quoted

    @api.model
    def _get_profiles(self):
        return self.env["rcep.platform"]._get_profiles()

    @api.model
    def default_get(self, fields_list):
        """Begins with the company's connection, where it has one."""
        values = super().default_get(fields_list)
        platform = self.env["rcep.platform"].search([("company_id", "=", self.env.company.id)], limit=1)
        if platform:
            values |= {"profile": platform.profile, "base_url": platform.base_url}
            if platform.environment != "production":
                values["environment"] = platform.environment
        return values

    @api.depends("company_id")
    @api.depends_context("uid")
    def _compute_platform_id(self):
        """The company's connection: what a request names in its place, or a company of others, does not count."""
        ours = self.env.user.company_ids
        for setup in self:
            domain = [("company_id", "in", (setup.company_id & ours).ids)]
            setup.platform_id = self.env["rcep.platform"].search(domain, limit=1)

    @api.depends("company_id", "environment", "base_url")
    @api.depends_context("lang")
    def _compute_warning(self):
        """What the first step would take away from a company that is connected already."""
        labels = dict(self.env["rcep.platform"]._fields["environment"]._description_selection(self.env))
        for setup in self:
            platform, company = setup.platform_id, setup.company_id.name
            setup.warning = False
            if platform.environment == "production":
                setup.warning = setup._in_production()
            elif platform.client_id and platform.environment != setup.environment:
                setup.warning = self.env._(
                    "%(company)s is connected to “%(now)s” and stays so until the new connection works. That takes "
                    "this client number and its secret away, and certificates that have not left go back to their "
                    "people.",
                    company=company,
                    now=labels[platform.environment],
                )
            elif platform.client_id and platform.base_url and platform.base_url != setup.base_url:
                setup.warning = self.env._(
                    "%(company)s is registered at %(address)s. Another platform does not know that client number: "
                    "register again there.",
                    company=company,
                    address=platform.base_url,
                )

    def _in_production(self):
        return self.env._(
            "%s is connected to production. Here only the sandbox and the test platform are connected: whoever takes "
            "it off production does so under Configuration, Platform.",
            self.company_id.name,
        )

    @api.depends("environment", "profile")
    def _compute_can_enrol(self):
        for setup in self:
            setup.can_enrol = setup.environment == "sandbox" and link.profiles.get(setup.profile).can_enrol

    @api.depends("key_name", "push_url", "company_id")
    def _compute_paper(self):
        for setup in self:
            setup.paper = setup.key_name and json.dumps(setup._enrolment().to_json(), ensure_ascii=False, indent=1)

    @api.depends("call_ids.is_well")
    def _compute_is_well(self):
        for setup in self:
            setup.is_well = bool(setup.call_ids) and all(setup.call_ids.mapped("is_well"))

    # --- steps -------------------------------------------------------------------------------------------
    def action_next(self):
        """Finish this step and show the next one."""
        self.check_access("write")
        getattr(self, f"_finish_{self.step}")()
        names = [name for name, _label in STEPS]
        self.step = names[names.index(self.step) + 1]
        return self._shown()

    def action_back(self):
        """Show the step before."""
        self.check_access("write")
        names = [name for name, _label in STEPS]
        self.step = names[max(names.index(self.step) - 1, 0)]
        return self._shown()

    def _shown(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("rcep_eco.action_platform_setup")
        return {**action, "res_id": self.id}

    def _finish_place(self):
        problem = self.company_id._rcep_uscc_problem()
        if problem:
            raise UserError(problem)
        if self.platform_id.environment == "production":
            raise UserError(self._in_production())
        self.base_url = (self.base_url or "").strip().rstrip("/")
        if not self.base_url:
            raise UserError(
                self.env._(
                    "Enter the platform's address: the sandbox prints its own when it starts, that of the test "
                    "platform comes from the issuing body."
                )
            )
        self.env["rcep.platform"]._check_address(self.base_url)
        values = {"environment": self.environment, "profile": self.profile, "base_url": self.base_url}
        if not self.platform_id:
            self.env["rcep.platform"].create({"company_id": self.company_id.id, **values})
            self.invalidate_recordset()
        elif self.platform_id._works():
            self._try_place(values)
        else:
            self.platform_id.write(values)
        self._know_who()
        if not self.key_name:
            self.platform_id.action_generate_key()
            self.invalidate_recordset(["key_name", "public_key_pem"])

    def _try_place(self, values):
        """A connection that works gives way only to an address at which somebody answers.

        :raises UserError: where nobody does; the connection stays as it is
        """
        platform = self.platform_id
        if platform.base_url == values["base_url"]:
            return
        system = platform.sudo()  # made of the connection's settings; nothing of them is told to the new address
        try:
            link.client.reach(values["base_url"], system._longest(), system._plain_hosts())
        except link.errors.LinkError as error:
            raise UserError(
                self.env._(
                    "%(company)s stays connected as it is, because the new address does not answer. %(reason)s",
                    company=self.company_id.name,
                    reason=coded_messages.translated(self.env, error),
                )
            ) from error

    def _finish_key(self):
        if not self.key_name:
            self.platform_id.action_generate_key()

    def _finish_enrol(self):
        missing = self._candidate()._missing()
        if missing:
            raise UserError(
                self.env._("Enter what the platform answered before going on. Missing: %s.", ", ".join(missing))
            )
        self._check_calls()

    def _finish_check(self):
        """There is nothing after it."""

    # --- what a step offers ------------------------------------------------------------------------------
    def action_generate_key(self):
        """Make another key."""
        self.check_access("write")
        platform = self.platform_id
        platform._check_manager()
        if platform._works():  # the new key signs nothing but tries before the platform knows it
            before = self.sudo().private_key_id  # keys are the system's
            made = platform._made_key()
            self.sudo().write({"new_key_name": made.pop("key_name"), **made})
            before.unlink()
        else:
            platform.action_generate_key()
        self.env.flush_all()  # what is derived from the key is kept with it, and nowhere else
        self.invalidate_recordset(["key_name", "public_key_pem"])
        return self._shown()

    def action_enrol(self):
        """Have the stand-in take the company by a call, and enter what it answers."""
        self.ensure_one()
        self.check_access("write")
        self.platform_id._check_manager()
        try:
            enrolled = self._candidate()._client().enrol(self._enrolment())
        except link.errors.Conflict as error:
            raise UserError(
                self.env._(
                    "%(company)s is registered at this sandbox with another key, so that nobody else takes it over. "
                    "Have whoever runs the sandbox enrol the key “%(key)s” on its control port, or start it with "
                    "--open-enrolment; then register again.",
                    company=self.company_id.name,
                    key=self.key_name,
                )
            ) from error
        except (link.errors.NotFound, link.errors.Unreadable, link.errors.UnknownOutcome) as error:
            raise UserError(
                self.env._(
                    "%(company)s was not registered: no sandbox answers at %(address)s. Go back and compare the "
                    "address, https or http too, with what the sandbox printed when it started. To register again does "
                    "no harm.",
                    company=self.company_id.name,
                    address=self.base_url,
                )
            ) from error
        except link.errors.LinkError as error:
            raise UserError(
                self.env._(
                    "%(company)s was not registered. %(reason)s",
                    company=self.company_id.name,
                    reason=coded_messages.translated(self.env, error),
                )
            ) from error
        self.write(
            {
                "client_id": enrolled.client_id,
                "new_secret": enrolled.client_secret,
                "platform_key_name": enrolled.platform_key_id,
                "platform_public_key": enrolled.platform_public_key_pem,
            }
        )
        platform = self.platform_id
        if not platform._works() or not platform._leads_elsewhere(self._values()):
            self._take()  # it answered; where it is the same platform, the secret before holds no more
        return self.action_next()

    def action_check(self):
        """Try every call again."""
        self.check_access("write")
        self._check_calls()
        return self._shown()

    def action_conformance(self):
        """Go on to what production asks for."""
        self.check_access("write")
        return self.platform_id.action_start_conformance()

    def action_open_platform(self):
        """Show the connection."""
        self.check_access("read")
        return self.platform_id._get_records_action(name=self.env._("Platform"))

    def _enrolment(self):
        return link.onboarding.Enrolment(
            name=self.company_id.name,
            uscc=self.company_id.rcep_uscc or "",
            key_id=self.key_name or "",
            public_key_pem=self.public_key_pem or "",
            push_url=self.push_url or "",
        )

    def _check_calls(self):
        self.platform_id._check_manager()
        platform = self.platform_id.sudo()  # signs with a key that its manager cannot read
        existing = platform._works()
        if not existing:
            self._take()
        try:
            client = self._candidate()._client()
        except link.errors.LinkError as error:
            raise UserError(coded_messages.translated(self.env, error)) from error
        with link.guarded_connections.within(CHECK_SECONDS):  # somebody waits for it, and so does Odoo's own watchdog
            tried = list(link.connection_test.tries(client))
        if client.skew is not None:
            off = abs(client.skew) > link.connection_test.MOST_SKEW
            tried.append(
                link.connection_test.Tried("clock", not off, self._clock_sentence(round(client.skew)) if off else "")
            )
        wrong = [each for each in tried if not each.well]
        if not wrong:
            self._take()
            platform._go_on(client.skew)
        elif wrong[0].call == "clock":  # every call went well, still
            self._take()
            platform._note_contact(client.skew)
        elif not existing or not self._differs():
            platform._note_failed_try(wrong[0].coded, client.skew)
        calls = [
            {"call": each.call, "is_well": each.well, "why_coded": coded_messages.stored(each.coded)} for each in tried
        ]
        self.call_ids = [fields.Command.clear(), *map(fields.Command.create, calls)]

    def _clock_sentence(self, skew):
        seconds = abs(skew)
        return (
            coded_messages.CodedMessage("clock_ahead", seconds=seconds)
            if skew > 0
            else coded_messages.CodedMessage("clock_behind", seconds=seconds)
        )


class RcepPlatformSetupCall(models.TransientModel):
    _name = "rcep.platform.setup.call"
    _description = "Call that was tried"
    _order = "id"

    setup_id = fields.Many2one("rcep.platform.setup", required=True, ondelete="cascade")
    call = fields.Selection(CALLS, required=True, readonly=True)
    is_well = fields.Boolean("Works", readonly=True)
    why_coded = fields.Json("Why, by code", readonly=True)
    why = coded_messages.translated_field("why_coded", "What is wrong")
