"""Certificates that were applied for are kept (Art. 3.24): the add-on that holds them is not uninstalled over them."""

from odoo import models
from odoo.exceptions import UserError

HEART = "rcep_eco"


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_uninstall(self):
        going = self | self.downstream_dependencies()
        if HEART in going.mapped("name"):
            # Whoever installs modules need not read certificates; only whether there are any.
            stored = self.env["rcep.certificate"].sudo().search_count([("revision", ">", 0)])
            if stored:
                raise UserError(
                    self.env._(
                        "%s certificates were applied for. Their papers are to be kept for three years at least "
                        "(Art. 3.24), and they would go with this module: it stays installed.",
                        stored,
                    )
                )
        return super().button_uninstall()
