"""The worked examples in the docstrings say what the code does."""

import doctest
import importlib
import pkgutil

import pytest

from vitalfew import maths


@pytest.mark.parametrize("name", sorted(module.name for module in pkgutil.iter_modules(maths.__path__)))
def test_examples_in_docstrings_hold(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"vitalfew.maths.{name}"))

    assert found.failed == 0
