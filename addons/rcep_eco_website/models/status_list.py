"""The firm's signed list of what was cancelled or replaced: made anew at each such change, and each day."""

import base64

from odoo import api, fields, models

from .. import proof


class ResCompany(models.Model):
    _inherit = "res.company"

    rcep_status_list = fields.Text(
        "Cancelled certificates, signed", readonly=True, copy=False, help="Public: verifiers keep it."
    )

    def _rcep_make_status_list(self):
        """Sign the list as it is now; a firm without a key has none. Branches under one credit code are one firm."""
        # Whoever cancels a certificate may not use a key, nor read all certificates or companies.
        whole = self.sudo()
        codes = [code for code in set(whole.mapped("rcep_uscc")) if code]
        for code, companies in whole.search([("rcep_uscc", "in", codes)]).grouped("rcep_uscc").items():
            of_firm = [("company_id", "in", companies.ids)]
            ended = [*of_firm, ("certificate_id.state", "in", list(proof.status_list.CODES))]
            records = whole.env["rcep.verification"].search_fetch(ended, ["certificate_id"])
            key = whole.env["rcep.signing.key"].search([*of_firm, ("state", "=", "in_use")])._able()[:1]
            companies.rcep_status_list = key and _signed(key, code, records)

    @api.model
    def _cron_rcep_status_lists(self):
        """Once a day: a list of yesterday says nothing about today."""
        keys = self.env["rcep.signing.key"].search([("state", "=", "in_use")])
        keys.company_id._rcep_make_status_list()


def _signed(key, credit_code, ended):
    states = {record.id: record.certificate_id.state for record in ended}
    payload = proof.status_list.claims(credit_code, int(fields.Datetime.now().timestamp()), states)
    message = proof.cose.sign(payload, key._short_id(), key._sign_bytes)
    return base64.urlsafe_b64encode(message).rstrip(b"=").decode()
