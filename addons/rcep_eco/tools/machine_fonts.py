"""Letters of this machine beside Latin ones: the fonts that its fontconfig finds, as the HTML printer does."""

import functools
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase import ttfonts


class Script(NamedTuple):
    """Letters of one language.

    :param language: as fontconfig names it
    :param country: whose firms write so, by its code of two letters
    :param letters: range for a regular expression
    :param package: of Debian, with a font for it
    """

    language: str
    country: str
    letters: str
    package: str


SCRIPTS = (
    Script("zh-cn", "CN", "\u2e80-\u9fff", "fonts-noto-cjk"),
    Script("th", "TH", "\u0e00-\u0e7f", "fonts-tlwg-loma-ttf"),
    Script("lo", "LA", "\u0e80-\u0eff", "fonts-lao"),
    Script("km", "KH", "\u1780-\u17ff\u19e0-\u19ff", "fonts-khmeros"),
)
SECONDS = 10


@functools.cache
def files(language):
    """Files of fonts with all letters of a language, the plainest first; none where fontconfig itself is missing."""
    program = shutil.which("fc-list")
    if not program:
        return ()
    listed = subprocess.run(  # noqa: S603  the program of this machine, with words of ours alone
        [program, "--format", "%{file}\n", f":lang={language}"], capture_output=True, text=True, timeout=SECONDS,
        check=False,
    )  # fmt: skip
    # Of DejaVu some scripts have their letters and not the marks above them.
    found = sorted(set(filter(None, listed.stdout.splitlines())), key=lambda file: ("dejavu" in file, len(file), file))
    return tuple(found)


def missing():
    """The scripts for which there is no font: their letters print as boxes."""
    return [script for script in SCRIPTS if not files(script.language)]


def stacks_khmer():
    """Whether reportlab prints Khmer as it is written, by uharfbuzz; else one letter stands beside the other."""
    return bool(getattr(ttfonts, "uharfbuzz", None))


def drawn():
    """The scripts that are drawn with a font of this machine: ``((letters, file), …)``.

    Chinese is not among them: each reader of PDF brings a font for it.
    """
    found = {script.letters: [file for file in files(script.language) if Path(file).suffix.lower() == ".ttf"]
             for script in SCRIPTS[1:]}  # fmt: skip
    return tuple((letters, fonts[0]) for letters, fonts in found.items() if fonts)
