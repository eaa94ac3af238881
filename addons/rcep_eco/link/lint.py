"""What importing customs do not find or do not take, as one table of checks over an application.

Each check has a code, a level, who refuses for its sake, and the words for it. *Errors* stop an approval, *warnings*
are shown. :func:`normalised` mends what can be mended without changing what is meant.

>>> normalised("ＡＢＣ１２３，\\u200bnew\\nline")
'ABC123, new line'
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from .record import FieldError

ERROR, WARNING = "error", "warning"
INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63]")
BREAKS = re.compile(r"[\r\n\t\x0b\x0c\u2028\u2029]+")
CHINA = r"(?:THE\s+)?(?:PEOPLE'?S\s+REPUBLIC\s+OF\s+)?(?:P\.?\s?R\.?\s*(?:OF\s+)?)?(?:CHINA|C)\b"
MADE_IN = re.compile(rf"\b(?:MADE|PRODUCED|MANUFACTURED|PRODUCT)\s+(?:IN|OF)\b(?!\W*{CHINA})", re.I)
VAGUE_PACKAGE = re.compile(r"\b(PACKAGES?|PKGS?|COLLI|PIECES?)\b", re.I)
# A letter O among digits, or a zero among letters: the other one is looked up abroad.
O_FOR_ZERO = re.compile(r"(?<=\d)O(?=\d)|(?<=\d)O$|^O(?=\d)", re.I)
PUNCTUATION = str.maketrans(
    {"、": ", ", "。": ". ", "《": '"', "》": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."}
)
LONGEST = {
    "description": 500,
    "marks": 200,
    "address": 250,
    "name_en": 200,
    "remarks": 500,
    "vessel": 100,
    "number": 35,
}
UNITS = re.compile(r"[A-Z0-9 ./%²³]+")


class Check(NamedTuple):
    """One check of the table.

    :param level: :data:`ERROR` or :data:`WARNING`
    :param refused_by: who refuses for its sake, and where
    :param mendable: whether :func:`normalised` mends it
    """

    code: str
    level: str
    refused_by: str
    message: str
    mendable: bool = False


CHECKS = {
    check.code: check
    for check in (
        Check("not_latin", ERROR, "customs of every importing Party: the form is in English (3.17.3)",
              "holds {found}: the form is in English, in Latin letters; enter the English words"),
        Check("full_width", ERROR, "systems of importing customs, which look the text up",
              "holds full-width characters ({found}), which are others than they look like", True),
        Check("invisible", ERROR, "systems of importing customs, which look the text up",
              "holds an invisible character", True),
        Check("line_break", ERROR, "message formats of platforms", "holds a line break", True),
        Check("odd_dash", ERROR, "systems of importing customs, which look the text up",
              "holds a dash that is not the hyphen", True),
        Check("letter_o", WARNING, "systems of importing customs: letter O and digit 0 are not the same",
              "holds a letter O beside digits: is it a zero?"),
        Check("too_long", ERROR, "the platform's fields and the boxes of the form",
              "has {found} characters: the box holds {limit}"),
        Check("made_elsewhere", ERROR, "the issuing body and importing customs (box 7)",
              "says where the goods were made ({found}), and not in China: marks never name another origin"),
        Check("vague_package", WARNING, "importing customs (box 8): name the kind of transport package",
              "says {found}: name what the goods are packed in, such as CARTONS or PALLETS"),
        Check("no_package", ERROR, "importing customs (box 8): packing for transport is stated, or IN NUDE",
              "names no transport packing"),
        Check("unit", ERROR, "importing customs (box 12)", "{found} is no unit in English capitals"),
        Check("sum_of_invoice", WARNING, "importing customs, which compare the certificate with the invoice",
              "the goods of the invoice are worth {found}, the invoice says {limit}"),
        Check("gross_weight", WARNING, "importing customs, which compare the packing list",
              "the gross weight is not stated"),
    )
}  # fmt: skip
# Texts of the form that are English; names of paths end with these.
ENGLISH = {
    "name_en", "address", "place", "signatory", "description", "marks", "vessel", "port_of_loading",
    "port_of_discharge", "route", "remarks", "unit", "text", "producer", "number", "reason", "invoice_number",
}  # fmt: skip


class Finding(NamedTuple):
    """What a check found.

    :param path: canonical, as ``items.0.marks``
    :param found: what in it is wrong
    :param limit: what it may be
    """

    path: str
    check: Check
    found: str = ""
    limit: str = ""

    def as_error(self) -> FieldError:
        """The finding as what a platform would send back."""
        message = self.check.message.format(found=self.found, limit=self.limit)
        return FieldError(path=self.path, code=self.check.code, message=message)


def findings(application) -> tuple[Finding, ...]:
    """Return everything that the checks of the table find, in the order of the form."""
    found = []
    for path, text in _english(application.to_json()):
        found += _text(path, text)
    for i, item in enumerate(application.items):
        found += _item(f"items.{i}", item)
    found += _sums(application)
    return tuple(found)


def normalised(text: str) -> str:
    """The same text in characters that every system has: half-width, visible, on one line."""
    told = BREAKS.sub(" ", INVISIBLE.sub("", text).translate(PUNCTUATION))
    told = FULL_WIDTH.sub(lambda match: unicodedata.normalize("NFKC", match[0]), told)
    told = re.sub(r",(?=[^\s\d])", ", ", DASHES.sub("-", told))
    return re.sub(r" {2,}", " ", told).strip()


def _found(path, code, found="", limit=""):
    return Finding(path, CHECKS[code], found, limit)


def _english(value, path=""):
    if isinstance(value, str):
        name = path.rpartition(".")[2]
        if value and name in ENGLISH:
            yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _english(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for i, each in enumerate(value):
            yield from _english(each, f"{path}.{i}")


def is_latin(char: str) -> bool:
    """Whether a character may stand on the form: no letter of another script, no sign of another writing."""
    if char.isascii():
        return True
    if unicodedata.category(char)[0] in "LM":
        return "LATIN" in unicodedata.name(char, "") or unicodedata.combining(char) > 0
    return unicodedata.category(char)[0] in "NPSZ" and not "\u3000" <= char <= "\u303f"


def _text(path, text):
    name = path.rpartition(".")[2]
    if BREAKS.search(text):
        yield _found(path, "line_break")
    if INVISIBLE.search(BREAKS.sub("", text)):
        yield _found(path, "invisible")
    wide = "".join(dict.fromkeys(FULL_WIDTH.findall(text)))
    if wide:
        yield _found(path, "full_width", wide)
    if DASHES.search(text):
        yield _found(path, "odd_dash")
    rest = FULL_WIDTH.sub("", INVISIBLE.sub("", DASHES.sub("", text)))
    other = "".join(dict.fromkeys(char for char in rest if not is_latin(char) and not BREAKS.match(char)))
    if other:
        yield _found(path, "not_latin", f"“{other[:20]}”")
    limit = LONGEST.get(name)
    if limit and len(text) > limit:
        yield _found(path, "too_long", str(len(text)), str(limit))
    if name in {"number", "invoice_number"} and O_FOR_ZERO.search(text):
        yield _found(path, "letter_o")


def _item(path, item):
    made = MADE_IN.search(item.marks)
    if made:
        yield _found(f"{path}.marks", "made_elsewhere", f"“{item.marks[made.start():made.start() + 40]}”")
    if item.packages.kind != "IN NUDE" and item.packages.count <= 0:
        yield _found(f"{path}.packages", "no_package")
    vague = VAGUE_PACKAGE.search(item.packages.kind)
    if vague:
        yield _found(f"{path}.packages", "vague_package", vague[0])
    if item.unit and not UNITS.fullmatch(item.unit) and all(is_latin(char) for char in item.unit):
        yield _found(f"{path}.unit", "unit", f"“{item.unit}”")
    if item.gross_weight is None:
        yield _found(f"{path}.gross_weight", "gross_weight")


def _sums(application):
    for i, invoice in enumerate(application.invoices):
        own = [item.invoice_value for item in application.items if item.invoice_number == invoice.number]
        goods = sum(own, Decimal(0))
        if goods > invoice.amount:
            told = f"{invoice.amount:f} {invoice.currency}"
            yield _found(f"invoices.{i}.amount", "sum_of_invoice", f"{goods:f}", told)
