"""Operations in the law's terms: what kind of work they are (Art. 3.6), where it is done, and whose cost it is."""

from odoo import api, fields, models
from odoo.addons.rcep_eco.texts import explanations


class MrpRoutingWorkcenter(models.Model):
    _inherit = "mrp.routing.workcenter"

    rcep_kind = fields.Selection(
        "_get_rcep_kinds",
        "Kind of work",
        default="manufacturing",
        required=True,
        help="Art. 3.6: a good on which only minimal operations were done does not originate.",
    )
    rcep_country_id = fields.Many2one(
        "res.country", "Done in", help="Where the operation is done; empty: where the work centre is."
    )

    @api.model
    def _get_rcep_kinds(self):
        return [(kind, self.env._(words)) for kind, words in explanations.WORK.items()]


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    rcep_labour_percent = fields.Float(
        "Labour in the hourly cost", default=60.0, help="Per cent; the rest is overhead. For the cost statement."
    )
    rcep_country_id = fields.Many2one(
        "res.country", "Work is done in", help="Where the work centre is; empty: in the company's own country."
    )
