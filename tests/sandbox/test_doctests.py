"""Every example in the sandbox's docstrings runs and is true."""

import doctest
import importlib
import pkgutil

import pytest

import ccpit_sandbox

MODULES = [found.name for found in pkgutil.walk_packages(ccpit_sandbox.__path__, "ccpit_sandbox.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_are_true(name):
    failed, _tried = doctest.testmod(importlib.import_module(name))
    assert failed == 0
