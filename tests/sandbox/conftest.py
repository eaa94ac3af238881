"""Fixtures: a sandbox of the whole run, and enterprises in it; a sandbox of one's own where a test restarts it."""

import itertools

import pytest
from stdnum.cn import uscc

from .running import Sandbox

_numbers = itertools.count(1)


def new_uscc() -> str:
    """A valid credit code that no other test uses."""
    stem = f"91330200MA{next(_numbers):07d}"
    return stem + uscc.calc_check_digit(stem)


def _running(folder):
    sandbox = Sandbox(folder)
    sandbox.start()
    yield sandbox
    assert sandbox.stop() == 0


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory):
    yield from _running(tmp_path_factory.mktemp("platform"))


@pytest.fixture
def own_sandbox(tmp_path):
    yield from _running(tmp_path / "platform")


@pytest.fixture
def with_faults(sandbox):
    """The sandbox of the whole run, whose faults end with the test."""
    yield sandbox
    sandbox.ask("DELETE", "/faults")


@pytest.fixture
def firm(sandbox):
    return sandbox.enrol(uscc=new_uscc())


@pytest.fixture
def other_firm(sandbox):
    return sandbox.enrol(uscc=new_uscc())
