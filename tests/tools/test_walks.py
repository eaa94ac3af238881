"""The pictures of the walks name what the code has: a rename is an error and leaves no stale picture."""

import shutil
from xml.etree import ElementTree

import pytest

from tools import walks
from tools.paths import ADDONS


@pytest.fixture
def addons(tmp_path):
    """The sources that the walk of a scan passes through, to be changed."""
    for place in {station.place for station in walks.WALKS["walk-scan"][1]}:
        shutil.copytree(ADDONS / place, tmp_path / place, ignore=shutil.ignore_patterns("tests", "__pycache__"))
    return tmp_path


@pytest.mark.parametrize("name", walks.WALKS)
def test_the_picture_shows_every_station_and_is_what_the_code_says(name):
    title, stations = walks.WALKS[name]
    committed = (walks.IMAGES / f"{name}.svg").read_text()
    assert committed == walks.draw(title, stations)
    shown = {element.text for element in ElementTree.fromstring(committed).iter() if element.text}
    assert {title, *(station.name for station in stations)} <= shown


@pytest.mark.parametrize("station", [station for _, stations in walks.WALKS.values() for station in stations],
                         ids=lambda station: station.name)
def test_the_name_of_a_station_and_its_file_stand_beside_each_other(station):
    file, _sentence = walks.look_up(station)
    name, path = 9.1 * len(station.name), 6.7 * len(str(file.relative_to(ADDONS)))  # pixels, in a font of even width
    assert name + path < walks.WIDTH - 2 * walks.PAD - 40


def test_a_name_that_is_gone_is_named(addons):
    (file,) = (file for file, _ in walks.names_of(addons / walks.WEBSITE)["RcepVerification._publish"])
    file.write_text(file.read_text().replace("def _publish(", "def _make_public("))
    walks.names_of.cache_clear()
    with pytest.raises(walks.UnknownNameError, match=r"RcepVerification\._publish .* nowhere"):
        walks.draw(*walks.WALKS["walk-scan"], addons)


def test_a_name_that_stands_twice_is_no_place_to_look(addons):
    (addons / walks.WEBSITE / "models/again.py").write_text(
        'class RcepVerification:\n    def _publish(self):\n        """Once more."""\n')
    walks.names_of.cache_clear()
    with pytest.raises(walks.UnknownNameError, match=r"again\.py"):
        walks.draw(*walks.WALKS["walk-scan"], addons)


def test_what_goes_from_one_station_to_the_next_is_looked_up_too():
    with pytest.raises(walks.UnknownNameError, match="NoSuchThing"):
        walks.carried("a {NoSuchThing} of ours")
