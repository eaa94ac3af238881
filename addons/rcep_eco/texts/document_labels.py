"""The words of the papers beside a certificate; what stands on the form itself is English and is not here."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

WORDS = {
    "invoice": _lt("Commercial invoice"),
    "packing": _lt("Packing list"),
    "origin": _lt("Origin summary"),
    # facts
    "certificate": _lt("Certificate of origin, Form RCEP"),
    "consignee": _lt("Consignee"),
    "buyer": _lt("Buyer"),
    "invoice_date": _lt("Invoice date"),
    "customs_invoice": _lt("Invoice in box 13, of a third party"),
    "price_term": _lt("Price term"),
    "currency": _lt("Currency"),
    "payment_terms": _lt("Terms of payment"),
    "bank": _lt("Bank account"),
    "letter_of_credit": _lt("Letter of credit"),
    "transport": _lt("Means of transport, port of loading"),
    "departure": _lt("Departure"),
    "port": _lt("Port of discharge"),
    "importing_party": _lt("Importing Party"),
    "issued_on": _lt("Issued on"),
    "valid_until": _lt("Valid until"),
    "producer": _lt("Producer"),
    "ticked": _lt("Ticked in box 17"),
    # columns
    "column_number": _lt("No."),
    "column_marks": _lt("Marks and numbers"),
    "column_goods": _lt("Packages and description of goods"),
    "column_hs": _lt("HS code"),
    "column_origin": _lt("Country of origin"),
    "column_criterion": _lt("Origin criterion"),
    "column_quantity": _lt("Quantity"),
    "column_unit_price": _lt("Unit price"),
    "column_amount": _lt("Amount"),
    "column_packages": _lt("Packages"),
    "column_net": _lt("Net weight (kg)"),
    "column_gross": _lt("Gross weight (kg)"),
    "column_box_13": _lt("Invoice"),
    # rows
    "covered": _lt("Goods on the certificate"),
    "not_covered": _lt("Of the same invoice, not on the certificate"),
    "travels_along": _lt("In the same shipment, not on the certificate"),
    "other_amounts": _lt("Other amounts of the invoice"),
    "total": _lt("Total"),
    "tax": _lt("Tax"),
    "advance": _lt("Paid in advance"),
    "due": _lt("Amount due"),
    "free": _lt("Free of charge"),
    "for_customs": _lt("value for customs only: %(value)s"),
    # notes
    "remarks": _lt("Remarks (box 14)"),
    "credited": _lt("Credited since"),
    "credit_note": _lt("%(number)s of %(day)s: %(amount)s"),
    "meaning": _lt("What the criteria mean"),
    # how it is checked
    "certificate_is": _lt("This paper belongs to certificate of origin %(number)s."),
    "scan": _lt("Scan the code to see whether the certificate is valid: %(url)s"),
    "at_body": _lt("Check it at the issuing body itself: %(url)s"),
    "ask_body": _lt("The issuing body in China answers whether certificate %(number)s is valid."),
    "none_yet": _lt("No certificate of origin has been issued for these goods yet."),
    "counts": _lt(
        "Made by the exporter from the approved application. Customs take the document of the issuing body, not this "
        "one."
    ),
    "sheet": _lt("Sheet {number} of {sheets}"),
}
# What a line is that is no good of the certificate: kinds of :data:`link.sale_terms.OTHERS`.
CHARGES = {
    "left_off": _lt("without a certificate"),
    "rest": _lt("rest of the invoice, not in this certificate"),
    "freight": _lt("freight"),
    "insurance": _lt("insurance"),
    "inland": _lt("costs up to loading"),
    "discount": _lt("discount"),
    "duty": _lt("duty and taxes abroad"),
    "other": _lt("other charge"),
    "advance": _lt("paid in advance"),
}
CRITERIA = {
    "WO": _lt("wholly obtained or produced in a Party (Art. 3.3)"),
    "PE": _lt("produced in a Party from originating materials alone (Art. 3.2(b))"),
    "CTC": _lt("other materials changed their tariff classification as the rule of the good asks (Art. 3.2(c))"),
    "RVC": _lt("holds the regional value that the rule of the good asks, or more (Art. 3.2(c) and 3.5)"),
    "CR": _lt("made by a chemical reaction as the rule of the good asks (Art. 3.2(c))"),
    "ACU": _lt("materials of other Parties count as originating (Art. 3.4)"),
    "DMI": _lt("materials that break the rule stay below what it allows (Art. 3.7)"),
}
