"""Why importing customs ask about a certificate or refuse it: a table of causes, to count them by."""

from odoo import fields, models


class RcepRefusalCause(models.Model):
    _name = "rcep.refusal.cause"
    _description = "Cause of a refusal"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(readonly=True, copy=False, help="By which the consignee's page and the checks know it.")
    sequence = fields.Integer(default=50)
    active = fields.Boolean(default=True)
    caught_by = fields.Text(
        "What would have caught it", translate=True, help="Which of our checks sees it before the approval."
    )

    _code_unique = models.Constraint("UNIQUE(code)", "This cause stands in the table already.")
