"""The documentation as a site: a link or an anchor that leads nowhere, and a page that no menu has, fail it."""

import shutil
import subprocess

import pytest

from tools import docs, setup
from tools.paths import CHECKOUT


@pytest.fixture
def folder(tmp_path):
    shutil.copy(CHECKOUT / "mkdocs.yml", tmp_path)
    shutil.copytree(CHECKOUT / "docs", tmp_path / "docs")
    return tmp_path


def build(folder):
    done = subprocess.run([str(part) for part in docs.build_command(setup.get_docs(), folder, folder / "site")],
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_it_builds_and_fetches_nothing_from_other_servers(folder):
    code, output = build(folder)
    assert code == 0, output
    for page in (folder / "site").glob("*.html"):
        text = page.read_text()
        assert '<script src="http' not in text
        assert 'rel="stylesheet" href="http' not in text


@pytest.mark.parametrize("text", ["[gone](gone.md)", "[nowhere](signer.md#nowhere)", "![no picture](images/none.png)"])
def test_a_link_that_leads_nowhere_fails(folder, text):
    with (folder / "docs/clerk.md").open("a") as file:
        file.write(f"\n{text}\n")
    code, output = build(folder)
    assert code
    assert "clerk.md" in output


def test_a_page_that_is_in_no_menu_fails(folder):
    (folder / "docs/stray.md").write_text("# Stray\n")
    code, output = build(folder)
    assert code
    assert "stray.md" in output
