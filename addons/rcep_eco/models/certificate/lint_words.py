"""What the table of checks finds, in words: :data:`link.lint.CHECKS` by code."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

MESSAGES = {
    "not_latin": _lt("holds %(found)s: the form is in English, in Latin letters; enter the English words"),
    "full_width": _lt("holds full-width characters (%(found)s), which customs' systems do not find: press Normalise"),
    "invisible": _lt("holds an invisible character: press Normalise"),
    "line_break": _lt("holds a line break: press Normalise"),
    "odd_dash": _lt("holds a dash that is not the hyphen: press Normalise"),
    "letter_o": _lt("holds a letter O beside digits: is it a zero?"),
    "too_long": _lt("has %(found)s characters; the box holds %(limit)s"),
    "made_elsewhere": _lt("says %(found)s: marks never say that goods are made elsewhere than in China (box 7)"),
    "vague_package": _lt("says %(found)s: name what the goods are packed in, such as cartons or pallets (box 8)"),
    "no_package": _lt("names no transport packing (box 8)"),
    "unit": _lt("%(found)s is no unit in English capitals (box 12)"),
    "sum_of_invoice": _lt("the goods of the invoice are worth %(found)s, the invoice says %(limit)s"),
    "gross_weight": _lt("the gross weight is not stated; customs compare it with the packing list"),
}
