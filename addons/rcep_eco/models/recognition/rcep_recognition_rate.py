"""How often importing customs recognise certificates: by market, month, HS chapter, kind and port; stored nowhere.

Recognised is what they took, by themselves or after a query; not recognised is what they refused. What is not known and
what was not used counts for neither.
"""

from odoo import fields, models
from odoo.tools import SQL

from ..certificate.rcep_certificate import KINDS
from .rcep_recognition import OUTCOMES


class RcepRecognitionRate(models.Model):
    _name = "rcep.recognition.rate"
    _description = "Recognition by customs"
    _auto = False
    _order = "issued_on desc, id desc"
    _depends = {
        "rcep.certificate": ["recognition", "recognition_id", "state", "environment", "issued_at", "kind", "partner_id",
                             "port_discharge", "importing_party_id", "company_id"],
        "rcep.certificate.line": ["hs6", "fob_value", "left_off"],
        "rcep.recognition": ["decided_on", "cause_id"],
    }  # fmt: skip

    certificate_id = fields.Many2one("rcep.certificate", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    market_id = fields.Many2one("rcep.market", readonly=True)
    partner_id = fields.Many2one("res.partner", "Consignee", readonly=True)
    issued_on = fields.Date(readonly=True)
    decided_on = fields.Date(readonly=True)
    kind = fields.Selection(KINDS, "Application", readonly=True)
    is_specimen = fields.Boolean("Specimen", readonly=True)
    port_discharge = fields.Char("Port of discharge", readonly=True)
    chapter = fields.Char(
        "HS chapter", readonly=True, help="Of the good that is worth most on the certificate: so each counts once."
    )
    outcome = fields.Selection(OUTCOMES, readonly=True)
    cause_id = fields.Many2one("rcep.refusal.cause", readonly=True)
    known = fields.Integer("Customs decided", readonly=True, help="Recognised or refused.")
    refused = fields.Integer(readonly=True)
    rate = fields.Float(
        "Recognised %", readonly=True, digits=(5, 1), aggregator="avg",
        help="Of those that customs decided: recognised by themselves or after a query.",
    )  # fmt: skip
    smooth = fields.Float(
        "By itself %", readonly=True, digits=(5, 1), aggregator="avg", help="Of those that customs decided."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT certificate.id, certificate.id AS certificate_id, certificate.company_id, market.id AS market_id,
                   certificate.partner_id, certificate.kind, certificate.port_discharge,
                   (certificate.issued_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai')::date AS issued_on,
                   report.decided_on, report.cause_id, certificate.recognition AS outcome,
                   COALESCE(certificate.environment, '') != 'production' AS is_specimen, goods.chapter,
                   CASE WHEN certificate.recognition IN ('recognised', 'after_query', 'refused') THEN 1 ELSE 0 END
                     AS known,
                   CASE WHEN certificate.recognition = 'refused' THEN 1 ELSE 0 END AS refused,
                   CASE WHEN certificate.recognition IN ('recognised', 'after_query') THEN 100.0
                        WHEN certificate.recognition = 'refused' THEN 0.0 END AS rate,
                   CASE WHEN certificate.recognition = 'recognised' THEN 100.0
                        WHEN certificate.recognition IN ('after_query', 'refused') THEN 0.0 END AS smooth
              FROM rcep_certificate certificate
         LEFT JOIN rcep_market market ON market.party_id = certificate.importing_party_id
         LEFT JOIN rcep_recognition report ON report.id = certificate.recognition_id
         LEFT JOIN (
                   SELECT DISTINCT ON (certificate_id) certificate_id, LEFT(hs6, 2) AS chapter
                     FROM rcep_certificate_line
                    WHERE NOT COALESCE(left_off, FALSE) AND hs6 IS NOT NULL
                 ORDER BY certificate_id, fob_value DESC NULLS LAST, id
                   ) goods ON goods.certificate_id = certificate.id
             WHERE certificate.issued_at IS NOT NULL AND certificate.state IN ('issued', 'cancelled', 'replaced')
            """
        )
