"""Recognition by customs, with the first day on which a certificate's page was opened in the importing Party."""

from odoo import fields, models
from odoo.tools import SQL


class RcepRecognitionRate(models.Model):
    _inherit = "rcep.recognition.rate"
    _depends = {
        "rcep.scan": ["certificate_id", "country_id", "device", "seen_at"],
        "rcep.certificate": ["importing_party_id"],
        "rcep.party": ["country_id"],
    }

    seen_there_on = fields.Date(
        "Seen there on",
        readonly=True,
        help="The first day on which somebody in the importing Party opened its page; programs do not count.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT rate.*, seen.first_on AS seen_there_on
              FROM (%s) rate
         LEFT JOIN (
                   SELECT scan.certificate_id,
                          MIN(scan.seen_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai')::date AS first_on
                     FROM rcep_scan scan
                     JOIN rcep_certificate certificate ON certificate.id = scan.certificate_id
                     JOIN rcep_party party ON party.id = certificate.importing_party_id
                      AND party.country_id = scan.country_id
                    WHERE scan.device IS DISTINCT FROM 'program'
                 GROUP BY scan.certificate_id
                   ) seen ON seen.certificate_id = rate.certificate_id
            """,
            super()._table_query,
        )
