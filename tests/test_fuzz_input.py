"""Spoilt workbooks are read or refused; nothing else ever comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.fuzz_input import outcome, spoil
from scheduler.files.workbook.write_input import write_input
from tests.input_offices import by_hand

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = 300
BATCH = 50


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Write the workbook that is spoilt."""
    path = tmp_path_factory.mktemp("office") / "office.xlsx"
    write_input(by_hand(), path)
    return path.read_bytes()


@pytest.mark.parametrize("first", range(0, SEEDS, BATCH))
def test_spoilt_workbooks(first: int, good: bytes, tmp_path: Path) -> None:
    """Each is read, or refused with sheet and cell; some of either kind occur."""
    path = tmp_path / "office.xlsx"
    codes = [outcome(spoil(good, seed), path) for seed in range(first, first + BATCH)]
    assert "read" in codes
    assert len(set(codes)) > 5
