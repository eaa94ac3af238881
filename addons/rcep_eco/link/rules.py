"""The conditional rules of an application: what must stand where, and only where.

They are the rules of public filling guides and of GACC's published application, each with its box. What
depends on other records (is there a filing? is the criterion that of the dossier?) is not checked here.

>>> unclean("NB2026-001")
''
>>> unclean("NB２026 001")
'a space, a full-width digit or letter'
"""

from __future__ import annotations

import re

from .plain import DASHES, FULL_WIDTH, INVISIBLE
from .record import FieldError

HS6 = re.compile(r"[0-9]{6}")
SHA256_HEX = re.compile(r"[0-9a-f]{64}")
# characters that XML 1.0 cannot carry, so that no message of any profile may hold them
XML_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# what makes an invoice number differ from the customs declaration although it looks the same
UNCLEAN = (
    (re.compile(r"\s"), "a space"),
    (INVISIBLE, "an invisible character"),
    (FULL_WIDTH, "a full-width digit or letter"),
    (DASHES, "a dash that is not the hyphen"),
)


def unclean(number: str) -> str:
    """Return in words which characters make an invoice number hard to find abroad; empty when none."""
    return ", ".join(words for pattern, words in UNCLEAN if pattern.search(number))


def application_problems(application) -> tuple[FieldError, ...]:
    """Return every broken rule of an `Application`, in the order of the form."""
    found = []

    def problem(path, code, message):
        found.append(FieldError(path=path, code=code, message=message))

    for check in (_head, _traders, _transport, _invoices, _items):
        check(application, problem)
    for path, text in _texts(application.to_json()):
        if XML_ILLEGAL.search(text):
            problem(path, "control_character", "holds a control character that XML does not allow; remove it")
    return tuple(found)


def _head(application, problem):
    if application.kind != "new":
        old = application.old
        if not old or not old.number:
            problem("old.number", "required", "an amended or reissued certificate names the old number")
        if not old or not old.reason:
            problem("old.reason", "required", "an amended or reissued certificate gives the reason")
    third = application.third_party
    if third and not third.name:
        problem("third_party.name", "required", "third-party invoicing names who issued the invoice")
    if third and not third.country:
        problem("third_party.country", "required", "third-party invoicing names the issuer's country")


def _traders(application, problem):
    for role in ("exporter", "consignee"):
        for part in ("name_en", "address", "country"):
            if not getattr(getattr(application, role), part):
                problem(f"{role}.{part}", "required", f"the {role}'s {part} is missing")
    if application.consignee.country != application.importing_party:
        problem("consignee.country", "mismatch", "the consignee is in the importing Party (box 2)")
    if application.producer.statement == "named" and not application.producer.trader:
        problem("producer.trader", "required", "the producer is to be named, but none is given (box 3)")


def _transport(application, problem):
    departed, declared = application.transport.departure_date, application.declaration.date
    if departed and departed < declared and not application.retroactive:
        problem("retroactive", "required", "the goods left before the declaration: issued retroactively")
    if application.retroactive and (not departed or departed >= declared):
        problem("retroactive", "mismatch", "issued retroactively needs a departure before the declaration")


def _invoices(application, problem):
    if not application.invoices:
        problem("invoices", "required", "an application names at least one invoice (box 13)")
    for i, invoice in enumerate(application.invoices):
        for part in ("number", "currency", "incoterm"):
            if not getattr(invoice, part):
                problem(f"invoices.{i}.{part}", "required", f"the invoice's {part} is missing")
        words = unclean(invoice.number)
        if words:
            problem(f"invoices.{i}.number", "unclean", f"the invoice number {invoice.number!a} holds {words}")


def _items(application, problem):
    if not application.items:
        problem("items", "required", "an application names at least one good")
    numbers = {invoice.number for invoice in application.invoices}
    for i, item in enumerate(application.items):
        path = f"items.{i}"
        if item.number != i + 1:
            problem(f"{path}.number", "not_contiguous", f"item numbers run 1, 2, 3 …: expected {i + 1}")
        for part in ("product_ref", "description", "unit", "currency", "origin_country", "producer"):
            if not getattr(item, part):
                problem(f"{path}.{part}", "required", f"item {item.number}: {part} is missing")
        if not HS6.fullmatch(item.hs6):
            problem(f"{path}.hs6", "format", f"item {item.number}: an HS code of six digits is needed (box 9)")
        if item.quantity <= 0:
            problem(f"{path}.quantity", "range", f"item {item.number}: the quantity must be above zero")
        if item.invoice_number not in numbers:
            problem(f"{path}.invoice_number", "unknown", f"item {item.number}: no such invoice in box 13")
        if not SHA256_HEX.fullmatch(item.dossier_sha256):
            problem(f"{path}.dossier_sha256", "required", f"item {item.number}: its dossier is not sealed")
        _value_content(item, path, problem)


def _value_content(item, path, problem):
    """Box 12: FOB value and percentage stand with criterion RVC and nowhere else."""
    if item.criterion != "RVC":
        for part in ("fob_value", "rvc"):
            if getattr(item, part) is not None:
                problem(f"{path}.{part}", "not_allowed", f"item {item.number}: only with criterion RVC")
        return
    if item.fob_value is None or item.fob_value <= 0:
        problem(f"{path}.fob_value", "required", f"item {item.number}: criterion RVC needs the FOB value")
    if item.rvc is None or not 0 <= item.rvc <= 100 or item.rvc != round(item.rvc, 2):
        problem(f"{path}.rvc", "required", f"item {item.number}: RVC is 0 to 100 with at most two decimals")


def _texts(value, path=""):
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for i, each in enumerate(value):
            yield from _texts(each, f"{path}.{i}")
