"""The papers of a query one by one: application, form, determinations in sentences, declarations, invoices, lots.

Each is made of what was sealed when the certificate was approved, in English, and of the files that suppliers sent.
"""

import base64
import io
import json

from lxml import html
from odoo import models
from odoo.exceptions import UserError
from odoo.tools.pdf import OdooPdfFileReader, merge_pdf
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ... import link, origin
from ...cases import case_builder
from ...states import declaration_states
from ...tools import languages
from ..certificate.customer_documents import PAPERS, fonts

Column, Row = link.document_sheets.Column, link.document_sheets.Row
MARGIN = 36  # points around a picture
UNREADABLE = "This file cannot be put into one PDF: it is in the ZIP alone."


class RcepCustomsQuery(models.Model):
    _inherit = "rcep.customs.query"

    def _papers(self):
        """Hook: every paper that answers the query: {key: (its name, what is secret in it, function that makes it)}.

        Such a function gives (ending of the file's name, bytes). Bridges that know more, as production orders, add it.
        """
        self.ensure_one()
        certificate = self.certificate_id
        prices, costs, suppliers = self.env._("prices"), self.env._("costs"), self.env._("names of suppliers")
        papers = {
            "certificate": (self.env._("The certificate"), False, lambda: ("pdf", certificate._certificate_pdf())),
            "application": (self.env._("The application as it was approved"), prices, self._application_pdf),
        }
        words = {"invoice": self.env._("Commercial invoice"), "packing": self.env._("Packing list"),
                 "origin": self.env._("Origin summary")}  # fmt: skip
        for kind, (key, _method) in PAPERS.items():
            papers[key] = (
                words[kind], prices if kind == "invoice" else False,
                lambda kind=kind: ("pdf", certificate._paper_pdf(kind)),
            )  # fmt: skip
        for line in certificate._goods().filtered("dossier"):
            papers[f"determination-{line.number}"] = (
                self.env._("Item %(number)s: its determination in sentences", number=line.number),
                ", ".join((costs, suppliers, prices)),
                lambda line=line: self._determination_pdf(line),
            )
        for line in certificate._goods().filtered("lots"):
            papers[f"lots-{line.number}"] = (
                self.env._("Item %(number)s: the lots that were shipped", number=line.number),
                False,
                lambda line=line: self._lots_pdf(line),
            )
        for declaration in self._declarations():
            papers[f"declaration-{declaration.id}"] = (
                self.env._(
                    "Supplier's declaration %(name)s for %(product)s",
                    name=declaration.name,
                    product=declaration.product_id.display_name,
                ),
                suppliers,
                lambda declaration=declaration: self._declaration_file(declaration),
            )
        return papers

    # --- what was sealed ---------------------------------------------------------------------------------
    def _dossier(self, line):
        """A good's dossier, whose hash is the one that was approved.

        :raises UserError: where it is another
        """
        dossier = json.loads(line.dossier)
        if origin.sha256_of(dossier) != line.dossier_sha256:
            raise UserError(
                self.env._(
                    "Item %(number)s of %(certificate)s: the dossier is not the one that was sealed. Nothing leaves; "
                    "tell the administrator.",
                    number=line.number,
                    certificate=self.certificate_id.display_name,
                )
            )
        return dossier

    def _declarations(self):
        """The suppliers' declarations behind the goods, those that counted on the day of each determination."""
        found = declarations = self.env["rcep.supplier.declaration"]
        store = self.env["rcep.dossier"]
        for line in self.certificate_id._goods().filtered("dossier"):
            dossier = self._dossier(line)
            facts = origin.facts_of(dossier)
            products = {line.product_id.id, *_products_in(dossier, store)}
            found |= declarations.search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("product_id", "in", list(products)),
                    ("state", "in", declaration_states.COUNTING),
                    ("date_from", "<=", facts["date"]),
                    ("date_to", ">=", facts["date"]),
                ],
                order="id",
            )
        return found

    # --- papers ------------------------------------------------------------------------------------------
    def _application_pdf(self):
        facts = json.loads(self.certificate_id.application)
        rows = [Row(((path,), (text,))) for path, text in _flat(facts)]
        return "pdf", self._sheet("Application as it was approved", (("Field", 62), ("Value", 128)), rows)

    def _determination_pdf(self, line):
        self._dossier(line)  # that it is the sealed one
        steps = html.fragments_fromstring(str(languages.english(line).explanation or ""))
        rows = [Row(cells) for element in steps for cells in _sentences(element)]
        title = f"Determination of item {line.number}"
        notes = (("Sealed dossier, SHA-256", (line.dossier_sha256,)),)
        return "pdf", self._sheet(title, (("Article", 26), (line.description, 164)), rows, notes)

    def _lots_pdf(self, line):
        text = languages.english(line).lots_text or ""
        rows = [Row(((sentence,),)) for sentence in text.split("\n")]
        return "pdf", self._sheet(f"Lots of item {line.number}", ((line.description, 190),), rows)

    def _declaration_file(self, declaration):
        """The document that the supplier sent, as it is; where it sent none, what it declared."""
        content = base64.b64decode(declaration.with_context(bin_size=False).document or b"")
        if content:
            return (declaration.document_name or "document.pdf").rsplit(".", 1)[-1].lower(), content
        facts = languages.english(declaration)
        rows = [
            Row(((label,), (f"{value}",)))
            for label, value in (
                ("Supplier", facts.partner_id.display_name), ("Good", facts.product_id.display_name),
                ("Originates in", facts.party_id.display_name), ("Criterion", facts.criterion),
                ("Valid from", facts.date_from), ("Valid to", facts.date_to), ("Declared by", facts.answered_by or "–"),
            )
        ]  # fmt: skip
        return "pdf", self._sheet(f"Supplier's declaration {facts.name}", (("Field", 40), ("Value", 150)), rows)

    def _sheet(self, title, columns, rows, notes=()):
        """One paper as a PDF, with the certificate's number and what keeps a specimen from passing."""
        certificate = languages.english(self.certificate_id)
        company = self.company_id
        paper = link.document_sheets.Paper(
            title=title,
            number=certificate.certificate_no or certificate.name,
            sender=tuple(filter(None, (company.rcep_name_en or company.name, company.rcep_address_en))),
            facts=(("Query", self.name), ("Their reference", self.reference or "–")),
            columns=tuple(Column(label, width) for label, width in columns),
            rows=tuple(rows),
            notes=notes,
        )
        return link.document_sheets.draw(
            (paper,), certificate._paper_beside(), fonts()
        )

    def _one_pdf(self, files):
        """All papers behind each other; a picture is a page, what no reader opens is named on one."""
        return merge_pdf([self._as_pdf(name, content) for name, content in files.items()])

    def _as_pdf(self, name, content):
        if _opens(content):
            return content
        picture = _picture(content)
        return picture or self._sheet(name, (("", 190),), [Row(((UNREADABLE,),))])


