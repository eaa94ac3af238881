"""Folders on a share of Debian's samba, by a library that speaks SMB: a trial of what Windows' machines do to files.

A mount by the kernel was not tried: the machines of this project have no cifs. Before a release only.
"""

import os
import re
import subprocess

import pytest

from tests.e2e.samba import NoSamba, Samba, get_samba
from tools import setup
from tools.paths import CACHE, CHECKOUT
from tools.programs import remove
from tools.pyenv import get_packages

LOCK = "requirements-smb.lock"
PATIENCE = 600
FEWEST = 48  # stories
NOT_OF_IT = "not test_a_link_in_the_folder_is_not_followed"  # samba shows what a link leads to in its place

pytestmark = pytest.mark.skipif(not os.environ.get("ECO_LONG"), reason="before a release only: ECO_LONG=1")


@pytest.fixture
def packages():
    return get_packages("smb", LOCK, "a library for SMB")


@pytest.fixture
def server():
    folder = CACHE / "tests" / f"samba_{os.getpid()}"
    try:
        samba = get_samba()
        (folder / "share").mkdir(parents=True)
        with Samba(samba, folder, folder / "share") as server:
            yield server
    except NoSamba as reason:
        pytest.skip(str(reason))
    finally:
        remove(folder)


def test_the_stories_of_folders_are_true_over_smb(packages, server):
    place = setup.get_workplace(with_tests=True)
    command = [place.python, "-m", "pytest", "-q", "-p", "no:odoo", "--rootdir", CHECKOUT, "-c",
               CHECKOUT / "pyproject.toml", "--basetemp", server.path / "b", CHECKOUT / "tests/link/test_folders.py",
               CHECKOUT / "tests/link/smb_stories.py", "-k", NOT_OF_IT]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(packages), "ECO_SMB": server.facts()}
    done = subprocess.run([str(part) for part in command], env=environment, cwd=CHECKOUT, capture_output=True,
                          text=True, timeout=PATIENCE, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout[-8000:]
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= FEWEST
