"""The sentences of what is wrong with a sheet of bills, beside those of every sheet."""

from odoo.addons.rcep_eco_erp.texts.sheet_problems import SENTENCES
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

OF_BILLS = {
    "bill_head": _lt("Line %(other)s says something else of bill %(bill)s: correct one of them."),
    "bill_several": _lt("Several bills of materials have the reference %(bill)s: give each its own in Odoo."),
    "bill_shared": _lt("Bill %(bill)s is shared between companies: it is changed in Odoo, by a person."),
    "bill_archived": _lt("Bill %(bill)s is archived: unarchive it in Odoo, or leave its lines out."),
    "bill_of_another": _lt("Bill %(bill)s makes %(item)s in Odoo: give this one a reference of its own."),
    "component_or_operation": _lt("A line is of a component or of an operation: fill in one of the two."),
    "not_of_this_line": _lt("It belongs to the other kind of line: leave it empty here."),
    "of_itself": _lt("An item is no component of its own bill: correct one of them."),
    "component_several": _lt("%(item)s stands more than once on bill %(bill)s: change it in Odoo, by a person."),
    "component_of_variants": _lt("%(item)s is for some variants of bill %(bill)s: change it in Odoo, by a person."),
    "operation_several": _lt("%(operation)s stands more than once on bill %(bill)s: name each by itself in Odoo."),
    "operation_measured": _lt("The time of %(operation)s on bill %(bill)s is measured in Odoo: change it there."),
    "centre_unknown": _lt("No work centre has the code %(text)s: enter it in Odoo, with its cost."),
    "centre_several": _lt("Several work centres have the code %(text)s, or it is archived: mend that in Odoo."),
    "left_out": _lt(
        "%(what)s stands on bill %(bill)s in Odoo and not in the sheet. A sheet deletes nothing: name it, or take it "
        "off in Odoo."
    ),
    "without_components": _lt("Bill %(bill)s has no component in the sheet: send the whole bill."),
}
SENTENCES.update(OF_BILLS)
