"""Given a machine's apt sources, the mirror that Odoo is fetched from is Debian's own and no third party's."""

import pytest

from tools.console import CommandError
from tools.debian import Mirror, machine_mirror, parse_deb822, parse_list

DEB822 = """\
# made by the installer
Types: deb
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
"""


def test_deb822_names_the_mirror_and_not_the_security_one():
    assert parse_deb822(DEB822) == [
        Mirror("http://mirror.example/debian", "/usr/share/keyrings/debian-archive-keyring.gpg")]


def test_a_disabled_paragraph_and_a_third_party_do_not_count():
    assert parse_deb822(DEB822.replace("Types: deb\nURIs: http://mirror.example/debian\n",
                                       "Types: deb\nEnabled: no\nURIs: http://mirror.example/debian\n")) == []
    assert parse_deb822("Types: deb\nURIs: http://vendor.example/apt\nSuites: nodistro\nComponents: main\n") == []


def test_a_key_inside_the_file_is_replaced_by_debians_keyring():
    text = ("Types: deb\nURIs: http://m.example/debian\nSuites: trixie\nComponents: main\n"
            "Signed-By:\n -----BEGIN\n .\n abc\n")
    assert "signed-by=/usr/share/keyrings/debian-archive-keyring.gpg" in parse_deb822(text)[0].line("sid")


def test_one_line_lists():
    text = (
        "# deb http://commented.example/debian bookworm main\n"
        "deb https://vendor.example/apt stable-vendor main\n"
        "deb [arch=amd64 signed-by=/keys/debian.gpg] http://mirror.example/debian bookworm main contrib # mine\n"
    )
    assert parse_list(text) == [Mirror("http://mirror.example/debian", "/keys/debian.gpg")]


def test_a_machine_without_a_debian_mirror_learns_what_to_do(tmp_path):
    (tmp_path / "sources.list.d").mkdir()
    with pytest.raises(CommandError, match="ODOO_SOURCE"):
        machine_mirror(tmp_path)
    (tmp_path / "sources.list").write_text("deb http://mirror.example/debian bookworm main\n")
    assert machine_mirror(tmp_path).line("sid").endswith("http://mirror.example/debian sid main")
