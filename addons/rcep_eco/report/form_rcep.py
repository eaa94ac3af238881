"""Form RCEP as PDF: drawn box by box, since the HTML printer does not fill a sheet nor repeat what stands on each."""

import io
from collections import OrderedDict

from odoo import models

from .. import link
from ..models.certificate.customer_documents import fonts
from ..models.certificate.form_print import NOTE

REPORT = "rcep_eco.form_rcep"


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        if self._get_report(report_ref).report_name != REPORT:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        certificates = self.env["rcep.certificate"].browse(res_ids or [])
        certificates.check_access("read")
        return OrderedDict(
            (certificate.id, {"stream": io.BytesIO(certificate._form_pdf()), "attachment": None})
            for certificate in certificates
        )


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _form_pdf(self):
        """The sheets of Form RCEP, as bytes."""
        self.ensure_one()
        around = link.form_sheets.Surroundings(
            number=self.certificate_no or "",
            issued_in=link.form.ISSUED_IN,
            certified=(f"{self._issued_on() or ''}",),
            banner=self._banner(),
            url=self._qr_text(),
            note=NOTE,
        )
        return link.form_sheets.draw(self._boxes(), around, fonts())
