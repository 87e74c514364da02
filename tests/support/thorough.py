"""What `make test` tries at a few points and `make thorough` at many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

THOROUGH = pytest.mark.thorough
"""Left out by `make test`, which has a quicker test of the same."""


def first_of(values: Iterable[Any], few: int) -> list[Any]:
    """Return values as parameters of a test: all but the first few are `THOROUGH`.

    A value that is a tuple stands for several parameters.
    """
    listed = list(values)
    return [*listed[:few], *map(many, listed[few:])]


def many(value: Any) -> Any:
    """Return a value, as how many draws one test makes, as a `THOROUGH` parameter."""
    values = value if isinstance(value, tuple) else (value,)
    return pytest.param(*values, marks=THOROUGH)
