"""A certificate knows what became of it at the importing customs, and whether its consignee was asked."""

import datetime

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ... import groups
from ...values import amounts
from .rcep_recognition import OUTCOMES, UNKNOWN


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    recognition_ids = fields.One2many("rcep.recognition", "certificate_id", "Reports on its outcome", readonly=True)
    recognition_id = fields.Many2one("rcep.recognition", "Latest report", compute="_compute_recognition", store=True)
    recognition = fields.Selection(
        OUTCOMES, "At customs abroad", compute="_compute_recognition", store=True, index=True,
        help="What the importing customs decided, by the latest report.",
    )  # fmt: skip
    arrival_date = fields.Date("Expected arrival", copy=False, help="In the importing Party; not on the certificate.")
    recognition_request_ids = fields.One2many(
        "rcep.recognition.request", "certificate_id", "Questions to the consignee", readonly=True,
        groups=f"{groups.CLERK},{groups.MANAGER}",
    )  # fmt: skip

    @api.depends("recognition_ids.outcome")
    def _compute_recognition(self):
        for certificate in self:
            latest = certificate.recognition_ids.sorted(lambda each: (each.reported_at, each.id))[-1:]
            certificate.recognition_id = latest
            certificate.recognition = latest.outcome or UNKNOWN

    def _check_has_outcome(self):
        """
        :raises ValidationError: where no customs can have decided about it any more, or yet
        """
        if self.state != "issued":
            raise ValidationError(
                self.env._(
                    "Certificate %(name)s is %(state)s: an outcome at customs is recorded of a certificate that is "
                    "issued and in force; if another took its place, record it there.",
                    name=self.display_name,
                    state=self._state_name(),
                )
            )

    def _expected_on(self):
        """The day on which the goods are expected at customs: as entered, else by the market's usual days."""
        if self.arrival_date:
            return self.arrival_date
        began = self.departure_date or self._issued_on() or amounts.today()
        return began + datetime.timedelta(days=self.market_id.transit_days)

    def action_record_outcome(self):
        """Enter what customs decided."""
        self.ensure_one()
        self.check_access("read")
        self.env["rcep.recognition"].check_access("create")
        self._check_has_outcome()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Outcome at customs"),
            "res_model": "rcep.recognition",
            "view_mode": "form",
            "views": [(self.env.ref("rcep_eco.view_recognition_form").id, "form")],
            "target": "new",
            "context": {"default_certificate_id": self.id},
        }

    def action_ask_consignee(self):
        """Ask the consignee now, by mail, what its customs decided."""
        self.check_access("read")
        requests = self.env["rcep.recognition.request"]._ask(self)
        return requests._get_records_action(name=self.env._("Asked"))
