"""Tokens of pages are kept with their certificates, and the form at /eco needs no secret of the database any more."""

import json

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Take over what is published, as it is; what was approved and has not left names its page from now on."""
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.flush_all()
    # Past the records' own steps: they would publish each page anew, in today's words.
    cr.execute(
        """UPDATE rcep_certificate certificate SET page_token = page.token FROM rcep_verification page
            WHERE page.certificate_id = certificate.id AND certificate.page_token IS NULL"""
    )
    env["rcep.certificate"].invalidate_model(["page_token"])
    for page in env["rcep.verification"].search([]).filtered("invoice_digests"):
        numbers = page.certificate_id.invoice_ids.mapped("name")
        page.invoice_digests = [page._digest(number) for number in numbers]
    for certificate in env["rcep.certificate"].search([("state", "=", "ready"), ("application", "!=", False)]):
        told = json.loads(certificate.application)
        if not told["verify_url"]:
            certificate._give_pages()
            told["verify_url"] = certificate._get_verification_url()
            text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            cr.execute("UPDATE rcep_certificate SET application = %s WHERE id = %s", (text, certificate.id))
    env["rcep.certificate"].invalidate_model(["application"])
