"""Consignees are asked by themselves, some days after the goods should have arrived."""

import datetime

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.isolated import within_savepoint
from ...values import amounts
from .rcep_recognition import UNKNOWN

ASK_AFTER_DAYS = 5  # after the expected arrival, unless the company says otherwise
LATE_DAYS = 30  # what arrived longer ago is asked by a person: nobody gets a year's letters in one day
OLDEST_DAYS = 366
USUAL_TRANSIT_DAYS = 10


class ResCompany(models.Model):
    _inherit = "res.company"

    rcep_ask_days = fields.Integer(
        "Ask consignees after days", default=ASK_AFTER_DAYS,
        help="So many days after the expected arrival the consignee is asked by mail what its customs decided. "
        "Negative: nobody is asked by itself.",
    )  # fmt: skip


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    rcep_ask_days = fields.Integer(related="company_id.rcep_ask_days", readonly=False)


class RcepMarket(models.Model):
    _inherit = "rcep.market"

    transit_days = fields.Integer(
        "Usual days to customs", default=USUAL_TRANSIT_DAYS, tracking=True,
        help="From the departure until the goods are declared there. It says until when a certificate has to be there, "
        "and when consignees are asked; without a source the days are an estimate.",
    )  # fmt: skip
    transit_source = fields.Char("Days are known from", tracking=True, help="Who said so, such as your forwarder.")
    transit_as_of = fields.Date("Days as of", tracking=True)
    certificate_needed = fields.Selection(
        [
            ("before_arrival", "Before the goods arrive"),
            ("with_goods", "With the import declaration"),
            ("after_release", "May be handed in after release"),
        ],
        "When it has to be there",
        tracking=True,
        help="Empty: not known, and counted as with the import declaration.",
    )

    _transit_days = models.Constraint("CHECK(transit_days >= 0)", "Usual days to customs are zero or more.")

    @api.constrains("transit_source", "transit_as_of")
    def _check_transit_has_day(self):
        for market in self:
            if bool(market.transit_source) != bool(market.transit_as_of):
                raise ValidationError(
                    self.env._(
                        "The days to the customs of %s need both: from whom they are known, and as of which day.",
                        market.display_name,
                    )
                )


class RcepRecognitionRequest(models.Model):
    _inherit = "rcep.recognition.request"

    @api.model
    def _cron_ask(self):
        """Each day: ask the consignees whose goods should have arrived some days ago; each mail stands alone."""
        for certificate in self._due(amounts.today()):
            within_savepoint(self.env, lambda each=certificate: self._ask(each), f"Question on {certificate.name}")

    @api.model
    def _due(self, today):
        """The certificates whose consignee is asked on a day: never twice by itself, and never about a specimen."""
        candidates = self.env["rcep.certificate"].search(
            [
                ("state", "=", "issued"),
                ("environment", "=", "production"),
                ("recognition", "=", UNKNOWN),
                ("issued_at", ">=", today - datetime.timedelta(days=OLDEST_DAYS)),
                ("recognition_request_ids", "=", False),
                ("partner_id.email", "!=", False),
                ("company_id.rcep_ask_days", ">=", 0),
            ]
        )
        return candidates.filtered(lambda each: 0 <= (today - each._asked_on()).days <= LATE_DAYS)


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _asked_on(self):
        """The day on which its consignee is asked."""
        return self._expected_on() + datetime.timedelta(days=self.company_id.rcep_ask_days)