def _products_in(dossier, store):
    """The ids of all materials of a dossier, and of what the firm makes itself of others, however deep."""
    for material in (dossier.get("case") or {}).get("materials", ()):
        number = case_builder.product_id_of(material.get("ref") or "")
        if number:
            yield number
        sha256 = (material.get("self_produced") or {}).get("dossier_sha256")
        inside = sha256 and store._fetch(sha256)
        if inside:
            yield from _products_in(inside, store)


def _flat(value, path=""):
    """[(path, text)] of a JSON value."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _flat(each, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for number, each in enumerate(value, start=1):
            yield from _flat(each, f"{path} {number}")
    elif value not in (None, ""):
        yield path, f"{value}"


def _sentences(element):
    """((article,), (sentence,)) of the steps of an explanation, whatever surrounds them."""
    steps = list(element.iter("li")) or [element]
    for step in steps:
        article, *rest = [span.text_content() for span in step.findall("span")] or [step.text_content()]
        yield ((article,), (" ".join(rest),)) if rest else (("",), (article,))


def _opens(content):
    """Whether a reader opens a file as a PDF with pages."""
    try:
        return bool(len(OdooPdfFileReader(io.BytesIO(content), strict=False).pages))
    except Exception:  # noqa: BLE001  whatever a supplier's file does to the reader: the page in its place says so
        return False


def _picture(content):
    """A picture on a sheet of its own; None where it is none."""
    try:
        picture = ImageReader(Image.open(io.BytesIO(content)))
    except OSError:  # what is no picture, or a broken one: the page in its place says so
        return None
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    width, height = (side - 2 * MARGIN for side in A4)
    canvas.drawImage(picture, MARGIN, MARGIN, width, height, preserveAspectRatio=True)
    canvas.save()
    return out.getvalue()
