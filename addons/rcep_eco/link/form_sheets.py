"""Form RCEP on paper, as Annex 3B has it: seventeen boxes that fill an A4 sheet, and further sheets for further goods.

The second sheet and those after it repeat boxes 6 to 16. Heights of rows are measured before anything is drawn, so no
row is cut; a row that is higher than a sheet is set smaller. Who prints says what surrounds the boxes
(:class:`Surroundings`).
"""

from __future__ import annotations

import html
import io
from typing import NamedTuple

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRNumber
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from .fonts import Fonts, Letters
from .form import Boxes

LARGEST, READABLE, SMALLEST, STEP = 8.0, 5.0, 3.5, 0.5  # points
QR = 26 * mm  # printed, so that any camera reads it
PAD = 1.2 * mm


class Rectangle(NamedTuple):
    """A box in millimetres, from the sheet's upper left corner."""

    left: float
    top: float
    width: float
    height: float


HEAD = {
    "1": Rectangle(10, 14, 95, 25), "2": Rectangle(10, 39, 95, 25), "3": Rectangle(10, 64, 95, 20),
    "4": Rectangle(10, 84, 95, 28), "title": Rectangle(105, 14, 95, 50), "5": Rectangle(105, 64, 95, 48),
}  # fmt: skip
FOOT = {
    "14": Rectangle(10, 205, 190, 18), "15": Rectangle(10, 223, 95, 53), "16": Rectangle(105, 223, 95, 53),
    "17": Rectangle(10, 276, 190, 8),
}  # fmt: skip
CONTINUED = {"title": Rectangle(10, 14, 190, 16)}
COLUMNS = {"6": 10, "7": 24, "8": 57, "9": 15, "10": 16, "11": 17, "12": 25, "13": 26}  # wide; 190 in all
LABELS_HEIGHT = 14.5
GOODS_TOP, GOODS_TOP_CONTINUED, GOODS_BOTTOM = 112.0, 30.0, 205.0
LABELS = {
    "1": "1. Goods consigned from (exporter's name, address and country)",
    "2": "2. Goods consigned to (importer's or consignee's name, address, country)",
    "3": "3. Producer's name, address and country (if known)",
    "4": "4. Means of transport and route (if known)",
    "5": "5. For official use",
    "6": "6. Item number",
    "7": "7. Marks and numbers on packages",
    "8": "8. Number and kind of packages; description of goods",
    "9": "9. HS code of the goods (six-digit level)",
    "10": "10. Origin conferring criterion",
    "11": "11. RCEP country of origin",
    "12": "12. Quantity (gross weight or other measurement), and value (FOB) where RVC is applied",
    "13": "13. Invoice number(s) and date of invoice(s)",
    "14": "14. Remarks",
    "15": "15. Declaration by the exporter or producer",
    "16": "16. Certification",
}
AGREEMENT = "REGIONAL COMPREHENSIVE ECONOMIC PARTNERSHIP AGREEMENT"
OFFICIAL = (
    "[ ] Preferential treatment given<br/>[ ] Preferential treatment not given (please state reasons)<br/><br/><br/>"
    "Signature of authorised signatory of the customs authority of the importing country"
)
DECLARED = (
    "The undersigned hereby declares that the above details and statements are correct and that the goods covered in "
    "this certificate comply with the requirements specified for these goods in the Regional Comprehensive Economic "
    "Partnership Agreement. These goods are exported to:"
)
CERTIFIED = (
    "On the basis of control carried out, it is hereby certified that the information herein is correct and that the "
    "goods described comply with the origin requirements specified in the Regional Comprehensive Economic Partnership "
    "Agreement."
)


class Surroundings(NamedTuple):
    """What a print shows beside the boxes of the application.

    :param banner: across every sheet of what is no valid certificate, else empty
    :param certified: lines of box 16: place and day
    :param url: of the page behind the QR code, else empty
    :param note: one line under each sheet: who printed it
    """

    number: str
    issued_in: str
    certified: tuple[str, ...] = ()
    banner: str = ""
    url: str = ""
    note: str = ""


def draw(boxes: Boxes, around: Surroundings, fonts: Fonts | None = None) -> bytes:
    """Return the PDF of a certificate."""
    return _Print(boxes, around, fonts).pdf()


