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
PRODUCER_WORDS = {"several": "SEE BOX 8", "confidential": "CONFIDENTIAL", "unknown": "NOT AVAILABLE"}  # box 3
MEANS_WORDS = {"": "***", "sea": "BY SEA", "air": "BY AIR", "rail": "BY RAIL", "road": "BY ROAD", "post": "BY POST"}
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
    file = io.BytesIO()
    sheets = SimpleDocTemplate(
        file, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=15 * mm,
        title=f"Form RCEP {number} (specimen)", author="Sandbox, not an issuing body", subject=SPECIMEN,
    )  # fmt: skip
    story = [
        Paragraph("REGIONAL COMPREHENSIVE ECONOMIC PARTNERSHIP AGREEMENT<br/>CERTIFICATE OF ORIGIN", TITLE),
        Spacer(1, 2 * mm),
        _head(application, number),
        _goods(application),
        _foot(application, number, day, check_url),
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


def _head(application: Application, number: str) -> Table:
    producer, transport = application.producer, application.transport
    third, old = application.third_party, application.old
    departure = transport.departure_date.isoformat() if transport.departure_date else "***"
    replaced = f"Replaces {old.number}: {old.reason}" if old else ""
    rows = [
        [_box("1. Goods consigned from (exporter)", *_trader(application.exporter)),
         _box("Certificate No. · Form RCEP", number, SPECIMEN, "Issued in the PEOPLE'S REPUBLIC OF CHINA", replaced)],
        [_box("2. Goods consigned to (importer or consignee)", *_trader(application.consignee)),
         _box("5. For official use", "")],
        [_box("3. Producer", *(_trader(producer.trader) if producer.statement == "named" and producer.trader
                               else (PRODUCER_WORDS.get(producer.statement, ""),))),
         _box("17. Back-to-back · third-party invoicing · issued retroactively",
              f"{_tick(application.back_to_back)} Back-to-back certificate of origin",
              f"{_tick(third)} Third-party invoicing", f"{_tick(application.retroactive)} ISSUED RETROACTIVELY")],
        [_box("4. Means of transport and route", f"Departure: {departure}",
              f"{MEANS_WORDS[transport.means]} {transport.vessel}",
              f"{transport.port_of_loading} - {transport.port_of_discharge} {transport.route}"),
         _box("14. Remarks", application.remarks, f"Invoiced by {third.name}, {third.country}" if third else "",
              _back_to_back(application.back_to_back))],
    ]  # fmt: skip
    return Table(rows, colWidths=[HALF, HALF], style=BOXES, splitInRow=1)


def _goods(application: Application) -> Table:
    dates = {invoice.number: invoice.date.isoformat() for invoice in application.invoices}
    rows = [[Paragraph(_marked(label), LABEL) for label in GOODS_HEAD]]
    for item in application.items:
        criterion = ", ".join((item.criterion, *item.modifiers))
        quantity = [f"{item.quantity:f} {item.unit}"]
        if item.gross_weight is not None:
            quantity.append(f"{item.gross_weight:f} KG G.W.")
        if item.fob_value is not None:
            quantity.append(f"{item.currency} {item.fob_value:f} FOB")
        cells = (
            [str(item.number)], [item.marks], [item.packages.text, item.description, item.description_zh],
            [item.hs6], [criterion], [f"{item.origin_country}{item.origin_mark}"], quantity,
            [item.invoice_number, dates.get(item.invoice_number, "")],
        )  # fmt: skip
        rows.append([_text(*lines) for lines in cells])
    return Table(rows, colWidths=GOODS_WIDTHS, style=BOXES, repeatRows=1, splitInRow=1)


def _foot(application: Application, number: str, day: dt.date, check_url: str) -> Table:
    declaration = application.declaration
    rows = [[
        _box("15. Declaration by the exporter or producer",
             f"The goods originate in CN and are exported to {application.importing_party}.",
             f"{declaration.place}, {declaration.date.isoformat()}, {declaration.signatory}"),
        _box("16. Certification", f"{number}, {day.isoformat()}", SPECIMEN, "Signed electronically by the sandbox.",
             f"Check: {check_url}"),
    ]]  # fmt: skip
    return Table(rows, colWidths=[HALF, HALF], style=BOXES, splitInRow=1)


def _trader(trader) -> tuple[str, ...]:
    return trader.name_en, trader.name, trader.address, trader.country, trader.uscc


def _back_to_back(original) -> str:
    if not original:
        return ""
    return (
        f"Original {original.number} of {original.issued_on.isoformat()}, issued in {original.issuing_country}, "
        f"origin {original.origin_country} {original.approved_exporter}"
    )


def _tick(given) -> str:
    return "[X]" if given else "[ ]"


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
