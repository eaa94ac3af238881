"""The three walks of docs/architecture.md as pictures, made of the code's own names: a rename without them is an error.

``python tools/walks.py [--write]``. Each station is a class, function or method that is looked up in the sources; its
sentence is the first paragraph of its docstring, unless the walk has words of its own.
"""

import argparse
import ast
import functools
import re
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

CHECKOUT = Path(__file__).resolve().parent.parent
ADDONS = CHECKOUT / "addons"
IMAGES = CHECKOUT / "docs/images"


@dataclass(frozen=True)
class Station:
    """A name of the code: where it is looked for, what it is called, and what goes on from it to the next station."""

    place: str
    name: str
    onwards: str = ""
    sentence: str = ""


HEART, CASES, MRP, ORIGIN, LINK, WEBSITE = (
    "rcep_eco/models", "rcep_eco/cases", "rcep_eco_mrp", "rcep_eco/origin", "rcep_eco/link", "rcep_eco_website")
COLOURS = {HEART: "#714b67", CASES: "#714b67", MRP: "#b5651d", ORIGIN: "#1b6e5a", LINK: "#2b5d9b", WEBSITE: "#8a2846"}

WALKS = {
    "walk-cost": ("A cost becomes a verdict", (
        Station(HEART, "RcepFactMixin.write", "ids of products whose facts changed",
                "A price, bill, rate, code or declaration is written."),
        Station(HEART, "RcepOrigin._mark_what_changed", "verdicts to be recomputed"),
        Station(HEART, "RcepOrigin._cron_recompute", "products of a company, a day"),
        Station(MRP, "ProductProduct._rcep_determined", "ids of products",
                "Manufacturing determines what has a bill; the heart decides the rest by supplier declarations."),
        Station(MRP, "Bills", "{Bills}, {Bought} for each material, {Work}"),
        Station(MRP, "Catalogue.determined", "one product after another, each after what goes into it"),
        Station(CASES, "Cases.case", "{Case} with {Material} and {Process}"),
        Station(ORIGIN, "determine", "{Verdict}"),
        Station(ORIGIN, "sealed", "canonical JSON and its SHA-256"),
        Station(HEART, "RcepOrigin._keep", "", "One row for each product and company; the verdict before gives way."),
    )),
    "walk-invoice": ("An invoice becomes a certificate", (
        Station(HEART, "AccountMove.action_create_rcep_certificate", "a draft with its goods"),
        Station(HEART, "RcepCertificateLine._determine", "a verdict for each line, with its dossier"),
        Station(HEART, "RcepCertificate._problems", "nothing is missing"),
        Station(HEART, "RcepCertificate.action_approve", "{Application}, stored with the certificate"),
        Station(HEART, "RcepCertificate.action_submit", "body made by {Profile.application_body}"),
        Station(HEART, "RcepPlatformMessage._put", "committed message"),
        Station(HEART, "RcepPlatformMessage._cron_deliver", "{Parcel} and {Client}"),
        Station(LINK, "Parcel.deliver", "{Outcome}: it arrived. Later {Event}: pushed, or read from the feed"),
        Station(HEART, "RcepPlatformEvent._receive", "the event as it came, committed"),
        Station(HEART, "RcepPlatformEvent._cron_apply", "the newest event of each certificate"),
        Station(HEART, "RcepCertificate._apply", "a move of the table of states"),
        Station(HEART, "RcepMoves._move", ""),
    )),
    "walk-scan": ("A scan becomes an answer", (
        Station(WEBSITE, "RcepCertificate._move", "certificates whose state has changed",
                "Every change of state passes here, before anybody scans."),
        Station(WEBSITE, "RcepCertificate._public_facts", "plain JSON"),
        Station(WEBSITE, "RcepVerification._publish", "the published record"),
        Station(HEART, "RcepCertificate._qr_url", "the QR code on form and papers; later somebody scans it"),
        Station(WEBSITE, "Verification.page", "the token of the address"),
        Station(WEBSITE, "RcepVerification._of_token", "one indexed read; no invoice, no cost"),
        Station(WEBSITE, "RcepVerification._facts_read", "facts that are shown, and their state as of today"),
        Station(WEBSITE, "RcepVerification._state_now", ""),
    )),
}


class UnknownNameError(Exception):
    """A walk names what the code does not have, or has twice."""


@functools.cache
def names_of(root: Path) -> dict[str, list[tuple[Path, str]]]:
    """Every class, function and method in a folder: {qualified name: [(file, first paragraph of its docstring)]}."""
    found: dict[str, list[tuple[Path, str]]] = {}

    def note(file: Path, nodes: list[ast.stmt], prefix: str) -> None:
        for node in nodes:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found.setdefault(f"{prefix}{node.name}", []).append((file, _sentence(ast.get_docstring(node) or "")))
                if isinstance(node, ast.ClassDef):
                    note(file, node.body, f"{prefix}{node.name}.")

    for file in sorted(root.rglob("*.py")):
        if "tests" not in file.relative_to(root).parts:
            note(file, ast.parse(file.read_text(encoding="utf-8")).body, "")
    return found


