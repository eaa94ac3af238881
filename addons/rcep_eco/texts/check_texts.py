"""What the table of checks finds, in words: :data:`link.customs_checks.CHECKS` by code."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

MESSAGES = {
    "not_latin": _lt("holds %(found)s: the form is in English, in Latin letters; enter the English words"),
    "full_width": _lt("holds full-width characters (%(found)s), which customs' systems do not find: press Normalise"),
    "invisible": _lt("holds an invisible character: press Normalise"),
    "line_break": _lt("holds a line break: press Normalise"),
    "odd_dash": _lt("holds a dash that is not the hyphen: press Normalise"),
    "spaces": _lt("begins or ends with a space, or holds two in a row: press Normalise"),
    "letter_o": _lt("holds a letter O beside digits, which may be meant as a zero"),
    "digit_0": _lt("holds a digit 0 between letters, which may be meant as a letter O"),
    "too_long": _lt("has %(found)s characters; the box holds %(limit)s"),
    "made_elsewhere": _lt("says %(found)s: marks never say that goods are made elsewhere than in China (box 7)"),
    "no_marks": _lt("says %(found)s instead of the marks: enter them, or N/M for none (box 7)"),
    "vague_package": _lt("says %(found)s: name what the goods are packed in, such as cartons or pallets (box 8)"),
    "no_package": _lt("names no transport packing (box 8)"),
    "unit": _lt("%(found)s is no unit in English capitals (box 12)"),
    "unit_unknown": _lt("%(found)s is no unit that customs know by a common code (box 12)"),
    "letter_of_credit": _lt(
        "“%(found)s” of the letter of credit stands in no box of the form: enter it, for example in the remarks "
        "(box 14)"
    ),
    "currency": _lt("%(found)s is no currency in three letters"),
    "price_term": _lt("%(found)s is no price term of the Incoterms"),
    "sum_of_invoice": _lt("the goods of the invoice are worth %(found)s, the invoice says %(limit)s"),
    "credit_apart": _lt(
        "credit note %(found)s to the same customer takes such goods back and names no invoice: if it is of this one, "
        "reconcile the two; if not, accept this with that reason"
    ),
    "sum_of_weight": _lt("the goods weigh %(found)s kg, the packing list says %(limit)s kg"),
    "sum_of_packages": _lt("there are %(found)s packages, the packing list says %(limit)s"),
    "gross_weight": _lt("the gross weight is not stated; customs compare it with the packing list"),
    "below_net": _lt("the gross weight of %(found)s kg is below the net weight of %(limit)s kg"),
    "invoice_later": _lt("the invoice is of %(found)s, after the declaration of %(limit)s (box 13)"),
    "departure_far": _lt("the goods are said to leave on %(found)s, long after the declaration of %(limit)s (box 4)"),
    "departure_before_invoice": _lt("the goods left on %(found)s, before the invoice of %(limit)s (boxes 4 and 13)"),
    "criterion": _lt("says %(found)s, but the determination on file says %(limit)s: press Check"),
    "no_operations": _lt(
        "nobody has said by what operations the good is made, which its product filing names: enter them on its bill "
        "of materials"
    ),
    "material_without_code": _lt("its material %(found)s has no HS code of six digits, which its filing names"),
    "not_connected": _lt(
        "customs of %(found)s take no electronic certificates from the platform: apply for it on paper"
    ),
}