def qr_code(url: str) -> Drawing:
    """The QR code of an address, of a size that any camera reads in print; digits behind ``#`` take little room."""
    address, sign, digits = url.partition("#")
    parts = [QR8bitByte(f"{address}{sign}"), *([QRNumber(digits)] if digits else [])]
    code = QrCodeWidget(parts, barLevel="M")
    left, bottom, right, top = code.getBounds()
    drawing = Drawing(QR, QR, transform=[QR / (right - left), 0, 0, QR / (top - bottom), 0, 0])
    drawing.add(code)
    return drawing


def across(canvas, letters, banner: str) -> None:
    """Write across a sheet, and at its head, what keeps it from passing for what it is not."""
    if not banner:
        return
    words = letters.plain(banner)
    canvas.saveState()
    canvas.setFillColor(colors.Color(0.7, 0, 0.1))
    canvas.setFont(letters.bold, 11)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 11 * mm, words)
    canvas.setFillColor(colors.Color(0.8, 0.1, 0.1, alpha=0.18))
    canvas.setFont(letters.bold, min(52.0, 52.0 * 24 / len(banner)))
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(52)
    canvas.drawCentredString(0, 0, words)
    canvas.restoreState()


class _Print:
    """One print: its fonts, its canvas, and the sheets that its goods need."""

    def __init__(self, boxes, around, fonts):
        self._boxes, self._around = boxes, around
        self._letters = letters = Letters(fonts)
        self._paragraph, self._marked, self._plain = letters.paragraph, letters.marked, letters.plain
        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, pagesize=A4)
        self._canvas.setTitle(f"Form RCEP {around.number}".strip())
        self._canvas.setSubject(around.banner)

    def pdf(self):
        sheets = self._sheets()
        for number, rows in enumerate(sheets, start=1):
            self._frame(number, len(sheets))
            self._goods(GOODS_TOP if number == 1 else GOODS_TOP_CONTINUED, rows)
            self._foot(is_first=number == 1)
            self._over(number, len(sheets))
            self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()

    # --- what goes where ---------------------------------------------------------------------------------
    def _sheets(self):
        """The rows of each sheet: [[(cells, height)]]."""
        sheets, left = [[]], GOODS_BOTTOM - GOODS_TOP - LABELS_HEIGHT
        whole = GOODS_BOTTOM - GOODS_TOP_CONTINUED - LABELS_HEIGHT
        for good in self._boxes.goods:
            is_first = len(sheets) == 1 and not sheets[-1]
            cells, height = self._row(good, left if is_first else whole)
            if height > left:
                sheets.append([])
                left = whole
            sheets[-1].append((cells, height))
            left -= height
        return sheets

    def _row(self, good, most):
        """The cells of a good and their height in millimetres, set smaller until it fits on a sheet."""
        texts = (
            (good.number,), (good.marks,), (good.description,), (good.hs6,), (good.criterion,), (good.origin,),
            good.quantity, good.invoice,
        )  # fmt: skip
        size = LARGEST
        while True:
            widths = [width * mm - 2 * PAD for width in COLUMNS.values()]
            cells = [self._cell(lines, width, size) for lines, width in zip(texts, widths, strict=True)]
            heights = [cell.wrap(width, 1e6)[1] for cell, width in zip(cells, widths, strict=True)]
            height = (max(heights) + 2 * PAD) / mm
            if height <= most or size <= SMALLEST:
                return cells, min(height, most)
            size -= STEP

    def _cell(self, lines, width, size):
        """Lines of a cell, set smaller where a word, such as the number of an invoice, would be broken."""
        text = "<br/>".join(map(self._marked, lines))
        cell = self._paragraph(text, size)
        while cell.minWidth() > width and size > READABLE:
            size -= STEP
            cell = self._paragraph(text, size)
        return cell

    # --- drawing -----------------------------------------------------------------------------------------
    def _frame(self, number, sheets):
        boxes, around = self._boxes, self._around
        if number > 1:
            title = f"<b>CERTIFICATE OF ORIGIN, Form RCEP</b> · continuation sheet<br/>Certificate No. " \
                    f"<b>{self._marked(around.number or '-')}</b>"
            self._fill(CONTINUED["title"], title)
            return
        transport = (
            f"Departure date: {boxes.departure}", f"Vessel's name, aircraft flight number, etc.: {boxes.vessel}",
            f"Port of discharge: {boxes.port}",
        )  # fmt: skip
        for name, lines in (("1", (boxes.exporter,)), ("2", (boxes.consignee,)), ("3", (boxes.producer,)),
                            ("4", transport)):  # fmt: skip
            self._fill(HEAD[name], "<br/>".join(map(self._marked, lines)), LABELS[name])
        self._fill(HEAD["5"], OFFICIAL, LABELS["5"])
        self._title(HEAD["title"])

    def _title(self, box):
        around = self._around
        text = (
            f"Certificate No. <b>{self._marked(around.number or '-')}</b><br/><br/>"
            f"<b>{AGREEMENT}</b><br/><br/><b>CERTIFICATE OF ORIGIN</b><br/>"
            f"<b>Form RCEP</b><br/><br/>Issued in <b>{self._marked(around.issued_in)}</b>"
        )
        self._outline(box)
        beside = QR / mm + 2 if around.url else 0
        self._fill(box._replace(width=box.width - beside), text, outline=False)
        if around.url:
            x, y = (box.left + box.width) * mm - QR - PAD, A4[1] - box.top * mm - QR - PAD
            renderPDF.draw(qr_code(around.url), self._canvas, x, y)

    def _goods(self, top, rows):
        left = 10.0
        for name, width in COLUMNS.items():
            self._fill(Rectangle(left, top, width, LABELS_HEIGHT), "", LABELS[name])
            self._outline(Rectangle(left, top + LABELS_HEIGHT, width, GOODS_BOTTOM - top - LABELS_HEIGHT))
            left += width
        y = top + LABELS_HEIGHT
        for cells, height in rows:
            left = 10.0
            for cell, width in zip(cells, COLUMNS.values(), strict=True):
                cell.drawOn(self._canvas, left * mm + PAD, A4[1] - y * mm - PAD - cell.height)
                left += width
            y += height

    def _foot(self, *, is_first):
        boxes = self._boxes
        self._fill(FOOT["14"], self._marked(boxes.remarks), LABELS["14"])
        declared = (
            f"{DECLARED}<br/><br/><b>{self._marked(boxes.importing_party)}</b><br/>(importing country)<br/><br/>"
            f"{self._marked(boxes.declared)}<br/><br/>Place and date, and signature of authorised signatory"
        )
        self._fill(FOOT["15"], declared, LABELS["15"])
        certified = "<br/>".join(map(self._marked, self._around.certified))
        words = f"{CERTIFIED}<br/><br/>{certified}<br/><br/>Place and date, signature and seal or stamp of issuing body"
        self._fill(FOOT["16"], words, LABELS["16"])
        if is_first:
            ticks = " &nbsp; &nbsp; ".join(f"[{'X' if is_ticked else ' '}] {words}" for is_ticked, words in boxes.ticks)
            self._fill(FOOT["17"], f"17. &nbsp; {ticks}")

    def _over(self, number, sheets):
        """What stands on every sheet: number, how many sheets there are, and what keeps a specimen from passing."""
        around, canvas = self._around, self._canvas
        canvas.setFont(self._letters.regular, 7)
        canvas.drawString(10 * mm, A4[1] - 290 * mm, self._plain(f"{around.number or '-'} · {around.note}".strip(" ·")))
        canvas.drawRightString(200 * mm, A4[1] - 290 * mm, f"Sheet {number} of {sheets}")
        across(canvas, self._letters, around.banner)

    def _outline(self, box):
        self._canvas.setLineWidth(0.5)
        self._canvas.rect(box.left * mm, A4[1] - (box.top + box.height) * mm, box.width * mm, box.height * mm)

    def _fill(self, box, text, label="", *, outline=True):
        """Write a text into a box, set smaller until it fits."""
        if outline:
            self._outline(box)
        width, height = box.width * mm - 2 * PAD, box.height * mm - 2 * PAD
        small = 5.5 if box.width < HEAD["1"].width else 6
        head = self._paragraph(html.escape(label, quote=False), small, colors.Color(0.2, 0.2, 0.2))
        top = A4[1] - box.top * mm - PAD
        if label:
            used = head.wrap(width, height)[1]
            head.drawOn(self._canvas, box.left * mm + PAD, top - used)
            top, height = top - used - 0.5 * mm, height - used - 0.5 * mm
        size = LARGEST
        while text:
            body = self._paragraph(text, size)
            used = body.wrap(width, 1e6)[1]
            if used <= height or size <= SMALLEST:
                body.drawOn(self._canvas, box.left * mm + PAD, top - used)
                break
            size -= STEP
