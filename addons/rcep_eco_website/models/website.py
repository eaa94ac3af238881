"""Search engines may know that a certificate can be checked here; of the certificates they know nothing."""

from odoo import models

OPEN = ("/eco", "/eco/verify")


class Website(models.Model):
    _inherit = "website"

    def _enumerate_pages(self, query_string=None, force=False):
        yield from super()._enumerate_pages(query_string, force)
        yield from ({"loc": path} for path in OPEN if not query_string or query_string.lower() in path)
