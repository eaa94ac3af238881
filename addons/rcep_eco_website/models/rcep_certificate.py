"""A certificate gets its public page when it is submitted, and keeps it up to date at each change of state."""

from odoo import api, fields, models
from odoo.addons.rcep_eco import link
from odoo.exceptions import UserError


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    verification_ids = fields.One2many("rcep.verification", "certificate_id")
    verification_url = fields.Char("Verification page", compute="_compute_verification_url")

    def _compute_verification_url(self):
        for certificate in self:
            certificate.verification_url = certificate._get_verification_url()

    def _get_verification_url(self):
        # The page's address is no secret to whoever may read the certificate.
        page = self.sudo().verification_ids
        return page._url() if page else super()._get_verification_url()

    def _move(self, after, by=None, **values):
        if after == "submitted":
            self._give_pages()
        return super()._move(after, by, **values)

    def _approved(self, signer, day):
        self._give_pages()  # what is approved names its page
        return super()._approved(signer, day)

    def _give_pages(self):
        """See that each has its public page, under the token that it was ever printed with."""
        # Published records belong to the system: nobody writes them by hand.
        for certificate in self.sudo().filtered(lambda each: not each.verification_ids):
            known = {"token": certificate.page_token} if certificate.page_token else {}
            page = self.env["rcep.verification"].sudo().create({"certificate_id": certificate.id, **known})  # as above
            if not certificate.page_token:
                certificate._write_moved(page_token=page.token)

    @api.model
    def _give_pages_again(self):
        """After the website was installed: whatever was ever submitted has its page, published as it stands now."""
        submitted = self.sudo().search([("revision", ">", 0)])
        submitted._give_pages()
        submitted.verification_ids._publish()

    def _write_moved(self, **values):
        result = super()._write_moved(**values)
        # The public record follows whoever made the move: the platform, the signer or the system.
        self.sudo().verification_ids._publish()
        return result

    def _public_facts(self):
        """What Art. 3.17.7 lets anyone know, as plain JSON: no prices, materials, suppliers or consignee."""
        self.ensure_one()
        application = self._application()
        originals = [_original(proof) for proof in application.originals]
        return {
            **({"originals": originals} if originals else {}),
            "certificate_no": self.certificate_no,
            "issued_on": fields.Date.to_string(self._issued_on()),
            "issued_local": self._local_day(self._issued_on()),
            "paper_original": bool(self.original_state),
            "valid_until": self.valid_until and fields.Date.to_string(self.valid_until),
            "exporter": application.exporter.name_en,
            "exporter_zh": application.exporter.name,
            "importing_party": application.importing_party,
            "issuer_check_url": _web_address(self.issuer_check_url),
            "goods": [
                {
                    "number": item.number,
                    "hs6": item.hs6,
                    "description": item.description,
                    "description_zh": item.description_zh,
                    "quantity": link.form.quantity(item),
                    "criterion": link.form.criterion(item),
                    "origin": " ".join(filter(None, (item.origin_country, item.origin_mark))),
                }
                for item in application.items
            ],
        }

    def action_open_verification(self):
        """Open the public page, as anyone sees it."""
        self.ensure_one()
        self.check_access("read")  # the address holds the token: it is told to whoever may read the certificate
        if not self.verification_url:
            raise UserError(self.env._("Certificate %s has no page yet: it gets one when it is submitted.", self.name))
        return {"type": "ir.actions.act_url", "url": self.verification_url, "target": "new"}


def _original(proof):
    """A proof on which goods go on (Art. 3.19), as boxes 14 and 17 have it."""
    return {"number": proof.number, "issued_on": proof.issued_on.isoformat(), "issued_in": proof.issuing_country,
            "origin": proof.origin_country}  # fmt: skip


def _web_address(text):
    """An address that a page may lead to: no other scheme than the web's, whoever sent it."""
    return text if text and text.lower().startswith(("https://", "http://")) else ""
