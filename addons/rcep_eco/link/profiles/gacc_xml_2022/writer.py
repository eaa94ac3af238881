"""Writes an application as one XML file: what is written was looked at before, element by element.

The bytes are stable: UTF-8, every element of the table in its order, the empty ones written out (``<X></X>``), no
entity but the five of XML itself.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from ...application import Application, Item
from ...attachment import Attachment
from ...coded_message import CodedMessage
from ...filing_party import Filer
from ...rules import XML_ILLEGAL, Broken
from . import values
from .elements import ALWAYS, Element, of

NAMESPACE = "http://www.w3.org/2000/09/xmldsig#"  # of the interface itself; nothing is signed
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
ROOT = (
    f'<Certificate xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{NAMESPACE} coo.xsd">\n'
)
BREAK = "/n"  # two characters: a line break inside a text
MOST_GOODS = 5000
MAKER_CODE = ".maker.uscc"
# Codes of FileType as one client has them; 8 to 14 were not seen.
FILE_TYPES = {
    "invoice": "1",
    "third_party_invoice": "2",
    "transport": "3",
    "customs_declaration": "4",
    "cost_statement": "5",
    "purchase": "6",
    "other": "7",
    "original": "15",
}
CONTRACT_RCEP = 50  # characters of a contract's number on a certificate of type RC
DECIMAL = re.compile(r"\d{1,19}(\.\d{1,5})?")
PERCENT = re.compile(r"\d{1,3}(\.\d{1,2})?")
COUNT = re.compile(r"[1-9]\d{0,8}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
OUTSIDE_PLANE = re.compile("[\U00010000-\U0010ffff]")  # such as an emoji
PATTERNS = {
    "decimal": (DECIMAL, lambda **facts: CodedMessage("gacc_decimal", **facts)),
    "percent": (PERCENT, lambda **facts: CodedMessage("gacc_percent", **facts)),
    "count": (COUNT, lambda **facts: CodedMessage("gacc_count", **facts)),
    "date": (DAY, lambda **facts: CodedMessage("gacc_date", **facts)),
}


class Node(NamedTuple):
    """One node with what its elements say.

    :param start: canonical path of the record that it is of, before the path of each element
    """

    tag: str
    elements: tuple[Element, ...]
    values: dict[str, str]
    start: str = ""
    conditions: frozenset[str] = frozenset()

    def needs(self, element: Element) -> bool:
        return element.needed == ALWAYS or element.needed in self.conditions

    def path(self, element: Element) -> str:
        if not element.path or element.path.startswith(("filer.", "third_party", "old")):
            return element.path
        return f"{self.start}{element.path}" if element.path else ""

    def xml(self) -> str:
        parts = [
            f"<{element.name}>{escape(written(self.values.get(element.name, '')))}</{element.name}>"
            for element in self.elements
            if self.values.get(element.name) or not element.omitted
        ]
        return f"<{self.tag}>{''.join(parts)}</{self.tag}>"


def written(text: str) -> str:
    """A text as it stands in the message: its lines joined by what this interface has for a break.

    >>> written("EXAMPLE\\nJAKARTA")
    'EXAMPLE/nJAKARTA'
    """
    return text.replace("\n", BREAK)


def nodes(declared: Application, filer: Filer) -> dict[str, list[Node]]:
    """What an application says, by the parts of the message in their order."""
    rcep = declared.agreement == "RCEP"
    of_type = frozenset({"RC"} if rcep else ())
    return {
        "head": [Node("CertificateHead", of("head"), values.head(declared, filer), "", of_type)],
        "goods": [
            Node("Goods", of("goods"), values.goods(declared, item, filer), f"items.{i}.",
                 of_type | _needed(declared, item))
            for i, item in enumerate(declared.items)
        ],
        "change": [Node("ModCertificate", of("change"), values.change(declared))] if declared.old else [],
        "third_party": (
            [Node("NonpartyCorp", of("third_party"), values.third_party(declared))] if declared.third_party else []
        ),
        "invoice": [
            Node("OriInv", of("invoice"), values.invoice(declared, i, filer), f"invoices.{i}.")
            for i in range(len(declared.invoices) if rcep else 0)
        ],
        "promise": [Node("AplPromise", of("promise"), {"AplPromiseCode": "1"})],
    }  # fmt: skip


def _needed(declared: Application, item: Item) -> set[str]:
    found = {"goods"}
    if declared.agreement == "RCEP" and item.criterion == "RVC":
        found.add("RVC")
    if item.criterion == "PSR":
        found.add("PSR")
    return found


def write(declared: Application, filer: Filer) -> bytes:
    """Return the bytes of the message; what is wrong with it is asked of `broken` before."""
    parts = nodes(declared, filer)
    goods = "\n".join(node.xml() for node in parts["goods"])
    text = [parts["head"][0].xml(), f"\n<CertificateList>\n{goods}\n</CertificateList>\n"]
    text += [f"{node.xml()}\n" for node in parts["change"]]
    for name, around in (("third_party", "NonpartyCorpList"), ("invoice", "OriInvs")):
        if parts[name]:
            text.append(f"<{around}>{''.join(node.xml() for node in parts[name])}</{around}>\n")
    text.append(f"{parts['promise'][0].xml()}\n</Certificate>\n")
    return "".join([DECLARATION, ROOT, *text]).encode()


def write_file(declared: Application, filer: Filer, attachment: Attachment) -> bytes:
    """Return the bytes of a message that carries one attachment of an application; its number says of which."""
    elements = {
        "CertNo": filer.number,
        "CertType": values.certificate_type(declared),
        "AplRegNo": filer.uscc or declared.exporter.uscc,
        "CiqRegNo": declared.exporter.uscc,
        "FileType": FILE_TYPES[attachment.kind],
        "FileName": attachment.name,
        "DocType": attachment.suffix,
        "FileContent": base64.b64encode(attachment.content).decode(),
        "IsDelay": "0",
    }
    return f"{DECLARATION}{Node('File', of('file'), elements).xml()}\n".encode()


# --- what is looked at before --------------------------------------------------------------------------------
def broken(declared: Application, filer: Filer) -> Iterator[Broken]:
    """What this interface would not take, by our own fields, in the order of the message."""
    if not declared.invoices or not declared.items:
        return  # said by the rules of the form
    if len(declared.items) > MOST_GOODS:
        yield Broken("items", "too_many", CodedMessage("gacc_too_many", most=MOST_GOODS))
    if declared.originals:
        yield Broken("back_to_back", "no_place", CodedMessage("gacc_back_to_back"))
    seen = set()
    for found in _of_nodes(declared, filer):
        if (found.path, found.code) not in seen:
            seen.add((found.path, found.code))
            yield found


def _of_nodes(declared, filer):
    for group in nodes(declared, filer).values():
        for node in group:
            for element in node.elements:
                yield from _of_element(node, element, node.values.get(element.name, ""))
    if declared.agreement == "RCEP" and len(declared.contract_number) > CONTRACT_RCEP:
        too_long = CodedMessage("gacc_too_long", found=len(declared.contract_number), most=CONTRACT_RCEP)
        yield Broken("contract_number", "too_long", too_long)


def _of_element(node, element, text):
    where, facts = node.path(element), {"element": element.name, "label": element.label}
    if not text:
        if node.needs(element):
            message = (
                CodedMessage("gacc_no_code") if where.endswith(MAKER_CODE) else CodedMessage("gacc_missing", **facts)
            )
            yield Broken(where, "required", message)
        return
    if XML_ILLEGAL.search(text) or OUTSIDE_PLANE.search(text):
        yield Broken(where, "character", CodedMessage("gacc_character", **facts))
    length = len(written(text))
    if element.longest and length > element.longest:
        yield Broken(where, "too_long", CodedMessage("gacc_too_long", found=length, most=element.longest))
    if element.kind == "lines" and BREAK in text:
        yield Broken(where, "break", CodedMessage("gacc_break", **facts))
    if element.kind != "lines" and "\n" in text:
        yield Broken(where, "line_break", CodedMessage("gacc_line_break", **facts))
    if element.kind == "digits" and not (text.isascii() and text.isdecimal() and len(text) == element.longest):
        yield Broken(where, "digits", CodedMessage("gacc_digits", digits=element.longest, **facts))
    if element.kind in PATTERNS:
        pattern, message = PATTERNS[element.kind]
        if not pattern.fullmatch(text):
            yield Broken(where, "format", message(found=text, **facts))
    if element.words and text not in element.words:
        yield Broken(where, "word", CodedMessage("gacc_word", found=text, known=", ".join(element.words), **facts))

