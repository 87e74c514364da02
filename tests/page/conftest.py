"""Fixtures of the tests of the page: its clock stands still."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.page import clock

EVE = dt.datetime(2026, 11, 30, 12)
"""Before every month of the tests: no day is past, and no shift has begun."""


@pytest.fixture(autouse=True)
def _eve(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold the clock, so that no test hangs on the day on which it is run."""
    monkeypatch.setattr(clock, "now", lambda: EVE)
