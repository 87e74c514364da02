"""Fixtures: the busy month's roster in a folder of its own, and a page on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import busy_month
from tests.support.pages import application, visitor

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write the roster and return its file."""
    path = tmp_path / "r.xlsx"
    busy_month.put(path)
    return path


@pytest.fixture
def client(path: Path) -> TestClient:
    """Return who has come to the page on its folder."""
    return visitor(application(path.parent))
