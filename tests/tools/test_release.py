"""The archives of a release: the same bytes twice, each add-on whole, and nothing that only development needs."""

import os
import zipfile

import pytest

from tools import release
from tools.console import CommandError
from tools.paths import ADDONS


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    return release.build(tmp_path_factory.mktemp("release") / "dist")


def names(path):
    return set(zipfile.ZipFile(path).namelist())


def test_the_same_bytes_come_out_whenever_they_are_made(archives, tmp_path):
    os.utime(ADDONS / "rcep_eco/__manifest__.py")
    again = release.build(tmp_path / "dist")
    assert [path.name for path in again] == [path.name for path in archives]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in archives]


def test_each_add_on_but_the_demo_has_an_archive_with_its_licence_page_and_migrations(archives):
    *alone, suite = archives
    expected = {path.parent.name for path in ADDONS.glob("*/__manifest__.py")} - {"rcep_eco_demo"}
    assert {path.name.partition("-")[0] for path in alone} == expected
    for path in alone:
        addon = path.name.partition("-")[0]
        for file in ("__manifest__.py", "LICENSE", "README.rst", "static/description/index.html",
                     "static/description/icon.png"):
            assert f"{addon}/{file}" in names(path)
    assert any(name.startswith("rcep_eco/migrations/") for name in names(suite))


def test_the_archive_of_the_suite_holds_what_the_others_hold(archives):
    *alone, suite = archives
    assert names(suite) == set().union(*map(names, alone))


def test_tests_bytecode_and_the_demo_stay_behind(archives):
    for name in names(archives[-1]):
        assert not {"tests", "__pycache__", "rcep_eco_demo"} & set(name.split("/")), name
        assert not name.endswith(".pyc")


def test_add_ons_of_different_versions_are_no_release(tmp_path):
    for name, version in (("one", "19.0.1.0.0"), ("two", "19.0.1.1.0")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__manifest__.py").write_text(f'{{"version": "{version}"}}')
    with pytest.raises(CommandError, match=r"one 19\.0\.1\.0\.0, two 19\.0\.1\.1\.0"):
        release.version_of_all(tmp_path)
