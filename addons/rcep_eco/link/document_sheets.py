"""The papers beside a certificate on A4: a head of facts, one table over as many sheets as it needs, notes, a code.

What stands on them is made elsewhere; here it is drawn. Heads of columns stand on each sheet, no row is cut, and every
sheet has its number, the paper's number and what keeps a specimen from passing.
"""

from __future__ import annotations

import io
from typing import NamedTuple

from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, KeepTogether, PageBreak, PageTemplate, Spacer, Table

from .fonts import Fonts, Letters
from .form_sheets import QR, across, qr_code

WIDTH = 190  # millimetres that may be written on
LEFT, TOP, BOTTOM = 10, 16, 16
TITLE, TEXT, SMALL = 14, 8, 7  # points
GREY = colors.Color(0.35, 0.35, 0.35)
LINE = colors.Color(0.6, 0.6, 0.6)
SHADE = colors.Color(0.94, 0.94, 0.94)


class Column(NamedTuple):
    """A column of the table, its width in millimetres; numbers stand to the right."""

    label: str
    width: float
    right: bool = False


class Row(NamedTuple):
    """A row of the table: cells of lines of text. A *strong* row is a total, a *head* a line over the whole width."""

    cells: tuple[tuple[str, ...], ...]
    strong: bool = False
    head: bool = False


class Paper(NamedTuple):
    """What stands on one paper.

    :param facts: (label, value) pairs, in two columns; an empty value leaves its place out
    :param notes: paragraphs below the table; a line of ``(label, lines)`` each
    """

    title: str
    number: str
    sender: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Beside(NamedTuple):
    """What every paper bears: how it is checked, and what it is not.

    :param url: of the page behind the QR code, else empty
    :param checks: lines beside the code: how to check here, and at the issuing body
    :param sheet: words with ``{number}`` and ``{sheets}``
    """

    banner: str = ""
    url: str = ""
    checks: tuple[str, ...] = ()
    sheet: str = "Sheet {number} of {sheets}"


def draw(papers: tuple[Paper, ...], beside: Beside, fonts: Fonts | None = None) -> bytes:
    """Return one PDF of these papers, each on sheets of its own."""
    letters, out = Letters(fonts), io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, leftMargin=LEFT * mm, rightMargin=LEFT * mm, topMargin=TOP * mm, bottomMargin=BOTTOM * mm,
        title=" · ".join(f"{paper.title} {paper.number}".strip() for paper in papers), subject=beside.banner,
    )  # fmt: skip
    frame = Frame(LEFT * mm, BOTTOM * mm, WIDTH * mm, A4[1] - (TOP + BOTTOM) * mm, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    story = []
    for paper in papers:
        story += [*([PageBreak()] if story else ()), *_Story(paper, beside, letters).flowables()]
    foot = papers[0].number if len(papers) == 1 else ""
    document.build(story, canvasmaker=lambda *data, **more: _Numbered(beside, letters, foot, *data, **more))
    return out.getvalue()


class _Numbered(Canvas):
    """A canvas that knows how many sheets there are before it writes their numbers."""

    def __init__(self, beside, letters, foot, *data, **more):
        super().__init__(*data, **more)
        self._beside, self._letters, self._foot, self._sheets = beside, letters, foot, []

    def showPage(self):
        self._sheets.append(dict(vars(self)))
        self._startPage()

    def save(self):
        sheets = self._sheets
        for number, state in enumerate(sheets, start=1):
            vars(self).update(state)
            self._finish(number, len(sheets))
            Canvas.showPage(self)
        return super().save()

    def _finish(self, number, sheets):
        letters = self._letters
        words = self._beside.sheet.format(number=number, sheets=sheets)
        for text, align in ((self._foot, TA_LEFT), (words, TA_RIGHT)):
            line = letters.paragraph(letters.marked(text), SMALL, GREY, alignment=align)
            line.wrap(WIDTH * mm, BOTTOM * mm)
            line.drawOn(self, LEFT * mm, 8 * mm)
        across(self, letters, self._beside.banner)


class _Story:
    """One paper as what reportlab lays out."""

    def __init__(self, paper, beside, letters):
        self._paper, self._beside, self._letters = paper, beside, letters

    def flowables(self):
        yield self._head()
        yield Spacer(0, 3 * mm)
        yield self._facts()
        yield Spacer(0, 3 * mm)
        yield self._table()
        for label, lines in self._paper.notes:
            yield Spacer(0, 3 * mm)
            yield self._text(label, bold=True)
            for line in lines:
                yield self._text(line)
        yield Spacer(0, 4 * mm)
        yield KeepTogether([self._checks()])

    def _text(self, text, size=TEXT, color=colors.black, *, bold=False, right=False):
        shown = self._letters.marked(text)
        shown = f"<b>{shown}</b>" if bold else shown
        return self._letters.paragraph(shown, size, color, alignment=TA_RIGHT if right else TA_LEFT)

    def _head(self):
        paper = self._paper
        sender = [self._text(paper.sender[0], 10, bold=True), *(self._text(line) for line in paper.sender[1:])]
        title = [self._text(paper.title, TITLE, bold=True, right=True), self._text(paper.number, 10, right=True)]
        style = [*_tight(0), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        return Table([[sender, title]], [WIDTH * mm * 0.58, WIDTH * mm * 0.42], style=style)

    def _facts(self):
        sentences = [[self._text(label, SMALL, GREY), self._text(value)] for label, value in self._paper.facts if value]
        half = (len(sentences) + 1) // 2
        rows = [[left, right] for left, right in zip(sentences[:half], [*sentences[half:], ""], strict=False)]
        style = [*_tight(1), ("BOX", (0, 0), (-1, -1), 0.4, LINE), ("INNERGRID", (0, 0), (-1, -1), 0.4, LINE)]
        return Table(rows, [WIDTH * mm / 2] * 2, style=[*style, ("VALIGN", (0, 0), (-1, -1), "TOP")])

    def _table(self):
        paper = self._paper
        heads = [self._text(column.label, SMALL, GREY, right=column.right) for column in paper.columns]
        rows, style = [heads], [
            *_tight(1), ("BACKGROUND", (0, 0), (-1, 0), SHADE), ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
            ("LINEABOVE", (0, 0), (-1, 0), 0.4, LINE), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]  # fmt: skip
        for number, row in enumerate(paper.rows, start=1):
            if row.head:
                rows.append([self._text(row.cells[0][0], SMALL, GREY, bold=True), *[""] * (len(heads) - 1)])
                style += [("SPAN", (0, number), (-1, number)), ("BACKGROUND", (0, number), (-1, number), SHADE)]
                continue
            rows.append([
                [self._text(line, bold=row.strong, right=column.right) for line in lines if line]
                for column, lines in zip(paper.columns, row.cells, strict=True)
            ])  # fmt: skip
        return Table(rows, [column.width * mm for column in paper.columns], repeatRows=1, style=style)

    def _checks(self):
        """How the certificate is checked: the code of its page, and the issuing body's own way beside it."""
        lines = [self._text(line) for line in self._beside.checks]
        if not self._beside.url:
            return Table([[lines]], [WIDTH * mm], style=[*_tight(2), ("BOX", (0, 0), (-1, -1), 0.4, LINE)])
        style = [*_tight(2), ("BOX", (0, 0), (-1, -1), 0.4, LINE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        code = QR + 4 * mm
        return Table([[qr_code(self._beside.url), lines]], [code, WIDTH * mm - code], style=style)


def _tight(pad):
    """Cells with this much room around, in millimetres."""
    whole = (0, 0), (-1, -1)
    return [(f"{side}PADDING", *whole, pad * mm) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
