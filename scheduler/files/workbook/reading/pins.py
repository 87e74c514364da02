"""Cells fixed beforehand: duties with or without roles, and nights on call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.files.validation import shown
from scheduler.files.workbook.layout import SHIFTS
from scheduler.files.workbook.reading.tail import read_on_call
from scheduler.wording.notation import CellLanguage

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.files.workbook.reading.grids import Grid
    from scheduler.files.workbook.reading.notes import Notes


def read_pins(grid: Grid, problem: Problem, notes: Notes) -> dict[str, list[Any]]:
    """Read the pins of a problem that has everything else."""
    return {
        "duties": _duties(grid, problem, notes),
        "on_call": read_on_call(grid, ("pins", "on_call"), problem, notes),
    }


def _duties(grid: Grid, problem: Problem, notes: Notes) -> list[dict[str, Any]]:
    language = CellLanguage(problem)
    duties: list[dict[str, Any]] = []
    for cell in grid.people:
        meaning = language.read(cell.text)
        if meaning is None and SHIFTS.title in notes.doubtful:
            continue
        if meaning is None:
            notes.report("not_pin", cell.place, value=shown(cell.raw))
            continue
        notes.places["pins", "duties", len(duties)] = cell.place
        duties.append(
            {
                "staff": cell.name,
                "date": cell.date,
                "shift": meaning.shift,
                "roles": meaning.roles or (),
                "off": meaning.off,
            }
        )
    return duties
