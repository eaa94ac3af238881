"""Everything is tested, each once: side by side what has a database of its own, alone what starts processes."""

from tools.checks import CHECKOUT, LONG_FOLDERS, lanes
from tools.settings import OPTIONAL_MODULES


def named(paths):
    return [path for group in paths.values() for path in group]


def test_each_folder_of_tests_is_in_one_lane():
    beside, alone = lanes(long=True)
    found = named(beside) + named(alone)
    assert len(found) == len(set(found))
    folders = {path for path in (CHECKOUT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"}
    addons = {path.parent for path in (CHECKOUT / "addons").glob("*/tests")}
    assert set(found) == folders | {path for path in addons if path.name not in OPTIONAL_MODULES}


def test_the_daily_run_leaves_out_what_takes_an_hour():
    _beside, alone = lanes(long=False)
    assert not set(alone) & set(LONG_FOLDERS)
    assert set(lanes(long=True)[1]) - set(alone) <= set(LONG_FOLDERS)


def test_what_starts_processes_of_its_own_runs_alone():
    beside, alone = lanes(long=False)
    assert "e2e" in alone
    assert "e2e" not in beside
