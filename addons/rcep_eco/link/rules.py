"""The conditional rules of an application: what must stand where, and only where.

They are the rules of public filling guides and of GACC's published application, each with its box. What
depends on other records (is there a filing? is the criterion that of the dossier?) is not checked here.

>>> unclean("NB2026-001")
''
>>> unclean("NB２026 001")
'a space, a full-width digit or letter'
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from .application import AGREEMENTS
from .coded_message import CodedMessage
from .plain_text import DASHES, FULL_WIDTH, INVISIBLE
from .record import FieldError

HS6 = re.compile(r"[0-9]{6}")
SHA256_HEX = re.compile(r"[0-9a-f]{64}")
# characters that XML 1.0 cannot carry, so that no message of any profile may hold them
XML_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# what makes an invoice number differ from the customs declaration although it looks the same
UNCLEAN = (
    (re.compile(r"\s"), CodedMessage("rule_space")),
    (INVISIBLE, CodedMessage("rule_invisible")),
    (FULL_WIDTH, CodedMessage("rule_full_width")),
    (DASHES, CodedMessage("rule_dash")),
)


class Broken(NamedTuple):
    """A broken rule: where, a code for programs, and the sentence for people."""

    path: str
    code: str
    coded: CodedMessage


def unclean(number: str) -> str:
    """Return in words which characters make an invoice number hard to find abroad; empty when none."""
    return str(_unclean(number) or "")


def _unclean(number):
    found = [words for pattern, words in UNCLEAN if pattern.search(number)]
    return (
        functools.reduce(lambda one, next_one: CodedMessage("rule_both", one=one, other=next_one), found)
        if found
        else None
    )


def application_problems(application) -> tuple[FieldError, ...]:
    """Return every broken rule of an `Application`, in the order of the form."""
    return tuple(
        FieldError(path=each.path, code=each.code, message=str(each.coded)) for each in broken(application)
    )


def broken(application) -> tuple[Broken, ...]:
    """As `application_problems`, to be told in any language."""
    found = []

    def problem(path, code, message):
        found.append(Broken(path, code, message))

    for check in (_head, _traders, _transport, _invoices, _items):
        check(application, problem)
    for path, text in _texts(application.to_json()):
        if XML_ILLEGAL.search(text):
            problem(path, "control_character", CodedMessage("rule_control_character"))
    return tuple(found)


def _head(application, problem):
    if application.kind != "new":
        old = application.old
        if not old or not old.number:
            problem("old.number", "required", CodedMessage("rule_old_number"))
        if not old or not old.reason:
            problem("old.reason", "required", CodedMessage("rule_old_reason"))
    if application.further_originals and not application.back_to_back:
        problem("further_originals", "mismatch", CodedMessage("rule_further_original"))
    for original in application.originals:
        if original.issuing_country == application.exporter.country:
            problem("back_to_back.issuing_country", "mismatch", CodedMessage("rule_original_of_exporter"))
    third = application.third_party
    if third and not third.name:
        problem("third_party.name", "required", CodedMessage("rule_third_party"))
    if third and not third.country:
        problem("third_party.country", "required", CodedMessage("rule_third_party_country"))


def _traders(application, problem):
    for role in ("exporter", "consignee"):
        for part in ("name_en", "address", "country"):
            if not getattr(getattr(application, role), part):
                problem(f"{role}.{part}", "required", CodedMessage("rule_missing"))
    if application.consignee.country != application.importing_party:
        problem("consignee.country", "mismatch", CodedMessage("rule_consignee_elsewhere"))
    if application.producer.statement == "named" and not application.producer.trader:
        problem("producer.trader", "required", CodedMessage("rule_no_producer"))


def _transport(application, problem):
    departed, declared = application.transport.departure_date, application.declaration.date
    if departed and departed < declared and not application.retroactive:
        problem("retroactive", "required", CodedMessage("rule_is_retroactive"))
    if application.retroactive and (not departed or departed >= declared):
        problem("retroactive", "mismatch", CodedMessage("rule_not_retroactive"))


def _invoices(application, problem):
    if not application.invoices:
        problem("invoices", "required", CodedMessage("rule_no_invoice"))
    for i, invoice in enumerate(application.invoices):
        for part in ("number", "currency", "incoterm"):
            if not getattr(invoice, part):
                problem(f"invoices.{i}.{part}", "required", CodedMessage("rule_missing"))
        words = _unclean(invoice.number)
        if words:
            problem(
                f"invoices.{i}.number",
                "unclean",
                CodedMessage("rule_unclean", number=ascii(invoice.number), found=words),
            )


def _items(application, problem):
    if not application.items:
        problem("items", "required", CodedMessage("rule_no_good"))
    numbers = {invoice.number for invoice in application.invoices}
    for i, item in enumerate(application.items):
        path = f"items.{i}"
        if item.number != i + 1:
            problem(f"{path}.number", "not_contiguous", CodedMessage("rule_item_number", number=i + 1))
        for part in ("product_ref", "description", "unit", "currency", "origin_country", "producer"):
            if not getattr(item, part):
                problem(f"{path}.{part}", "required", CodedMessage("rule_missing"))
        if not HS6.fullmatch(item.hs6):
            problem(f"{path}.hs6", "format", CodedMessage("rule_hs_code"))
        if item.quantity <= 0:
            problem(f"{path}.quantity", "range", CodedMessage("rule_quantity"))
        if item.invoice_number not in numbers:
            problem(f"{path}.invoice_number", "unknown", CodedMessage("rule_other_invoice"))
        if not SHA256_HEX.fullmatch(item.dossier_sha256):
            problem(f"{path}.dossier_sha256", "required", CodedMessage("rule_not_sealed"))
        if item.criterion not in AGREEMENTS[application.agreement]:
            problem(
                f"{path}.criterion",
                "mismatch",
                CodedMessage("rule_criterion_elsewhere", agreement=application.agreement),
            )
        _value_content(item, path, problem)


def _value_content(item, path, problem):
    """Box 12: FOB value and percentage stand with criterion RVC and nowhere else."""
    if item.criterion != "RVC":
        for part in ("fob_value", "rvc"):
            if getattr(item, part) is not None:
                problem(f"{path}.{part}", "not_allowed", CodedMessage("rule_only_with_value"))
        return
    if item.fob_value is None or item.fob_value <= 0:
        problem(f"{path}.fob_value", "required", CodedMessage("rule_no_value"))
    if item.rvc is None or not 0 <= item.rvc <= 100 or item.rvc != round(item.rvc, 2):
        problem(f"{path}.rvc", "required", CodedMessage("rule_share"))


def _texts(value, path=""):
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for i, each in enumerate(value):
            yield from _texts(each, f"{path}.{i}")
