"""Operations in the law's terms: what kind of work they are (Art. 3.6), where it is done, and whose cost it is."""

from odoo import fields, models

KINDS = [
    ("manufacturing", "Manufacturing"),
    ("chemical_reaction", "Chemical reaction"),
    ("preserving", "Preserving for transport or storage"),
    ("packaging", "Packaging for transport or sale"),
    ("simple_working", "Simple sifting, sorting, cutting, bending, …"),
    ("marking", "Marking, labelling"),
    ("dilution", "Dilution with water or the like"),
    ("disassembly", "Disassembly into parts"),
    ("slaughtering", "Slaughtering"),
    ("simple_painting_polishing", "Simple painting or polishing"),
    ("simple_peeling_stoning_shelling", "Simple peeling, stoning or shelling"),
    ("simple_mixing", "Simple mixing"),
]


class MrpRoutingWorkcenter(models.Model):
    _inherit = "mrp.routing.workcenter"

    rcep_kind = fields.Selection(
        KINDS,
        "Kind of work",
        default="manufacturing",
        required=True,
        help="Art. 3.6: a good on which only minimal operations were done does not originate.",
    )
    rcep_country_id = fields.Many2one(
        "res.country", "Done in", help="Where the operation is done; empty: in the company's own country."
    )


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    rcep_labour_percent = fields.Float(
        "Labour in the hourly cost", default=60.0, help="Per cent; the rest is overhead. For the cost statement."
    )
