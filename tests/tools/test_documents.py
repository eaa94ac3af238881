"""Documents lead somewhere: links of those outside the site, and every path of the code that any of them names."""

import itertools
import re

import pytest

from tools.paths import CHECKOUT

SITE = sorted((CHECKOUT / "docs").glob("*.md"))
OUTSIDE = [CHECKOUT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docker/README.md")]
LINK = re.compile(r"\]\(([^)\s]+)\)")
# Folders and files of the checkout, as documents write them; patterns and what a run makes are none.
PATH = re.compile(r"`((?:addons|ccpit_sandbox|docker|docs|tests|tools)/[\w./-]+)`")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def anchors(file):
    """The anchors of a document's headings, as Markdown's own rule makes them."""
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower())
            for heading in HEADING.findall(file.read_text())}


def named(file):
    return file.relative_to(CHECKOUT).as_posix()


@pytest.mark.parametrize("file", OUTSIDE, ids=named)
def test_a_link_leads_to_a_file_and_its_heading(file):
    for link in LINK.findall(file.read_text()):
        if link.startswith(("http:", "https:")):
            continue
        path, _, anchor = link.partition("#")
        target = file.parent / path if path else file
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("file", [*SITE, *OUTSIDE], ids=named)
def test_a_path_of_the_code_is_there(file):
    for path in PATH.findall(file.read_text()):
        assert (CHECKOUT / path).exists(), path


@pytest.mark.parametrize("file", SITE, ids=named)
def test_lists_and_tables_stand_apart_so_that_the_site_shows_them_as_such(file):
    lines = file.read_text().splitlines()
    for before, line in itertools.pairwise(lines):
        glued = re.match(r"(- |\d+\. |\|)", line) and before.strip() and not re.match(r"( |-|\d+\.|\|)", before)
        assert not glued, line
        assert not re.match(r" {1,3}\|", line), f"four spaces before a table in a list: {line}"


def test_a_hook_that_the_guide_names_is_one():
    guide = (CHECKOUT / "docs/extend.md").read_text()
    sources = "".join(path.read_text() for path in (CHECKOUT / "addons/rcep_eco/models").rglob("*.py"))
    hooks = re.search(r"begins with \*Hook\*, such as ([^.]*)\.", guide)[1]
    for name in re.findall(r"`(\w+)`", hooks):
        assert re.search(rf'def {name}\(.*\):\n\s+"""Hook', sources), name
