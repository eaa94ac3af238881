"""The sentences of what is wrong with a sheet of receipts, beside those of every sheet."""

from odoo.addons.rcep_eco_erp.texts.sheet_problems import SENTENCES
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

OF_RECEIPTS = {
    "receipt_head": _lt("Line %(other)s says something else of document %(document)s: correct one of them."),
    "receipt_ahead": _lt("%(text)s lies ahead: send a receipt once the goods are there."),
    "item_not_received": _lt("%(item)s is a service or a kit: name the goods that came."),
    "lot_not_tracked": _lt(
        "Odoo keeps no lots of %(item)s: have it tracked by lots on the product first, or leave the lot out."
    ),
    "lot_missing": _lt("%(item)s is tracked by lots: name the lot that came."),
    "serial_of_one": _lt("%(item)s has serial numbers: write a line for each, with a quantity of 1."),
    "lot_several": _lt("%(item)s has several lots %(text)s: give each its own name in Odoo."),
    "warehouse_unknown": _lt("No warehouse has the code %(text)s: known are %(known)s."),
    "warehouse_which": _lt("The company has not just one warehouse: write the code of one, of %(known)s."),
    "receipt_alike": _lt(
        "%(document)s differs from document %(other)s by capital letters or spaces alone: write it as that one, or "
        "give it another number. No goods are received twice."
    ),
    "receipt_of_another": _lt(
        "In Odoo receipt %(receipt)s of document %(document)s is from %(own)s: correct the supplier or the document."
    ),
    "receipt_open": _lt(
        "In Odoo receipt %(receipt)s of document %(document)s is not booked yet: book or cancel it there, by a person."
    ),
    "receipt_done": _lt(
        "%(own)s were received by %(receipt)s. No sheet changes that: have a person return what is too much in Odoo, "
        "or send what came beside it under a document of its own."
    ),
    "receipt_other_day": _lt(
        "It was received by %(receipt)s on %(own)s: correct the day here, or by a person in Odoo."
    ),
}
SENTENCES.update(OF_RECEIPTS)
