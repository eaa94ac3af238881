"""The sentences of what is wrong with a sheet, by code: what is wrong and what to do; line and column come first."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

SENTENCES = {
    # the sheet
    "workbook": _lt("This is a workbook and no CSV: save it as “CSV UTF-8”."),
    "no_csv": _lt("From here on it is no CSV: a quotation mark may be open. Save the table as “CSV UTF-8” again."),
    "no_json": _lt("The body is no JSON in UTF-8, or an object in it has the same name twice."),
    "no_lines": _lt("The body has to be one object with one list: {\"lines\": […]}."),
    "no_object": _lt("The line is no JSON object."),
    "no_cell": _lt("Its value is neither a text nor a number of at most 15 digits."),
    "charset": _lt(
        "The sheet is not in %(charset)s: save it as “CSV UTF-8”, or name its encoding, such as charset=gb18030."
    ),
    "charset_unknown": _lt("“%(charset)s” is no encoding that is read: known are %(known)s."),
    "empty": _lt("The sheet has no lines."),
    "many": _lt("The sheet has more than %(most)s lines: send it in parts."),
    "cells_many": _lt(
        "It has %(cells)s cells, and the first line names %(columns)s columns: put a text that holds a comma into "
        "quotation marks."
    ),
    "column_twice": _lt("The column %(column)s stands twice: leave one out."),
    "column_unknown": _lt("“%(column)s” is no column of this kind of sheet: known are %(known)s."),
    # a cell
    "missing": _lt("It is empty: fill it in."),
    "long": _lt("It is longer than %(most)s characters: shorten it."),
    "unprintable": _lt("It holds characters that cannot be printed: type it anew."),
    "formula": _lt("“%(text)s” begins with “%(mark)s”, as formulas of spreadsheets do: write it without."),
    "comma": _lt("“%(text)s” has a comma: write the decimals after a point, and nothing between thousands: 1234.5."),
    "no_number": _lt("“%(text)s” is no number of zero or more: write it as 1234.5."),
    "zero": _lt("It is zero: write what it is, or leave the line out."),
    "no_day": _lt("“%(text)s” is no day: write it as 2026-11-20."),
    "not_among": _lt("“%(text)s” is not known here: known are %(known)s."),
    "twice": _lt("Line %(other)s speaks of the same (%(key)s): leave one of them out."),
    "places": _lt("“%(text)s” has more decimals than the %(places)s that Odoo keeps: round it, or have it keep more."),
    # items
    "needed_when_new": _lt("%(key)s is not there yet, and a new one needs it: fill it in."),
    "item_several": _lt("Several products have the internal reference %(item)s: give each its own in Odoo."),
    "item_archived": _lt("Product %(item)s is archived: unarchive it in Odoo, or leave the line out."),
    "item_shared": _lt("Product %(item)s is shared between companies: it is changed in Odoo, by a person."),
    "item_variant": _lt("Product %(item)s is one of several variants: it is changed in Odoo, by a person."),
    "item_unknown": _lt("No product has the internal reference %(text)s: send it as an item first."),
    "hs_code": _lt(
        "“%(text)s” is no HS code of 6, 8 or 10 digits whose first six are a subheading of HS 2022: correct it."
    ),
    "country_unknown": _lt("“%(text)s” is no country: write its code of two letters, such as CN."),
    "unit_unknown": _lt("No unit is called “%(unit)s”: write its code of UN/ECE Rec. 20, such as C62 or KGM."),
    "unit_several": _lt("More than one unit is called “%(unit)s”: write the name that it has in Odoo."),
    "unit_other": _lt("%(unit)s does not convert into %(own)s, in which %(item)s is counted: correct one of them."),
    "unit_changed": _lt(
        "%(item)s is counted in %(before)s and not in %(unit)s. No sheet changes that, since prices and bills rest on "
        "it: correct the sheet, or the product in Odoo."
    ),
    "weight_unit": _lt("This database keeps weights in %(unit)s: leave the column out, or have it keep kilograms."),
    "currency_other": _lt("The list price is kept in %(currency)s and not in “%(text)s”: convert it."),
    # prices
    "supplier_unknown": _lt("No contact has the reference %(text)s: enter the supplier in Odoo, with this reference."),
    "supplier_several": _lt("Several contacts have the reference %(item)s: give each its own in Odoo."),
    "supplier_archived": _lt("The contact %(item)s is archived: unarchive it in Odoo, or leave the line out."),
    "currency_unknown": _lt("“%(text)s” is no active currency: write its code, such as CNY, or activate it in Odoo."),
    "price_term_unknown": _lt("“%(text)s” is no price term: write its code, such as FOB."),
    "until_before": _lt("It ends before it begins on %(start)s: correct one of the days."),
    "discounted": _lt("The price of %(item)s of %(supplier)s bears a discount in Odoo: change it there, by a person."),
    "deductions": _lt(
        "Amounts are left out of the price of %(item)s of %(supplier)s by documents (Art. 3.5.5), in its currency and "
        "unit: change it in Odoo, by a person."
    ),
    "price_several": _lt("Several prices of %(item)s of %(supplier)s begin on this day: delete all but one in Odoo."),
    "price_shared": _lt("The price of %(item)s of %(supplier)s is shared between companies: it is changed in Odoo."),
    "price_overlaps": _lt(
        "A price of the same supplier that begins on %(start)s holds then as well, and nobody knows which counts: end "
        "it by a line of its own, with until."
    ),
    "price_overlaps_line": _lt("The price of line %(other)s holds then as well: end that one before, with until."),
    # invoices
    "no_invoice": _lt("The body has to be one JSON object: an invoice."),
    "no_part": _lt("“%(part)s” has to be a JSON object, such as {\"code\": \"C-1\"}."),
    "no_invoice_lines": _lt("“lines” has to be a list with at least one line."),
    "member_unknown": _lt("“%(member)s” is nothing that an invoice says here: known are %(known)s."),
    "number_unaddressed": _lt(
        "“%(text)s” cannot stand in an address: no ?, #, %% or \\, no / at either end, no // and no /. in it."
    ),
    "number_unusual": _lt(
        "“%(text)s” holds characters that look like others or like nothing: write it in letters, digits and signs of a "
        "keyboard, or in Chinese characters."
    ),
    "below_zero": _lt(
        "“%(text)s” is below zero. Spread a discount over the amounts of its lines, so that each says what is paid for "
        "it; goods that come back are for a credit note."
    ),
    "date_ahead": _lt("%(text)s lies ahead: hand the invoice in on its day."),
    "incoterm_unknown": _lt("“%(text)s” is no price term: write its code, such as FOB."),
    "rate_unknown": _lt(
        "No rate of %(text)s is recorded on that day or before it: enter it in Odoo, since the FOB value rests on it."
    ),
    "total_other": _lt(
        "The amounts of the lines make %(sum)s and not %(text)s: a line or a discount may have been left out."
    ),
    "currency_places": _lt("“%(text)s” has more decimals than %(currency)s: write it as it is on the invoice."),
    "customer_several": _lt("Several contacts have the reference %(text)s: give each its own in Odoo."),
    "customer_archived": _lt("The contact %(text)s is archived: unarchive it in Odoo."),
    "customer_new": _lt("No contact has the reference %(contact)s yet, and a new one needs it: fill it in."),
    "customer_differs": _lt(
        "In Odoo it is “%(own)s” of contact %(contact)s, and here “%(text)s”: correct one of them. Nothing of a "
        "contact that is there is overwritten."
    ),
    "customer_twice": _lt("Customer and consignee have one code and differ: give each its own."),
    "price_unwritable": _lt(
        "No price of one unit makes %(text)s of this quantity: say the quantity in a larger unit, or in several lines."
    ),
    "number_alike": _lt(
        "%(number)s differs from invoice %(other)s, which is here, by capital letters or spaces alone: give it the "
        "number of that one, or another."
    ),
    "number_taken": _lt(
        "Invoice %(number)s is in Odoo already and did not come from another ERP: certify that one. No goods are "
        "certified twice."
    ),
    "number_cancelled": _lt("Invoice %(number)s was cancelled here: give what is to be certified another number."),
    "invoice_certified": _lt(
        "Invoice %(number)s is on certificate %(certificates)s and stays as it is: whoever is responsible for the "
        "certificate has been told. Once no certificate rests on it any more, hand it in again."
    ),
    "invoice_credited": _lt("Invoice %(number)s was credited in Odoo by %(notes)s: a person takes that back first."),
}


def sentence(env, problem):
    """What is wrong, in the language of the environment."""
    words = SENTENCES[problem.code]._translate(env.lang or "en_US")
    return words % problem.facts if problem.facts else words


def with_place(env, problem):
    """The same, with the line and the column before it."""
    told = sentence(env, problem)
    if not problem.line:
        return f"{problem.column}: {told}" if problem.column else told
    if not problem.column:
        words = env._("Line %(line)s: %(told)s")
        return words % {"line": problem.line, "told": told}
    words = env._("Line %(line)s, %(column)s: %(told)s")
    return words % {"line": problem.line, "column": problem.column, "told": told}
