"""The deadlines of every certificate and draft, as one list: what is to be done, and until when.

Before departure (3.17), one year from shipment for what is issued after it (3.17.8), one year of validity (3.16), three
years of records (3.27). A line for each is read from the certificates themselves; of one that has lost its validity
only the records are left to keep. The day at the customs abroad is no
law: it is counted by the market's days until there, and an estimate where nobody has said from where these are known.
"""

import datetime

from odoo import api, fields, models
from odoo.tools import SQL

from ...states import certificate_states, original_states
from ...values import amounts

KINDS = [
    ("departure", "To be issued before departure"),
    ("shipment_year", "Last day for an issue after shipment"),
    ("validity", "End of validity"),
    ("records", "Records kept until"),
    ("customs", "To be at the customs abroad"),
]
RECORD_YEARS = 3  # Art. 3.27
WARN_DAYS = {"departure": 3, "shipment_year": 30, "validity": 30, "customs": 5}
ACTIVITY = "rcep_eco.activity_deadline"
NOT_ISSUED = ("draft", "ready", "submitted", "under_review", "returned")
ENDED = ("issued", "cancelled", "replaced")


class RcepCertificateDeadline(models.Model):
    _name = "rcep.certificate.deadline"
    _description = "Deadline of a certificate"
    _auto = False
    _depends = {
        "rcep.certificate": ["arrival_date", "departure_date", "importing_party_id", "original_state", "state"],
        "rcep.market": ["certificate_needed", "party_id", "transit_days", "transit_source"],
    }
    _order = "day, id"
    _rec_name = "certificate_id"

    certificate_id = fields.Many2one("rcep.certificate", readonly=True)
    company_id = fields.Many2one("res.company", "Exporter", readonly=True)
    partner_id = fields.Many2one("res.partner", "Consignee", readonly=True)
    importing_party_id = fields.Many2one("rcep.party", readonly=True)
    kind = fields.Selection(KINDS, "Deadline", readonly=True)
    day = fields.Date(readonly=True)
    is_estimate = fields.Boolean(
        "Estimate", readonly=True,
        help="Counted by days until the customs abroad of which nobody has said from where they are known.",
    )  # fmt: skip
    days_left = fields.Integer("Days left", compute="_compute_days_left")
    state = fields.Selection(related="certificate_id.state")
    user_id = fields.Many2one("res.users", "In charge", readonly=True)

    def _compute_days_left(self):
        today = amounts.today()
        for deadline in self:
            deadline.days_left = (deadline.day - today).days

    @api.depends("certificate_id", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        words = dict(self._fields["kind"]._description_selection(self.env))
        for deadline in self:
            deadline.display_name = f"{deadline.certificate_id.display_name}: {words[deadline.kind]}"

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT certificate.id * %(many)s + due.number AS id, certificate.id AS certificate_id,
                   certificate.company_id, certificate.partner_id, certificate.importing_party_id, due.kind, due.day,
                   due.kind = 'customs' AND certificate.arrival_date IS NULL AND market.transit_source IS NULL
                   AS is_estimate,
                   COALESCE(certificate.signer_id, certificate.create_uid) AS user_id
              FROM rcep_certificate certificate
         LEFT JOIN rcep_market market ON market.party_id = certificate.importing_party_id
        CROSS JOIN LATERAL (
                SELECT 0 AS number, 'departure' AS kind, certificate.departure_date AS day
                 WHERE certificate.state IN %(open)s AND certificate.departure_date >= %(today)s
                 UNION ALL
                SELECT 1, 'shipment_year', (certificate.departure_date + %(year)s * INTERVAL '1 year')::date
                 WHERE certificate.state IN %(open)s AND certificate.departure_date < %(today)s
                 UNION ALL
                SELECT 2, 'validity', certificate.valid_until
                 WHERE certificate.state = 'issued' AND certificate.valid_until >= %(today)s
                 UNION ALL
                SELECT 3, 'records', ((certificate.issued_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai')::date
                                      + %(records)s * INTERVAL '1 year')::date
                 WHERE certificate.state IN %(ended)s
                 UNION ALL
                SELECT 4, 'customs',
                       COALESCE(certificate.arrival_date, certificate.departure_date + market.transit_days)
                       - CASE market.certificate_needed WHEN 'before_arrival' THEN 1 ELSE 0 END
                 WHERE market.certificate_needed IS DISTINCT FROM 'after_release'
                   AND (certificate.state IN %(open)s
                        OR certificate.state = 'issued' AND certificate.original_state != %(sent)s
                           AND certificate.valid_until >= %(today)s)
                   ) due
             WHERE due.day IS NOT NULL
            """,
            many=len(KINDS),
            open=NOT_ISSUED,
            ended=ENDED,
            today=amounts.today(),
            year=certificate_states.VALIDITY_YEARS,
            records=RECORD_YEARS,
            sent=original_states.LAST,
        )

    def action_open(self):
        """Show the certificate."""
        self.check_access("read")
        return self.certificate_id._get_records_action()

    @api.model
    def _cron_remind(self):
        """Once a day: a task for whoever is in charge, as each deadline comes near."""
        today = amounts.today()
        for kind, days in WARN_DAYS.items():
            near = [("kind", "=", kind), ("day", ">=", today), ("day", "<=", today + datetime.timedelta(days=days))]
            for deadline in self.search(near):
                deadline._remind()
            self.env["ir.cron"]._commit_progress()

    def _remind(self):
        certificate = self.certificate_id
        of_deadline = self.env.ref(ACTIVITY)
        known = certificate.activity_ids.filtered(
            lambda each: each.activity_type_id == of_deadline and each.date_deadline == self.day
        )
        if known:
            return
        certificate.activity_schedule(
            ACTIVITY,
            summary=dict(self._fields["kind"]._description_selection(self.env))[self.kind],
            date_deadline=self.day,
            user_id=self.user_id.id,
        )
