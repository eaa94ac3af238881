"""Every example in the link package's docstrings runs and is true."""

import doctest
import importlib
import pkgutil

import pytest
import rcep_link

MODULES = [found.name for found in pkgutil.walk_packages(rcep_link.__path__, "rcep_link.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_are_true(name):
    failed, _tried = doctest.testmod(importlib.import_module(name))
    assert failed == 0
