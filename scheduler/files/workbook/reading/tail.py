"""Last month's tail: duties, nights on call, days off before."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from scheduler.audit.consistency.report import unknown_facts
from scheduler.domain.base import StaffId
from scheduler.domain.clock import parse_span
from scheduler.domain.likeness import recognised
from scheduler.domain.shifts import Duty
from scheduler.files.validation import shown
from scheduler.files.workbook import words
from scheduler.files.workbook.layout import SHIFTS, STAFF, TAIL
from scheduler.files.workbook.reading.rows import read_cell
from scheduler.files.workbook.reading.values import is_empty, neat
from scheduler.files.workbook.writing.draft import WITH_BREAKS
from scheduler.wording.notation import CellLanguage, plain_roles

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import BreakOption
    from scheduler.files.workbook.reading.grids import Grid, GridCell
    from scheduler.files.workbook.reading.notes import Loc, Notes
    from scheduler.files.workbook.reading.sheets import Table

DAYS = TAIL.columns[1]


def read_tail(
    table: Table, grid: Grid, problem: Problem, notes: Notes
) -> dict[str, list[Any]]:
    """Read the history of a problem that has everything else."""
    return {
        "duties": _duties(grid, problem, notes),
        "on_call": read_on_call(grid, ("history", "on_call"), problem, notes),
        "days_off_before": _days_off(table, grid, notes),
    }


def _duties(grid: Grid, problem: Problem, notes: Notes) -> list[Duty]:
    language = CellLanguage(problem)
    duties: list[Duty] = []
    unclear: set[dt.date] = set()
    for cell in grid.people:
        duty = _duty(cell, problem, language)
        if duty is None:
            unclear.add(cell.date)
            if SHIFTS.title not in notes.doubtful:
                notes.report("not_duty", cell.place, value=shown(cell.raw))
            continue
        notes.places["history", "duties", len(duties)] = cell.place
        duties.append(duty)
    if not unclear <= {duty.date for duty in duties}:
        # A date that only an unclear cell speaks of is not missing.
        notes.doubt(TAIL)
    return duties


def _duty(cell: GridCell, problem: Problem, language: CellLanguage) -> Duty | None:
    text, sign, pauses = unicodedata.normalize("NFKC", cell.text).partition(WITH_BREAKS)
    meaning = language.read(text.strip())
    member = problem.member_by_name.get(StaffId(cell.name))
    if meaning is None or member is None or (sign and meaning.shift is None):
        return None
    if meaning.shift is None:
        return Duty(staff=member.name, date=cell.date, off=meaning.off)
    shift = problem.shift_by_symbol[meaning.shift]
    breaks = _breaks(pauses) if sign else shift.break_options[0]
    if breaks is None:
        return None
    return Duty(
        staff=member.name,
        date=cell.date,
        shift=shift.symbol,
        roles=meaning.roles or plain_roles(member, shift),
        breaks=breaks,
    )


def _breaks(text: str) -> BreakOption | None:
    pieces = [piece for piece in neat(text).split("+") if piece.strip()]
    try:
        return tuple(parse_span(piece) for piece in pieces)
    except ValueError:
        return None


def read_on_call(
    grid: Grid, loc: Loc, problem: Problem, notes: Notes
) -> list[dict[str, Any]]:
    """Read the row of a grid that names who is on call.

    Parameters
    ----------
    loc
        Path of the list in the problem.
    """
    names = tuple(problem.member_by_name)
    nights: list[dict[str, Any]] = []
    for cell in grid.labelled.get(words.ON_CALL_ROW, ()):
        name = recognised(cell.text, names)
        if name is None and STAFF.title in notes.doubtful:
            continue
        if name is None:
            facts = unknown_facts(shown(cell.raw), names)
            notes.report("unknown_person", cell.place, **facts)
            continue
        notes.places[(*loc, len(nights))] = cell.place
        nights.append({"staff": name, "date": cell.date})
    return nights


def _days_off(table: Table, grid: Grid, notes: Notes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    number = table.where.get(DAYS.path)
    for name, row in grid.rows.items():
        raw = None if number is None else table.page.cells[row][number]
        if number is not None and not is_empty(raw):
            place = table.page.place(row, number)
            loc = ("history", "days_off_before", len(found))
            notes.remember((*loc, "days"), place, TAIL, DAYS)
            days = read_cell(DAYS, raw, place, (*loc, "days"), notes)
            found.append({"staff": name, "days": days})
    return found
