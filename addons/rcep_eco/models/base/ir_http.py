"""A query or a form may have a field of any name: none may be taken for an argument of the program."""

from odoo import models
from odoo.http import request

OURS = "odoo.addons.rcep_eco"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        # Odoo calls a page's method with every field by its name: one called "self" would end in status 500.
        if endpoint.func.__module__.startswith(OURS):
            request.params.pop("self", None)
        return super()._dispatch(endpoint)
