"""A paper that goes with an application, in canonical words: an invoice, a bill of lading, a cost statement.

Platforms that take attachments know them by kinds of their own; a profile's ``attachment_kinds`` maps ours to them.

>>> Attachment(kind="invoice", name="INV-77.pdf", content=b"%PDF-1.7").suffix
'PDF'
>>> file_name("Commercial Invoice 77.pdf")
'Commercial_Invoice_77.pdf'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .coded_message import CodedMessage
from .rules import Broken

KINDS = (
    "invoice",
    "third_party_invoice",
    "transport",
    "customs_declaration",
    "cost_statement",
    "purchase",
    "original",
    "other",
)
# How the content of a file begins, by the suffix of its name: one that says another kind is opened by nobody.
BEGINNINGS = {
    "PDF": (b"%PDF-",),
    "JPG": (b"\xff\xd8\xff",),
    "JPEG": (b"\xff\xd8\xff",),
    "PNG": (b"\x89PNG\r\n\x1a\n",),
    "DOCX": (b"PK\x03\x04",),
    "XLSX": (b"PK\x03\x04",),
    "DOC": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    "XLS": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
}
LARGEST = 5 * 1024 * 1024  # bytes
MOST = 200  # of one application, as a client of the single window has it
NAME = re.compile(r"[\w.,()+-]{1,100}")
OUTSIDE_PLANE = re.compile("[\U00010000-\U0010ffff]")  # such as an emoji


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """One paper; ``name`` is that of its file, without spaces, and tells it from the others of its application.

    ``kind`` is one of `KINDS`.
    """

    kind: str
    name: str
    content: bytes = field(repr=False)

    @property
    def suffix(self) -> str:
        """What its name ends with, in capitals."""
        return self.name.rpartition(".")[2].upper()


def file_name(name: str) -> str:
    """A name as it is sent: what stands between words is no space."""
    return re.sub(r"\s+", "_", name.strip())


def broken(attachment: Attachment) -> Iterator[Broken]:
    """What no office would take, by the fields of an attachment."""
    name = attachment.name
    if not NAME.fullmatch(name) or OUTSIDE_PLANE.search(name):
        yield Broken("name", "format", CodedMessage("attachment_name", name=name))
    if attachment.suffix not in BEGINNINGS:
        yield Broken("name", "suffix", CodedMessage("attachment_suffix", name=name, known=", ".join(BEGINNINGS)))
    elif not attachment.content.startswith(BEGINNINGS[attachment.suffix]):
        yield Broken("content", "type", CodedMessage("attachment_type", name=name, suffix=attachment.suffix))
    if len(attachment.content) > LARGEST:
        yield Broken("content", "size", CodedMessage("attachment_size", name=name, most=LARGEST // (1024 * 1024)))
