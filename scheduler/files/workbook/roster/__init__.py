"""The roster workbook: written for people, read back from its cells."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from scheduler.files.saving import Unsaved, replace, save
from scheduler.files.workbook.container import (
    open_workbook,
    uncalculated,
    workbook_bytes,
)
from scheduler.files.workbook.package import writer_of
from scheduler.files.workbook.roster.carrying import CarriedOver, Edited, carry_typed
from scheduler.files.workbook.roster.content import is_untouched, save_sealed
from scheduler.files.workbook.roster.read_back import read_workbook
from scheduler.files.workbook.roster.room import build_room
from scheduler.files.workbook.roster.slip_cells import build_slips
from scheduler.files.workbook.roster.write import build_workbook

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.plan import Plan
    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterFile, RosterRecord
    from scheduler.domain.room import Room

    pass
    pass


def write_roster(
    problem: Problem,
    roster: RosterRecord,
    findings: Sequence[Finding],
    path: Path,
    *,
    candidates: Sequence[RosterRecord] = (),
    plans: Sequence[Plan] = (),
    rooms: Sequence[Room] = (),
) -> Path:
    """Write a roster with its proof, compliance and fairness pages.

    Parameters
    ----------
    problem, roster
        The month; every duty's person and shift must be the problem's.
    findings
        All that the audit found in it.
    path
        Where to write.  A file of ours that nobody edited is replaced; any other,
        and one that is open, is left alone and the next free name taken.
    candidates
        All rosters that were made to choose from, this one among them, for the page
        that compares them.
    plans
        All ways through the rest of a month that were found, this roster one of them:
        what it changes is framed, with pages on whom to ask and on the others.
    rooms
        How many more guests can come, for each date and service; without them nothing
        is said of it.

    Returns
    -------
    Path
        Where the workbook stands.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    workbook = build_workbook(
        problem, roster, findings, candidates=candidates, plans=plans, rooms=rooms
    )
    return save(writer_of(workbook), path, is_untouched)


def replace_roster(
    problem: Problem,
    roster: RosterRecord,
    findings: Sequence[Finding],
    path: Path,
    kept: Path,
    rooms: Sequence[Room] = (),
    edited: Sequence[Edited] = (),
) -> tuple[Path, CarriedOver]:
    """Write a roster over the workbook of its version before, which is kept.

    Parameters
    ----------
    path, kept
        The workbook, and the name wanted for the version before.
    rooms
        As in `write_roster`.
    edited
        Workbooks from which what was typed is carried over, in this order.

    Returns
    -------
    tuple of Path and Carried
        Where the version before stands now, and what became of what was typed.

    Raises
    ------
    OutputError
        If the workbook cannot be replaced; everything is then as it was.
    """
    workbook = build_workbook(problem, roster, findings, rooms=rooms)
    carried = CarriedOver()
    for book in edited:
        carried += carry_typed(book, workbook)
    return replace(writer_of(workbook), path, kept), carried


def unsaved_slips(
    file: RosterFile, names: Collection[StaffId], edited: dt.datetime | None, path: Path
) -> Unsaved:
    """Return a workbook of personal slips from a roster as it stands, to be saved.

    Parameters
    ----------
    file
        The roster read back.
    names
        Whose slips.
    edited
        When it was edited after it was issued, if it was.
    path
        Where to write, as in `write_roster`.
    """
    workbook = build_slips(file, names, edited)
    return Unsaved(writer_of(workbook), path, is_untouched)


def write_slips(
    file: RosterFile, names: Collection[StaffId], edited: dt.datetime | None, path: Path
) -> Path:
    """Write a workbook of personal slips; parameters as `unsaved_slips` has.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    return save(*unsaved_slips(file, names, edited, path))


def write_room(
    problem: Problem, rooms: Sequence[Room], changes: int, path: Path
) -> Path:
    """Write a workbook of room for guests.

    Parameters
    ----------
    problem
        The month.
    rooms
        For each date and service, with the ways found.
    changes
        Most cells that could change.
    path
        Where to write, as in `write_roster`.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    return save_sealed(build_room(problem, rooms, changes), path)


def read_roster(path: Path) -> RosterFile:
    """Read a roster back from the cells of its workbook, hand edits included.

    Raises
    ------
    InputError
        With every mistake found, each with sheet and cell.
    """
    data = workbook_bytes(path)
    with closing(open_workbook(data, streaming=True)) as workbook:
        return read_workbook(workbook, partial(uncalculated, data, workbook))