def _sentence(docstring: str) -> str:
    """Its first paragraph on one line, without the marks of reStructuredText."""
    first = " ".join(docstring.partition("\n\n")[0].split())
    return re.sub(r":\w+:`~?\.?([^`]*)`|`+([^`]*)`+", lambda match: match[1] or match[2], first)


def look_up(station: Station, addons: Path = ADDONS) -> tuple[Path, str]:
    """The file of a station, and what it says."""
    found = names_of(addons / station.place).get(station.name, [])
    if len(found) != 1:
        places = ", ".join(str(file.relative_to(addons)) for file, _ in found) or "nowhere"
        raise UnknownNameError(f"tools/walks.py names {station.name} once in addons/{station.place}; it is {places}.")
    file, sentence = found[0]
    if not (station.sentence or sentence):
        raise UnknownNameError(f"{station.name} has no docstring: tools/walks.py has to say what it does.")
    return file, station.sentence or sentence


def carried(text: str, addons: Path = ADDONS) -> str:
    """What goes on to the next station, with the names in braces looked up in the whole suite."""
    for name in re.findall(r"\{([\w.]+)\}", text):
        if not any(name in names_of(addons / place) for place in COLOURS):
            raise UnknownNameError(f"tools/walks.py names {name}, which is nowhere in addons.")
    return text.replace("{", "").replace("}", "")


WIDTH, PAD, GAP, LINE, CHARACTERS = 760, 16, 46, 18, 92


def draw(title: str, stations: tuple[Station, ...], addons: Path = ADDONS) -> str:
    """A walk as SVG: a box for each station, from above to below, and what goes from one to the next."""
    parts, top = [], 10
    for station in stations:
        file, sentence = look_up(station, addons)
        lines = textwrap.wrap(sentence, CHARACTERS)
        height = 2 * PAD + LINE * (1 + len(lines)) - 2
        parts += _box(top, height, station, str(file.relative_to(addons)), lines)
        top += height
        if station.onwards:
            parts += _arrow(top, carried(station.onwards, addons))
            top += GAP
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top + 10}" role="img" '
        'font-family="sans-serif">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{top + 10}" fill="#ffffff"/>',
        *parts,
        "</svg>\n",
    ])


def _box(top: int, height: int, station: Station, file: str, lines: list[str]) -> list[str]:
    colour = COLOURS[station.place]
    left = 10 + PAD
    baseline = top + PAD + 14
    return [
        f'<rect x="10" y="{top}" width="{WIDTH - 20}" height="{height}" rx="5" fill="#fafafa" stroke="{colour}"/>',
        f'<rect x="10" y="{top}" width="6" height="{height}" rx="2" fill="{colour}"/>',
        f'<text x="{left}" y="{baseline}" font-family="monospace" font-size="15" font-weight="bold" fill="{colour}">'
        f"{escape(station.name)}</text>",
        f'<text x="{WIDTH - 10 - PAD}" y="{baseline}" font-family="monospace" font-size="11" text-anchor="end" '
        f'fill="#666666">{escape(file)}</text>',
        *(f'<text x="{left}" y="{baseline + 4 + LINE * number}" font-size="13.5" fill="#222222">{escape(line)}</text>'
          for number, line in enumerate(lines, start=1)),
    ]


def _arrow(top: int, text: str) -> list[str]:
    x, end = 60, top + GAP
    return [
        f'<path d="M{x} {top} V{end - 7}" stroke="#444444" stroke-width="1.6" fill="none"/>',
        f'<path d="M{x - 5} {end - 9} L{x} {end} L{x + 5} {end - 9} Z" fill="#444444"/>',
        f'<text x="{x + 16}" y="{top + GAP / 2 + 5:.0f}" font-size="13" font-style="italic" fill="#444444">'
        f"{escape(text)}</text>",
    ]


def main() -> int:
    """Say which pictures are stale, or draw them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    try:
        drawn = {IMAGES / f"{name}.svg": draw(*walk) for name, walk in WALKS.items()}
    except UnknownNameError as error:
        print(error)
        return 1
    stale = [path for path, text in drawn.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if options.write:
            path.write_text(drawn[path], encoding="utf-8")
        else:
            print(f"{path.relative_to(CHECKOUT)} is not what the code says: run ./eco lint --fix")
    return 1 if stale and not options.write else 0


if __name__ == "__main__":
    sys.exit(main())
