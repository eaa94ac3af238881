"""Draws the specimen of Form RCEP: its boxes with an application's content, on as many sheets as the goods need.

Chinese stands in the CID font STSong-Light, which every reader of PDF brings along; all else in Helvetica.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import unicodedata

from rcep_link.application import Application
from rcep_link.form import ISSUED_IN, Boxes, boxes
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

CHINESE_FONT = "STSong-Light"
CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")
SPECIMEN = "SPECIMEN \u2014 NOT VALID"
WITHOUT_MARKS = {"Đ": "D", "đ": "d", "Ł": "L", "ł": "l"}  # letters that Unicode does not take apart
GOODS_HEAD = (
    "6. Item", "7. Marks and numbers", "8. Packages; description of goods", "9. HS code", "10. Criterion",
    "11. Origin", "12. Quantity; FOB value with RVC", "13. Invoice number and date",
)  # fmt: skip
GOODS_WIDTHS = [width * mm for width in (10, 22, 54, 16, 17, 15, 28, 28)]
HALF = 95 * mm
MARGIN = 10 * mm

SMALL = ParagraphStyle("small", fontName="Helvetica", fontSize=7, leading=8.5)
LABEL = ParagraphStyle("label", parent=SMALL, fontSize=6, leading=7, textColor=colors.grey)
TITLE = ParagraphStyle("title", parent=SMALL, fontName="Helvetica-Bold", fontSize=12, leading=15, alignment=1)
BOXES = TableStyle([
    ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
])  # fmt: skip


def draw(application: Application, number: str, day: dt.date, check_url: str) -> bytes:
    """The unsigned PDF of a certificate; ``number`` and ``day`` are those of its issue."""
    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE_FONT))
    file, told = io.BytesIO(), boxes(application)
    sheets = SimpleDocTemplate(
        file, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=15 * mm,
        title=f"Form RCEP {number} (specimen)", author="Sandbox, not an issuing body", subject=SPECIMEN,
    )  # fmt: skip
    story = [
        Paragraph("REGIONAL COMPREHENSIVE ECONOMIC PARTNERSHIP AGREEMENT<br/>CERTIFICATE OF ORIGIN", TITLE),
        Spacer(1, 2 * mm),
        _head(told, number),
        _goods(told),
        _foot(told, number, day, check_url),
    ]

    def every_sheet(canvas, _sheets):
        _overprint(canvas, number)

    sheets.build(story, onFirstPage=every_sheet, onLaterPages=every_sheet)
    return file.getvalue()


def _overprint(canvas, number: str) -> None:
    width, height = A4
    canvas.saveState()
    canvas.setFillColor(colors.Color(0.8, 0.1, 0.1, alpha=0.22))
    canvas.setFont("Helvetica-Bold", 52)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(50)
    canvas.drawCentredString(0, 0, SPECIMEN)
    canvas.restoreState()
    canvas.saveState()
    canvas.setFont("Helvetica", 7)
    canvas.drawString(MARGIN, 9 * mm, f"{SPECIMEN} \u00b7 {number} \u00b7 issued by a sandbox; it proves nothing")
    canvas.drawRightString(width - MARGIN, 9 * mm, f"Sheet {canvas.getPageNumber()}")
    canvas.restoreState()


def _head(told: Boxes, number: str) -> Table:
    ticks = [f"{'[X]' if ticked else '[ ]'} {words}" for ticked, words in told.ticks]
    rows = [
        [_box("1. Goods consigned from (exporter)", told.exporter),
         _box("Certificate No. · Form RCEP", number, SPECIMEN, f"Issued in {ISSUED_IN}")],
        [_box("2. Goods consigned to (importer or consignee)", told.consignee),
         _box("5. For official use", "")],
        [_box("3. Producer", told.producer),
         _box("17. Back-to-back · third-party invoicing · issued retroactively", *ticks)],
        [_box("4. Means of transport and route", f"Departure: {told.departure}", told.vessel, told.port),
         _box("14. Remarks", told.remarks)],
    ]  # fmt: skip
    return Table(rows, colWidths=[HALF, HALF], style=BOXES, splitInRow=1)


def _goods(told: Boxes) -> Table:
    rows = [[Paragraph(_marked(label), LABEL) for label in GOODS_HEAD]]
    for good in told.goods:
        cells = (
            [good.number], [good.marks], [good.description], [good.hs6], [good.criterion], [good.origin], good.quantity,
            good.invoice,
        )  # fmt: skip
        rows.append([_text(*lines) for lines in cells])
    return Table(rows, colWidths=GOODS_WIDTHS, style=BOXES, repeatRows=1, splitInRow=1)


def _foot(told: Boxes, number: str, day: dt.date, check_url: str) -> Table:
    rows = [[
        _box("15. Declaration by the exporter or producer",
             f"The goods comply with the Agreement and are exported to {told.importing_party}.", told.declared),
        _box("16. Certification", f"{number}, {day.isoformat()}", SPECIMEN, "Signed electronically by the sandbox.",
             f"Check: {check_url}"),
    ]]  # fmt: skip
    return Table(rows, colWidths=[HALF, HALF], style=BOXES, splitInRow=1)


def _box(label: str, *lines: str) -> list[Paragraph]:
    return [Paragraph(_marked(label), LABEL), _text(*lines)]


def _text(*lines: str) -> Paragraph:
    return Paragraph("<br/>".join(_marked(line) for line in lines if line and line.strip()), SMALL)


def _marked(text: str) -> str:
    """A text as reportlab's markup, with each run of Chinese in the Chinese font."""
    shown = html.escape("".join(_printable(char) for char in text), quote=False)
    return CHINESE.sub(lambda run: f'<font name="{CHINESE_FONT}">{run[0]}</font>', shown)


def _printable(char: str) -> str:
    """A letter that Helvetica lacks without its marks, as on forms in English: `Đà Nẵng` is `Dà Nang`."""
    if char.isascii() or CHINESE.match(char):
        return char
    try:
        char.encode("cp1252")  # what the standard fonts of PDF hold
    except UnicodeEncodeError:
        bare = WITHOUT_MARKS.get(char) or unicodedata.normalize("NFKD", char)
        return "".join(each for each in bare if not unicodedata.combining(each))
    return char
