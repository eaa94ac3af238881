"""The letters of what is printed: fonts for Latin languages, Chinese and others; marks that a font lacks left out."""

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
KHMER = re.compile("[\u1780-\u17ff]")  # its letters stand below and around each other
CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")
WITHOUT_MARKS = {"Đ": "D", "đ": "d", "Ł": "L", "ł": "l"}  # letters that Unicode does not take apart


class Fonts(NamedTuple):
    """Files of fonts with the letters of all Latin languages; without them, marks that Helvetica lacks are dropped.

    :param others: letters of other scripts, as a range for a regular expression, each with a font's file
    """

    regular: str
    bold: str
    others: tuple[tuple[str, str], ...] = ()


class Letters:
    """Texts as markup and paragraphs of reportlab, in fonts that have their letters."""

    def __init__(self, fonts: Fonts | None = None):
        pdfmetrics.registerFont(UnicodeCIDFont(CHINESE_FONT))
        self.regular, self.bold = "Helvetica", "Helvetica-Bold"
        if fonts:
            self.regular, self.bold = "rcep", "rcep-bold"
            pdfmetrics.registerFont(TTFont(self.regular, fonts.regular))
            pdfmetrics.registerFont(TTFont(self.bold, fonts.bold))
        self._runs = [(CHINESE, CHINESE_FONT)]  # which run of letters is drawn by which font
        for number, (letters, file) in enumerate(fonts.others if fonts else ()):
            font = TTFont(f"rcep-{number}", file)
            # Thai and Lao are right as they come; shaped, reportlab lifts some of their letters off the line.
            font.shapable = bool(re.match(f"[{letters}]", "\u1780"))
            pdfmetrics.registerFont(font)
            self._runs.append((re.compile(f"[{letters}]+"), f"rcep-{number}"))
        self._known = pdfmetrics.getFont(self.regular).face.charToGlyph if fonts else None

    def paragraph(self, text, size, color=colors.black, **style):
        """A paragraph of markup, in which ``<b>`` is the bold font."""
        style = ParagraphStyle(
            f"form-{size}", fontName=self.regular, fontSize=size, leading=size * 1.2, textColor=color,
            splitLongWords=1, shaping=bool(KHMER.search(text)), **style,
        )  # fmt: skip
        return Paragraph(text.replace("<b>", f'<font name="{self.bold}">').replace("</b>", "</font>"), style)

    def marked(self, text):
        """A text as reportlab's markup, with each run of Chinese or of another script in its own font."""
        shown = html.escape("".join(map(self._printable, text)), quote=False)
        for letters, font in self._runs:
            shown = letters.sub(rf'<font name="{font}">\g<0></font>', shown)
        return shown

    def plain(self, text):
        """A text without Chinese and other scripts, to be written by one font."""
        return "".join(self._printable(char) for char in text if not self._has_own_font(char))

    def _has_own_font(self, char):
        return any(letters.match(char) for letters, _font in self._runs)

    def _printable(self, char):
        """A letter that the font lacks without its marks, as on forms in English: `Đà Nẵng` is `Dà Nang`."""
        if char.isascii() or self._has_own_font(char):
            return char
        if self._known is not None:
            return char if ord(char) in self._known else "?"
        try:
            char.encode("cp1252")  # what the standard fonts of PDF hold
        except UnicodeEncodeError:
            bare = WITHOUT_MARKS.get(char) or unicodedata.normalize("NFKD", char)
            return "".join(each for each in bare if not unicodedata.combining(each) and each.isascii()) or "?"
        return char
