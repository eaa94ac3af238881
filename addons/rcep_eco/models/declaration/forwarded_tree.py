"""What the exporter sees of the tiers below its supplier: a tree of states, and what in it to be careful about."""

from odoo import api, fields, models

from ... import groups


class RcepSupplierDeclaration(models.Model):
    _inherit = "rcep.supplier.declaration"

    question_ids = fields.One2many(
        "rcep.forwarded.question", "declaration_id", "Questions passed on", readonly=True, copy=False,
        groups=groups.ENGINEER,
    )
    tiers_warning = fields.Char("Tiers below", compute="_compute_tiers_warning", groups=groups.ENGINEER)

    @api.depends("state", "question_ids.state")
    @api.depends_context("lang")
    def _compute_tiers_warning(self):
        for declaration in self:
            states = declaration.question_ids.mapped("state")
            # What was closed had no answer either when the supplier answered.
            refused, open_ = states.count("refused"), states.count("requested") + states.count("closed")
            if declaration.state == "requested" and open_:
                words = self.env._("The supplier passed this on: %(open)s questions have no answer yet.")
            elif declaration.state == "received" and (refused or open_):
                words = self.env._(
                    "The supplier says that it originates, but of the questions that were passed on %(refused)s got "
                    "the answer that it cannot be declared, and %(open)s got none. Ask the supplier what it rests on "
                    "before you verify it."
                )
            else:
                words = ""
            declaration.tiers_warning = words % {"refused": refused, "open": open_}

    def _move(self, after, by=None, **values):
        """What is settled waits for no tier below."""
        result = super()._move(after, by, **values)
        # Its questions are of firms without an account, which whoever settles it may not write to.
        self.sudo().question_ids._close()
        return result
