"""What importing customs do not find or do not take, and what the platform sends back, as one table of checks.

Each check has a code, a level, who refuses for its sake, and the words for it. *Errors* stop an approval; *warnings*
are accepted by a person who says why. Where the application alone does not tell, :class:`Beside` says what is on file.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import NamedTuple

from . import form, plain_text, units

ERROR, WARNING = "error", "warning"
CHINA = (
    r"(?:THE\s+)?(?:PEOPLE'?S\s+REPUBLIC\s+OF\s+CHINA|P\.?\s?R\.?\s*(?:OF\s+)?CHINA|P\.?\s?R\.?\s?C\b|CHINA)\b"
)
MADE_IN = re.compile(
    rf"\b(?:(?:MADE|PRODUCED|MANUFACTURED|ASSEMBLED|PRODUCT|FABRIQU\w+|HECHO)\s+(?:IN|OF|EN)|COUNTRY\s+OF\s+ORIGIN|ORIGIN\s*:)"
    rf"(?!\W*{CHINA})",
    re.IGNORECASE,
)
VAGUE_PACKAGE = re.compile(r"\b(PACKAGES?|PKGS?|PACKS?|COLLI|PIECES?|UNITS?)\b", re.IGNORECASE)
NO_MARKS = re.compile(
    r"\b(NAME\s?PLATE|AS PER (?:INVOICE|ATTACH\w*|B/?L|LIST)|SEE (?:INVOICE|ATTACH\w*|B/?L|LIST))\b", re.IGNORECASE
)
# A letter O among digits, or a zero among letters: the other one is looked up abroad.
O_FOR_ZERO = re.compile(r"(?<=\d)O(?=\d)|(?<=\d)O$|^O(?=\d)", re.IGNORECASE)
ZERO_FOR_O = re.compile(r"(?<=[A-Z])0(?=[A-Z])", re.IGNORECASE)
LONGEST = {
    "description": 500, "description_zh": 500, "marks": 200, "address": 250, "name": 200, "name_en": 200,
    "remarks": 500, "vessel": 100, "number": 35, "invoice_number": 35, "place": 100, "signatory": 100, "producer": 200,
    "port_of_loading": 100, "port_of_discharge": 100, "route": 200, "reason": 500, "unit": 20, "product_ref": 100,
    "text": 800,
}  # fmt: skip
UNITS = re.compile(r"[A-Z0-9 ./%²³]+")
TERMS = {"EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP", "DAT", "DAF", "DES", "DEQ", "DDU"}
CURRENCY = re.compile(r"[A-Z]{3}")
FAR_AHEAD = dt.timedelta(days=60)  # a departure later than that is rather a slip of the pen


class Check(NamedTuple):
    """One check of the table.

    :param level: :data:`ERROR` or :data:`WARNING`
    :param refused_by: who refuses for its sake, and where
    :param mendable: whether :func:`.plain_text.normalised` mends it
    """

    code: str
    level: str
    refused_by: str
    message: str
    mendable: bool = False


SYSTEMS = "systems of importing customs, which look the text up"
CHECKS = {
    check.code: check
    for check in (
        Check("not_latin", ERROR, "customs of every importing Party: the form is in English (3.17.3)",
              "holds {found}: the form is in English, in Latin letters; enter the English words"),
        Check("full_width", ERROR, SYSTEMS,
              "holds full-width characters ({found}), which are others than they look like", True),
        Check("invisible", ERROR, SYSTEMS, "holds an invisible character", True),
        Check("line_break", ERROR, "message formats of platforms", "holds a line break", True),
        Check("odd_dash", ERROR, SYSTEMS, "holds a dash that is not the hyphen", True),
        Check("spaces", WARNING, SYSTEMS, "begins or ends with a space, or holds two in a row", True),
        Check("letter_o", WARNING, "systems of importing customs: letter O and digit 0 are not the same",
              "holds a letter O beside digits: is it a zero?"),
        Check("digit_0", WARNING, "systems of importing customs: letter O and digit 0 are not the same",
              "holds a digit 0 between letters: is it a letter O?"),
        Check("too_long", ERROR, "the platform's fields and the boxes of the form",
              "has {found} characters: the box holds {limit}"),
        Check("made_elsewhere", ERROR, "the issuing body and importing customs (box 7)",
              "says where the goods were made ({found}), and not in China: marks never name another origin"),
        Check("no_marks", WARNING, "importing customs, which look for the marks on the goods (box 7)",
              "says {found} instead of the marks: enter them, or N/M for none"),
        Check("vague_package", WARNING, "importing customs (box 8): name the kind of transport package",
              "says {found}: name what the goods are packed in, such as CARTONS or PALLETS"),
        Check("no_package", ERROR, "importing customs (box 8): packing for transport is stated, or IN NUDE",
              "names no transport packing"),
        Check("unit", ERROR, "importing customs (box 12)", "{found} is no unit in English capitals"),
        Check("unit_unknown", WARNING, "importing customs, which know units by UN/ECE's common codes (box 12)",
              "{found} is no unit that customs know by a common code"),
        Check("letter_of_credit", WARNING, "the bank, which pays against papers that say what it asked for",
              "{found} of the letter of credit stands in no box: enter it, for example here"),
        Check("currency", ERROR, "the issuing body (boxes 12 and 13)", "{found} is no currency in three letters"),
        Check("price_term", WARNING, "the issuing body", "{found} is no price term of the Incoterms"),
        Check("sum_of_invoice", WARNING, "importing customs, which compare the certificate with the invoice",
              "the goods of the invoice are worth {found}, the invoice says {limit}"),
        Check("credit_apart", WARNING, "importing customs, which compare it with what was bought in the end",
              "credit note {found} takes such goods back and names no invoice"),
        Check("sum_of_weight", WARNING, "importing customs, which compare the packing list",
              "the goods weigh {found} kg, the packing list says {limit} kg"),
        Check("sum_of_packages", WARNING, "importing customs, which compare the packing list",
              "there are {found} packages, the packing list says {limit}"),
        Check("gross_weight", WARNING, "importing customs, which compare the packing list",
              "the gross weight is not stated"),
        Check("below_net", WARNING, "importing customs, which weigh",
              "the gross weight of {found} kg is below the net weight of {limit} kg"),
        Check("invoice_later", WARNING, "importing customs: the declaration names invoices that are there (box 13)",
              "the invoice is of {found}, after the declaration of {limit}"),
        Check("departure_far", WARNING, "the issuing body (box 4)",
              "the goods are said to leave on {found}, long after the declaration of {limit}"),
        Check("departure_before_invoice", WARNING, "importing customs, which compare box 4 with box 13",
              "the goods left on {found}, before the invoice of {limit}"),
        Check("criterion", ERROR, "the issuing body: boxes 9 and 10 are those of the determination on file",
              "says {found}, but the determination on file says {limit}"),
        Check("no_operations", ERROR, "the issuing body: a product filing names the steps of production",
              "nobody has said by what operations the good is made: enter them on its bill of materials"),
        Check("material_without_code", ERROR, "the issuing body: a product filing names each material's HS code",
              "the material {found} has no HS code of six digits"),
        Check("not_connected", ERROR, "the platform, which serves the customs of some Parties only",
              "customs of {found} take no electronic certificates from the platform: apply on paper"),
    )
}  # fmt: skip
# Texts of the form that are English; names of paths end with these.
ENGLISH = {
    "name_en", "address", "place", "signatory", "description", "marks", "vessel", "port_of_loading",
    "port_of_discharge", "route", "remarks", "unit", "text", "producer", "number", "reason", "invoice_number",
}  # fmt: skip
THIRD_PARTY = "third_party.name"


class GoodOnFile(NamedTuple):
    """What is on file of one good.

    :param steps: how many operations it is made by; None where it is decided by its supplier's declaration
    :param uncoded: names of materials without an HS code
    :param net_weight: kilograms
    """

    hs6: str
    criterion: str
    modifiers: tuple[str, ...] = ()
    steps: int | None = None
    uncoded: tuple[str, ...] = ()
    net_weight: Decimal | None = None


class Beside(NamedTuple):
    """What is known beside an application.

    :param goods: of each item, in its order; empty where nothing is on file
    :param connected: whether customs of the importing Party are served by the platform
    :param packages: of the packing list; None where there is none
    :param weight: gross, in kilograms, of the packing list; None where there is none
    :param wanted: numbers and phrases that a letter of credit wants to read in some box of the form
    :param apart: credit notes that take such goods back and name no invoice, as (number of the invoice, of the note)
    :param free: what goods that are invoiced at nothing are worth, as (number of the invoice, value)
    """

    goods: tuple[GoodOnFile, ...] = ()
    connected: bool = True
    packages: int | None = None
    weight: Decimal | None = None
    apart: tuple[tuple[str, str], ...] = ()
    free: tuple[tuple[str, Decimal], ...] = ()
    wanted: tuple[str, ...] = ()


NOTHING = Beside()


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

def findings(application, beside: Beside = NOTHING, longest=LONGEST) -> tuple[Finding, ...]:
    """Return everything that the checks of the table find, in the order of the form.

    :param longest: {name of a text: characters}, where a platform's fields are shorter than the form's boxes
    """
    found = []
    if not beside.connected:
        found.append(_found("importing_party", "not_connected", application.importing_party))
    for path, text in _texts(application.to_json()):
        if ".maker." not in path:  # which no box names
            found += _text(path, text, longest)
    found += _dates(application)
    for i, item in enumerate(application.items):
        found += _item(f"items.{i}", item)
    for i, (item, good) in enumerate(zip(application.items, beside.goods, strict=False)):
        found += _on_file(f"items.{i}", item, good)
    found += _sums(application, beside)
    found += _wanted(application, beside.wanted)
    return tuple(found)


def _wanted(application, phrases):
    """What no box says, whatever its capitals and spaces."""
    boxes = [_as_read(text) for text in form.texts(form.boxes(application))]
    for phrase in phrases:
        if _as_read(phrase) and not any(_as_read(phrase) in box for box in boxes):
            yield _found("remarks", "letter_of_credit", phrase)


def _as_read(text):
    return " ".join(plain_text.normalised(text).casefold().split())


def text_at(application, path: str) -> str:
    """What an application says at a path, as text."""
    value = application.to_json()
    for part in path.split("."):
        value = value[int(part)] if plain_text.is_number(part) else (value or {}).get(part)
    return str(value)


def _found(path, code, found="", limit=""):
    return Finding(path, CHECKS[code], str(found), str(limit))


def _texts(value, path=""):
    if isinstance(value, str):
        if value:
            yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for i, each in enumerate(value):
            yield from _texts(each, f"{path}.{i}")


def _text(path, text, longest):
    name = path.rpartition(".")[2]
    if name in longest and len(text) > longest[name]:
        yield _found(path, "too_long", len(text), longest[name])
    if name not in ENGLISH and path != THIRD_PARTY:
        return
    if plain_text.BREAKS.search(text):
        yield _found(path, "line_break")
    if plain_text.INVISIBLE.search(plain_text.BREAKS.sub("", text)):
        yield _found(path, "invisible")
    wide = "".join(dict.fromkeys(plain_text.FULL_WIDTH.findall(text)))
    if wide:
        yield _found(path, "full_width", wide)
    if plain_text.DASHES.search(text):
        yield _found(path, "odd_dash")
    if plain_text.SPACES.search(text) or plain_text.ODD_SPACE.search(text):
        yield _found(path, "spaces")
    other = plain_text.foreign(text)
    if other:
        yield _found(path, "not_latin", f"“{other[:20]}”")
    if name in {"number", "invoice_number"} and O_FOR_ZERO.search(text):
        yield _found(path, "letter_o")
    if name in {"number", "invoice_number"} and ZERO_FOR_O.search(text):
        yield _found(path, "digit_0")


def _dates(application):
    declared, departed = application.declaration.date, application.transport.departure_date
    if departed and departed > declared + FAR_AHEAD:
        yield _found("transport.departure_date", "departure_far", departed, declared)
    for i, invoice in enumerate(application.invoices):
        if invoice.date > declared:
            yield _found(f"invoices.{i}.date", "invoice_later", invoice.date, declared)
        if departed and departed < invoice.date:
            yield _found("transport.departure_date", "departure_before_invoice", departed, invoice.date)
        if invoice.incoterm and invoice.incoterm not in TERMS:
            yield _found(f"invoices.{i}.incoterm", "price_term", f"“{invoice.incoterm}”")
        if invoice.currency and not CURRENCY.fullmatch(invoice.currency):
            yield _found(f"invoices.{i}.currency", "currency", f"“{invoice.currency}”")


def _item(path, item):
    made = MADE_IN.search(item.marks)
    if made:
        yield _found(f"{path}.marks", "made_elsewhere", f"“{item.marks[made.start():made.start() + 40]}”")
    elsewhere = NO_MARKS.search(item.marks)
    if elsewhere:
        yield _found(f"{path}.marks", "no_marks", f"“{elsewhere[0]}”")
    if item.packages.kind != "IN NUDE" and item.packages.count <= 0:
        yield _found(f"{path}.packages", "no_package")
    vague = VAGUE_PACKAGE.search(item.packages.kind)
    if vague:
        yield _found(f"{path}.packages", "vague_package", vague[0])
    if item.unit and all(map(plain_text.is_latin, item.unit)):
        if not UNITS.fullmatch(item.unit):
            yield _found(f"{path}.unit", "unit", f"“{item.unit}”")
        elif not units.code(item.unit):
            yield _found(f"{path}.unit", "unit_unknown", f"“{item.unit}”")
    if item.currency and not CURRENCY.fullmatch(item.currency):
        yield _found(f"{path}.currency", "currency", f"“{item.currency}”")
    if item.gross_weight is None:
        yield _found(f"{path}.gross_weight", "gross_weight")


def _on_file(path, item, good):
    result = " ".join((item.criterion, *item.modifiers))
    filed = " ".join((good.criterion, *good.modifiers))
    if result != filed:
        yield _found(f"{path}.criterion", "criterion", result, filed)
    if item.hs6 != good.hs6:
        yield _found(f"{path}.hs6", "criterion", item.hs6, good.hs6)
    if good.steps == 0 and item.criterion != "WO":
        yield _found(f"{path}.criterion", "no_operations")
    for name in good.uncoded:
        yield _found(f"{path}.criterion", "material_without_code", f"“{name}”")
    if item.gross_weight is not None and good.net_weight is not None and item.gross_weight < good.net_weight:
        yield _found(f"{path}.gross_weight", "below_net", f"{item.gross_weight:f}", f"{good.net_weight:f}")


def _sums(application, beside):
    for i, invoice in enumerate(application.invoices):
        for number, note in beside.apart:
            if number == invoice.number:
                yield _found(f"invoices.{i}.number", "credit_apart", note)
        own = [item.invoice_value for item in application.items if item.invoice_number == invoice.number]
        goods = sum(own, Decimal(0)) - sum(value for number, value in beside.free if number == invoice.number)
        if goods > invoice.amount:
            result = f"{invoice.amount:f} {invoice.currency}"
            yield _found(f"invoices.{i}.amount", "sum_of_invoice", f"{goods:f}", result)
    items = application.items
    weight = sum((item.gross_weight or Decimal(0) for item in items), Decimal(0))
    if beside.weight is not None and weight != beside.weight:
        yield _found("items", "sum_of_weight", f"{weight:f}", f"{beside.weight:f}")
    packages = sum(item.packages.count for item in items)
    if beside.packages is not None and packages != beside.packages:
        yield _found("items", "sum_of_packages", packages, beside.packages)
