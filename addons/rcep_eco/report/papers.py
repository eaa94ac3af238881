"""The papers beside a certificate as Odoo's reports: printed, chosen from the menu, attached to mails."""

import io
from collections import OrderedDict

from odoo import models

from ..models.certificate.customer_documents import PAPERS

REPORTS = {f"rcep_eco.paper_{kind}": kind for kind in PAPERS}


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        if self._get_report(report_ref).report_name not in REPORTS:
            return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
        # They are drawn, so there is no page of HTML to fall back to.
        ids = [res_ids] if isinstance(res_ids, int) else res_ids
        return self._render_qweb_pdf_prepare_streams(report_ref, data or {}, res_ids=ids), "pdf"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        kind = REPORTS.get(self._get_report(report_ref).report_name)
        if not kind:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        certificates = self.env["rcep.certificate"].browse(res_ids or [])
        certificates.check_access("read")
        return OrderedDict(
            (certificate.id, {"stream": io.BytesIO(certificate._paper_pdf(kind)), "attachment": None})
            for certificate in certificates
        )
