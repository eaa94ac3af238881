"""Everything that belongs to a certificate as files: the issuing body's document, our papers, and one ZIP of them."""

import base64
import io
import zipfile

from odoo import models
from odoo.exceptions import UserError

from .customer_documents import PAPERS
from .form_print import BANNERS

MOST = 100  # certificates in one ZIP


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _certificate_pdf(self):
        """The issuing body's document; our print where it has sent none."""
        self.ensure_one()
        return base64.b64decode(self.document) if self.document else self._form_pdf()

    def _consignee_papers(self):
        """Which papers the consignee gets: no prices of an invoice that another firm was billed."""
        # The consignee reads no invoices; only whose they are is asked.
        billed = self.sudo().invoice_ids.commercial_partner_id
        return [kind for kind in PAPERS if kind != "invoice" or billed == self.partner_id.commercial_partner_id]

    def _documents(self, kinds=tuple(PAPERS)):
        """The certificate and its papers: {name of the file: bytes}.

        A document of the issuing body does not know what became of it: the name of its file says so.
        """
        ended = BANNERS.get(self.state)
        name = f"{ended}-{self.document_name}" if ended else self.document_name
        return {name: self._certificate_pdf(), **{self._paper_name(kind): self._paper_pdf(kind) for kind in kinds}}

    def _zip(self, kinds=None):
        """One ZIP of all that belongs to these certificates; of several, each has a folder of its own.

        :param kinds: of papers; None for all
        """
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
            for certificate in self:
                own = f"{certificate.name.replace('/', '-')}/" if len(self) > 1 else ""
                for name, content in certificate._documents(*(() if kinds is None else (kinds,))).items():
                    folder.writestr(own + name, content)
        return file.getvalue()

    def _zip_name(self):
        """The name of the ZIP's file."""
        return f"{self.document_name.removesuffix('.pdf')}.zip" if len(self) == 1 else "certificates-of-origin.zip"

    def action_papers(self):
        """Download certificates with all their papers as one ZIP."""
        self.check_access("read")
        if len(self) > MOST:
            raise UserError(
                self.env._("Choose %(most)s certificates or fewer: there are %(number)s.", most=MOST, number=len(self))
            )
        for certificate in self:
            certificate._check_printable()
        ids = ",".join(map(str, self.ids))
        return {"type": "ir.actions.act_url", "url": f"/rcep_eco/papers?ids={ids}", "target": "download"}
