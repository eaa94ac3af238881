"""Numbers that the applicant gives: a series for each company, type and year, and every number that was ever used.

Where a platform has the applicant number its applications, somebody may use the same series elsewhere, such as at the
single window by hand. A number that turns out to be another's is kept, said to be taken, and followed by the next one.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ... import link
from ...states import actors, message_states
from ...tools.row_claims import claim

MOST = 9999


class RcepNumberSeries(models.Model):
    _name = "rcep.number.series"
    _description = "Series of application numbers"
    _order = "name"

    platform_id = fields.Many2one("rcep.platform", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="platform_id.company_id", store=True, index=True)
    name = fields.Char("Begins with", required=True, readonly=True, help="Type, year and organisation code.")
    next_serial = fields.Integer(
        "Next number", required=True, default=1, help="Where numbers were used elsewhere this year: the first free one."
    )

    _name_unique = models.Constraint("UNIQUE(platform_id, name)", "This series is there already.")

    @api.constrains("next_serial")
    def _check_next_serial(self):
        for series in self:
            if not 1 <= series.next_serial <= MOST + 1:
                raise ValidationError(self.env._("The next number of %s lies between 1 and 9999.", series.name))

    def _take(self, certificate):
        """The next number, used by a certificate from now on."""
        self.ensure_one()
        claim(self)
        serial = self.next_serial
        numbers = self.env["rcep.application.number"]
        profile = self.platform_id._profile()
        while numbers.search_count([("name", "=", profile.number(self.name, serial))], limit=1):
            serial += 1
        if serial > MOST:
            raise UserError(
                self.env._("The series %s is used up: ask the issuing office how to go on this year.", self.name)
            )
        self.next_serial = serial + 1
        return numbers.create({"name": profile.number(self.name, serial), "certificate_id": certificate.id})


class RcepApplicationNumber(models.Model):
    _name = "rcep.application.number"
    _description = "Number of an application"
    _order = "id desc"

    name = fields.Char("Number", required=True, readonly=True)
    certificate_id = fields.Many2one("rcep.certificate", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="certificate_id.company_id", store=True, index=True)
    is_taken = fields.Boolean("Was another's", readonly=True, help="The platform said that somebody used it before.")
    message_ids = fields.One2many("rcep.platform.message", "number_id", readonly=True)

    _name_unique = models.Constraint("UNIQUE(company_id, name)", "This number was used already.")


class RcepPlatformMessage(models.Model):
    _inherit = "rcep.platform.message"

    number_id = fields.Many2one("rcep.application.number", readonly=True, ondelete="restrict", index=True)
    carried_at = fields.Datetime("Downloaded since", readonly=True, help="From then on a person may have imported it.")

    def _left_at(self):
        """When its file left at the earliest, empty where it has not."""
        # An answer may be there before Odoo has noted that the file is.
        placed_at = self.begun_at or self.placed_at if self.placed_at else False
        stamped = min(filter(None, (self.carried_at, placed_at)), default=False)
        if stamped or self.state not in ("delivered", *message_states.ASKABLE):
            return stamped
        # It was written and nobody could note that; without a folder nothing is written.
        left = self.begun_in or self.platform_id._root() or self.state == "delivered"
        return (self.begun_at or self.create_date) if left else False

    def _file(self):
        """(name, content) of its file."""
        suffix = link.profiles.get(self.profile).suffix
        return f"{link.folders.name_of(self.client_ref, self.revision)}{suffix}", self._content()

    def _carry(self):
        """Somebody has its file from now on: it is not written into a folder as well."""
        for message in self.filtered(lambda message: message.state in message_states.OPEN):
            message.carried_at = message.carried_at or fields.Datetime.now()
            message._to("unknown")


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    number_ids = fields.One2many("rcep.application.number", "certificate_id", "Numbers of its applications")
    application_no = fields.Char(
        "Applied for as", compute="_compute_application_no", help="The number that we gave the application."
    )

    @api.depends("number_ids.is_taken")
    def _compute_application_no(self):
        for certificate in self:
            certificate.application_no = certificate._current_number().name

    def _current_number(self):
        """The number under which this certificate is applied for; empty where it has none, or the platform gives it."""
        return self.number_ids.filtered(lambda number: not number.is_taken).sorted("id")[-1:]

    def _number_for(self, platform, application):
        """As `_current_number`; the next one of its series where it has none yet."""
        profile = platform._profile()
        if profile.wire != link.profiles.FOLDERS:
            return self.env["rcep.application.number"]
        return self._current_number() or self._series(platform, application)._take(self)

    def _series(self, platform, application):
        """The series of this company, type and year."""
        name = self._series_name(platform, application)
        series = self.env["rcep.number.series"]
        found = series.search([("platform_id", "=", platform.id), ("name", "=", name)], limit=1)
        return found or series.create({"platform_id": platform.id, "name": name})

    def _series_name(self, platform, application):
        return platform._profile().series(application, self.company_id.rcep_uscc or "", application.declaration.date)

    def _filer(self, platform, application):
        """Who files, for a look at what the platform would not take: without a number, the next one of its series."""
        number = self._current_number().name
        if not number and platform.uses_folders:
            name = self._series_name(platform, application)
            series = platform.series_ids.filtered(lambda each: each.name == name)
            number = platform._profile().number(name, series.next_serial or 1)
        return self._filer_of(platform, number or "")

    def _is_taken_number(self, report):
        """Whether the platform refuses an application only because its number is another's."""
        return any(error.code == link.event.NUMBER_TAKEN for error in report.errors)

    def _apply_under_next_number(self):
        """Its number is another's: applied for once more under the next one; both stay on record.

        Left to a person, as what was sent back, where that was done before. Where this number may be our own (several
        messages bore it, or the office has looked at it) it stays so too: another would be a second application.
        """
        number = self._current_number()
        before = self.number_ids.filtered("is_taken")
        looked_at = self.env["rcep.platform.event"].search_count(
            [("certificate_id", "=", self.id), ("state", "not in", ("submitted", "returned"))], limit=1
        )
        if looked_at or len(number.message_ids) != 1:
            return
        number.is_taken = True
        if before:
            return
        self._move("submitted", actors.PLATFORM, revision=self.revision + 1, returned_coded=False)
        self._queue(number.message_ids.platform_id)
        theirs = self._theirs()
        theirs._message_log(
            body=theirs.env._(
                "The number %(taken)s was used elsewhere before: it is applied for again as %(number)s.",
                taken=number.name,
                number=self._current_number().name,
            )
        )
