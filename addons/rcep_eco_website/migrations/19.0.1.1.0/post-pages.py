"""Tokens of pages are kept with their certificates, and the form at /eco needs no secret of the database any more."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Take over what is published, as it is."""
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    for page in env["rcep.verification"].search([]):
        certificate = page.certificate_id
        if not certificate.page_token:
            certificate._write_moved(page_token=page.token)
        if page.invoice_digests:
            page.invoice_digests = [page._digest(number) for number in certificate.invoice_ids.mapped("name")]
