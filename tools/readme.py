"""README.rst and the store's page of each add-on, made of its fragments in readme/ in the layout that OCA uses.

Run by the Python of lint, which has pandoc and docutils: ``python tools/readme.py [--write] [ADDON ...]``. Without
``--write`` it says what is missing or stale and changes nothing.
"""

import argparse
import ast
import re
import sys
from pathlib import Path

import pypandoc
from docutils.core import publish_string

ADDONS = Path(__file__).resolve().parent.parent / "addons"
# The fragments that every add-on has, in their order, each with its heading; the first stands without one.
FRAGMENTS = {
    "DESCRIPTION": "",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "ROADMAP": "Known issues / Roadmap",
    "HISTORY": "Changelog",
}
# What every manifest says alike.
SAME = {
    "author": "RCEP e-CO contributors",
    "license": "LGPL-3",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
}
STATUSES = ("Alpha", "Beta", "Production/Stable", "Mature")
NEEDED = ("name", "version", "summary", "category", "development_status")
MARKDOWN = "gfm-raw_html-gfm_auto_identifiers"  # identifiers would become targets that nothing refers to
PICTURE = re.compile(r"\.\./(static/description/[\w.-]+)")
LARGEST_PICTURE = 150_000  # bytes
PAGE = {  # settings of docutils: a bare page, for Odoo and the store have styles of their own
    "embed_stylesheet": False,
    "stylesheet_path": "",
    "halt_level": 2,
    "report_level": 2,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "generator": False,
    "xml_declaration": False,
    "output_encoding": "unicode",
}
MADE = "This file is made of readme/ by the lint of the suite; changes to it will be overwritten."


def manifest_of(addon: Path) -> dict:
    """What the add-on's manifest says."""
    return ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8"))


def readme(addon: Path) -> str:
    """README.rst of an add-on that lacks nothing."""
    manifest = manifest_of(addon)
    texts = {name: (addon / "readme" / f"{name}.md").read_text(encoding="utf-8") for name in FRAGMENTS}
    body = "\n\n".join(f"# {FRAGMENTS[name]}\n\n{texts[name].strip()}" for name in FRAGMENTS if FRAGMENTS[name])
    rule = "=" * len(manifest["name"])
    parts = [
        f"{rule}\n{manifest['name']}\n{rule}",
        f"..\n   {MADE}",
        "**Version** {version} · **Maturity** {development_status} · **License** {license}".format(**manifest),
        _rst(texts["DESCRIPTION"]),
        "**Table of contents**\n\n.. contents::\n   :local:",
        _rst(body),
        _rst(
            "# Credits\n\n"
            f"## Authors\n\n- {manifest['author']}\n\n"
            f"## Maintainers\n\nThis module is part of the RCEP e-CO suite, <{manifest['website']}>. Faults are "
            "reported and changes proposed there; `CONTRIBUTING.md` of the suite says how."
        ),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _rst(text: str) -> str:
    """Markdown as reStructuredText, with pictures beside the README."""
    return PICTURE.sub(r"\1", pypandoc.convert_text(text, "rst", format=MARKDOWN, sandbox=True))


def page(text: str) -> str:
    """The store's page: Odoo and the store look for its pictures beside it."""
    return publish_string(text.replace("static/description/", ""), writer="html4css1", settings_overrides=PAGE)


def made(addon: Path) -> dict[Path, str]:
    """The generated files of an add-on, as they ought to be."""
    text = readme(addon)
    return {addon / "README.rst": text, addon / "static/description/index.html": page(text)}


def lacking(addon: Path) -> list[str]:
    """What an add-on needs before others get it and has not, in sentences."""
    manifest = manifest_of(addon)
    faults = [f"readme/{name}.md is missing or empty" for name in FRAGMENTS
              if not _text(addon / "readme" / f"{name}.md")]
    faults += [f"__manifest__.py says nothing of {key}" for key in NEEDED if not manifest.get(key)]
    faults += [f"__manifest__.py says {key}: {manifest.get(key)!r} in place of {value!r}" for key, value in SAME.items()
               if manifest.get(key) != value]
    if manifest.get("development_status") not in STATUSES:
        faults.append(f"development_status is none of {', '.join(STATUSES)}")
    if f"## {manifest.get('version')} " not in _text(addon / "readme/HISTORY.md") + " ":
        faults.append(f"readme/HISTORY.md has no heading for version {manifest.get('version')}")
    if not (addon / "static/description/icon.png").is_file():
        faults.append("static/description/icon.png is missing")
    return faults + _pictures(addon, manifest)


def _pictures(addon: Path, manifest: dict) -> list[str]:
    """Pictures that are shown and not there, too large, or there and not shown."""
    shown = {name for file in (addon / "readme").glob("*.md") for name in PICTURE.findall(_text(file))}
    shown |= set(manifest.get("images", ()))
    there = {str(path.relative_to(addon)) for path in (addon / "static/description").glob("*.png")}
    return [
        *(f"{name} is shown and missing" for name in sorted(shown - there)),
        *(f"{name} is shown nowhere" for name in sorted(there - shown - {"static/description/icon.png"})),
        *(f"{name} has more than {LARGEST_PICTURE} bytes" for name in sorted(there)
          if (addon / name).stat().st_size > LARGEST_PICTURE),
    ]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def look_at(addon: Path, *, write: bool) -> list[str]:
    """What is wrong with an add-on; with `write` what can be generated is generated."""
    faults = lacking(addon)
    if faults:
        return faults
    stale = {path: text for path, text in made(addon).items() if _text(path) != text.strip()}
    if not write:
        return [f"{path.relative_to(addon)} is not what readme/ makes: run ./eco lint --fix" for path in stale]
    for path, text in stale.items():
        path.write_text(text, encoding="utf-8")
    return []


def main() -> int:
    """Look at the add-ons that are named, or at all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("addons", nargs="*", type=Path)
    options = parser.parse_args()
    addons = options.addons or sorted(path.parent for path in ADDONS.glob("*/__manifest__.py"))
    faults = [f"{addon.name}: {fault}" for addon in addons for fault in look_at(addon, write=options.write)]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
