"""An agreement under which a good may enter at a lower duty, with the form of its certificate."""

from odoo import fields, models


class RcepAgreement(models.Model):
    _name = "rcep.agreement"
    _description = "Agreement on preferential duties"
    _order = "sequence, id"

    code = fields.Char(required=True, help="As files of duty rates name it: RCEP, ACFTA, CCFTA.")
    name = fields.Char(required=True, translate=True)
    form_name = fields.Char("Certificate", required=True, translate=True, help="The form that its customs ask for.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE(code)", "An agreement with this code is there already: open that one.")
