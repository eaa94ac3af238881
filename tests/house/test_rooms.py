"""The heart's rooms stand on each other one way: what is below knows nothing of what is above it."""

import ast
import functools
import graphlib
from collections import defaultdict
from pathlib import Path

import pytest

HEART = Path(__file__).parents[2] / "addons/rcep_eco"
# The law and the wire: loaded without Odoo, and without each other.
ALONE = ("origin", "link")
# A few of the arrows that nothing may turn round; that there is no circle at all is a test of its own.
NEVER = [
    ("models/origin", "models/certificate"),
    ("models/platform", "models/certificate"),
    ("models/declaration", "models/certificate"),
    ("models/certificate", "models/invoice"),
    ("models/base", "models/origin"),
    ("states", "models/base"),
    ("cases", "models/origin"),
]


def room_of(path: str) -> str:
    """The room of a module of the heart: of models each folder is one, beside them each package."""
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] == "models" and len(parts) > 2 else parts[0].removesuffix(".py")


def modules():
    """(path inside the heart, its syntax tree) of every module that is no test."""
    for path in sorted(HEART.rglob("*.py")):
        inside = path.relative_to(HEART).as_posix()
        if path.name != "__init__.py" and not inside.startswith(("tests/", "migrations/")):
            yield inside, ast.parse(path.read_text(encoding="utf-8"))


def imported(inside: str, tree: ast.Module):
    """Paths inside the heart of what a module imports from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            folder = inside.split("/")[: -node.level]
            base = "/".join([*folder, *(node.module.split(".") if node.module else ())])
            for alias in node.names:
                yield f"{base}/{alias.name}".lstrip("/")


def strings_of(node):
    """The texts of an assignment: of one, or of a list."""
    return [each.value for each in ast.walk(node.value) if isinstance(each, ast.Constant)]


def models():
    """{model: room in which it is defined}, and [(room, model that it extends)]."""
    defined, extended = {}, []
    for inside, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.ClassDef):
                continue
            attributes = {
                item.targets[0].id: strings_of(item)
                for item in node.body
                if isinstance(item, ast.Assign) and item.targets[0].id in ("_name", "_inherit")
            }
            names = attributes.get("_name", [])
            defined |= {name: room_of(inside) for name in names if name not in attributes.get("_inherit", [])}
            extended += [(room_of(inside), name) for name in attributes.get("_inherit", []) if name not in names]
    return defined, extended


@functools.cache
def arrows():
    """{room: rooms that it stands on}, by what it imports and by the models that it extends."""
    found = defaultdict(set)
    for inside, tree in modules():
        for path in imported(inside, tree):
            found[room_of(inside)].add(room_of(path))
    defined, extended = models()
    for room, model in extended:
        found[room].add(defined.get(model, room))
    return {room: below - {room} for room, below in found.items()}


def test_no_two_rooms_stand_on_each_other():
    assert len(arrows()) > 10
    try:
        tuple(graphlib.TopologicalSorter(arrows()).static_order())
    except graphlib.CycleError as error:
        pytest.fail(f"These rooms import each other in a circle: {' → '.join(error.args[1])}")


@pytest.mark.parametrize(("below", "above"), NEVER, ids=" → ".join)
def test_what_is_below_does_not_import_what_is_above(below, above):
    assert above not in arrows().get(below, set())


@pytest.mark.parametrize("room", ALONE)
def test_law_and_wire_know_no_other_room(room):
    assert arrows().get(room, set()) == set()


def test_models_stand_in_rooms_only():
    assert [path.name for path in (HEART / "models").glob("*.py")] == ["__init__.py"]


def test_what_is_no_model_does_not_stand_among_models():
    lonely = [
        inside
        for inside, tree in modules()
        if inside.startswith("models/") and not any(isinstance(node, ast.ClassDef) for node in tree.body)
    ]
    assert lonely == []


def test_each_room_of_models_has_its_views_and_its_tests_under_the_same_name():
    rooms = {path.name for path in (HEART / "models").iterdir() if (path / "__init__.py").exists()}
    for kind in ("views", "tests", "security"):
        folders = {path.name for path in (HEART / kind).iterdir() if path.is_dir() and path.name != "__pycache__"}
        assert folders <= rooms, kind
