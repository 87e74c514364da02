"""The workbooks in ``inputs/`` are those the samples make, and read back as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.files.problems import read_problem
from scheduler.files.samples import SAMPLES
from tools.make_samples import INPUTS, write_samples

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", SAMPLES)
def test_an_input_reads_as_its_sample(name: str) -> None:
    """Nothing is lost or changed between the code and the workbook checked in."""
    problem = SAMPLES[name]()
    path = INPUTS / f"{name}-{problem.period.first:%Y-%m}.xlsx"
    assert read_problem(path) == problem


def test_samples_are_written_alike_every_time(tmp_path: Path) -> None:
    """The same code gives the same bytes, so that only changes show in git."""
    first, again = tmp_path / "first", tmp_path / "again"
    first.mkdir()
    again.mkdir()
    for one, other in zip(write_samples(first), write_samples(again), strict=True):
        assert one.read_bytes() == other.read_bytes()
