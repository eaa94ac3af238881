"""The letters of what is printed: fonts for Latin languages and Chinese, and marks that a font lacks left out."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import NamedTuple

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

CHINESE_FONT = "STSong-Light"  # every reader of PDF brings it along
CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")
WITHOUT_MARKS = {"Đ": "D", "đ": "d", "Ł": "L", "ł": "l"}  # letters that Unicode does not take apart


class Fonts(NamedTuple):
    """Files of fonts with the letters of all Latin languages; without them, marks that Helvetica lacks are dropped."""

    regular: str
    bold: str


class Letters:
    """Texts as markup and paragraphs of reportlab, in fonts that have their letters."""

    def __init__(self, fonts: Fonts | None = None):
        pdfmetrics.registerFont(UnicodeCIDFont(CHINESE_FONT))
        self.regular, self.bold = "Helvetica", "Helvetica-Bold"
        if fonts:
            self.regular, self.bold = "rcep", "rcep-bold"
            pdfmetrics.registerFont(TTFont(self.regular, fonts.regular))
            pdfmetrics.registerFont(TTFont(self.bold, fonts.bold))
        self._known = pdfmetrics.getFont(self.regular).face.charToGlyph if fonts else None

    def paragraph(self, text, size, color=colors.black, **style):
        """A paragraph of markup, in which ``<b>`` is the bold font."""
        style = ParagraphStyle(
            f"form-{size}", fontName=self.regular, fontSize=size, leading=size * 1.2, textColor=color,
            splitLongWords=1, **style,
        )  # fmt: skip
        return Paragraph(text.replace("<b>", f'<font name="{self.bold}">').replace("</b>", "</font>"), style)

    def marked(self, text):
        """A text as reportlab's markup, with each run of Chinese in the Chinese font."""
        shown = html.escape("".join(map(self._printable, text)), quote=False)
        return CHINESE.sub(lambda run: f'<font name="{CHINESE_FONT}">{run[0]}</font>', shown)

    def plain(self, text):
        """A text without Chinese, to be written by one font."""
        return "".join(self._printable(char) for char in text if not CHINESE.match(char))

    def _printable(self, char):
        """A letter that the font lacks without its marks, as on forms in English: `Đà Nẵng` is `Dà Nang`."""
        if char.isascii() or CHINESE.match(char):
            return char
        if self._known is not None:
            return char if ord(char) in self._known else "?"
        try:
            char.encode("cp1252")  # what the standard fonts of PDF hold
        except UnicodeEncodeError:
            bare = WITHOUT_MARKS.get(char) or unicodedata.normalize("NFKD", char)
            return "".join(each for each in bare if not unicodedata.combining(each) and each.isascii()) or "?"
        return char
