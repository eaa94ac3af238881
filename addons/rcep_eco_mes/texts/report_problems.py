"""The sentences of what is wrong with a report, by code: which place, what is wrong, what to do."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

SENTENCES = {
    # the form
    "no_json": _lt("The file is no JSON in UTF-8."),
    "twice": _lt("An object in the file has the same name twice: which of them counts, nobody knows."),
    "no_object": _lt("A report is one JSON object."),
    "missing": _lt("%(field)s is missing."),
    "no_text": _lt("%(field)s has to be a text in quotation marks."),
    "text": _lt("%(field)s is longer than %(length)s characters or holds some that cannot be printed."),
    "field_unknown": _lt("%(field)s is no field of a report: leave it out, or correct its name."),
    "kind": _lt("kind is “%(kind)s”: it has to be report or correction."),
    "corrects": _lt("Report %(report)s: only a correction names another report in corrects, and not itself."),
    "no_items": _lt("The report has no items."),
    "items_many": _lt("The report has more than %(most)s items: send it in parts."),
    "item_no_object": _lt("%(field)s is no JSON object."),
    "use": _lt("%(field)s is “%(use)s”: known are %(known)s."),
    "quantity": _lt("%(field)s is no quantity: write it as a text such as 12.5, not below zero."),
    "quantity_zero": _lt("%(field)s is zero: only of a material that was not used that is a fact."),
    "moment": _lt("“%(text)s” is no moment with its offset: write it as 2026-11-20T09:30:00+08:00."),
    "epcis_empty": _lt("The EPCIS document has no events."),
    "epcis_type": _lt("The EPCIS document holds other events: only a TransformationEvent says what production did."),
    "epcis_list": _lt("%(field)s of the event is no list."),
    "epcis_class": _lt("%(field)s is no GS1 Digital Link with a GTIN (…/01/…)."),
    "epcis_order": _lt("The event has to name one production order: one bizTransaction of type prodorder."),
    "epcis_error": _lt("Event %(event)s is declared wrong: send the one that corrects it in the same document."),
    "no_xml": _lt("The file is no XML."),
    "xml_doctype": _lt("The file has a document type: such XML is not read."),
    "b2mml_root": _lt("The file is neither a ProductionPerformance nor an OperationsPerformance."),
    "b2mml_empty": _lt("The message has no ID or no responses."),
    "b2mml_use": _lt("MaterialUse is “%(use)s”: known are %(known)s."),
    "b2mml_item": _lt("%(field)s has to name one material, at most one lot and one quantity: send each lot by itself."),
    "sheet_head": _lt("Line %(line)s says something else of report %(report)s than a line before it."),
    "sheet": _lt("%(reason)s"),
    "other_body": _lt(
        "Report %(report)s came before and said something else: send a correction with an id of its own."
    ),
    # the match
    "order_unknown": _lt("order: there is no production order %(order)s. Create it, or correct the MES."),
    "order_split": _lt("order: production order %(order)s became %(parts)s in Odoo: name the one that is meant."),
    "order_cancelled": _lt("order: production order %(order)s is cancelled."),
    "product_unknown": _lt("%(field)s: no product has the internal reference or barcode %(product)s. Enter it there."),
    "product_several": _lt("%(field)s: more than one product has the reference or barcode %(product)s."),
    "product_other": _lt("%(field)s: order %(order)s makes %(made)s and not %(product)s."),
    "by_product_other": _lt("%(field)s: %(product)s is no by-product of order %(order)s. Enter it in the order."),
    "lot_missing": _lt("%(field)s: %(product)s is tracked by lots, and the report names none."),
    "lot_unknown": _lt("%(field)s: there is no lot %(lot)s of %(product)s. Receive or create it."),
    "unit_unknown": _lt("%(field)s: no unit of measure is called by the code %(uom)s."),
    "unit_other": _lt("%(field)s: %(uom)s does not convert into %(unit)s, in which %(product)s is counted."),
    "corrects_unknown": _lt("corrects: report %(report)s has not come yet. It is looked at again when it comes."),
    "corrects_again": _lt("corrects: report %(report)s is corrected by %(by)s already: correct that one."),
    "corrects_circle": _lt(
        "corrects: reports that name each other end at %(report)s again: none of them counts. Set aside what is wrong."
    ),
    "corrects_set_aside": _lt("corrects: report %(report)s was set aside: replay it, or set this one aside too."),
    # the booking
    "booking_mixed": _lt(
        "order: report %(report)s of order %(order)s is evidence only, another is to be booked: correct it by one that "
        "comes in the same way."
    ),
    "booking_draft": _lt("order: order %(order)s is a draft. Confirm it, then press Replay."),
    "booking_done": _lt(
        "order: the stock of order %(order)s has moved: it holds %(moved)s of %(product)s %(lot)s, the reports say "
        "%(reported)s. Correct the order's quantity in Odoo, then press Replay; or set this report aside."
    ),
    "booking_short": _lt(
        "order: order %(order)s consumed %(needed)s of %(material)s %(lot)s, in %(place)s there are %(there)s. Receive "
        "or count it, then press Replay."
    ),
    "booking_scrapped_good": _lt(
        "order: scrap of %(product)s itself is not booked: report of order %(order)s what was made, and scrap it in "
        "Odoo."
    ),
    "booking_lots": _lt(
        "order: the reports of order %(order)s say that it made lots %(lots)s, and an order of Odoo makes one lot. "
        "Split the order there, and have the reports corrected so that each names the order of its lot."
    ),
    "booking_strict": _lt(
        "order: order %(order)s allows no other consumption than its bill of materials says. Have its manager allow "
        "it, then press Replay."
    ),
    "booking_open": _lt(
        "order: Odoo asks a person something before order %(order)s is closed. Close it there, then press Replay."
    ),
    "booking_differs": _lt(
        "order: Odoo would book %(moved)s of %(product)s %(lot)s for order %(order)s, the reports say %(reported)s: "
        "nothing was booked. Close the order by hand, then press Replay."
    ),
    "booking_odoo": _lt("order: Odoo does not book order %(order)s: %(reason)s Mend it, then press Replay."),
    "fault": _lt("It could not be applied for a reason that is in the server's log: tell the administrator."),
}


def sentence(env, problem):
    """A problem (``{"code", **facts}``) in the language of the environment."""
    words = SENTENCES[problem["code"]]._translate(env.lang or "en_US")
    return words % problem if problem.keys() - {"code"} else words
