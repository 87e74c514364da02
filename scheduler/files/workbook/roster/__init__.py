"""The roster workbook: written for people, read back from its cells.

What is written is saved whole: a file of ours that nobody edited is replaced; any
other, or one that is open, is kept, and the next free name used.  `OutputError` is
raised if no file can be written there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from scheduler.domain.base import StaffId
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.files.saving import Unsaved, replace, save
from scheduler.files.workbook.container import (
    formulas_in,
    open_workbook,
    uncalculated,
    workbook_bytes,
)
from scheduler.files.workbook.embedded import is_untouched, save_sealed
from scheduler.files.workbook.package import writer_of
from scheduler.files.workbook.roster.book import Besides
from scheduler.files.workbook.roster.carrying import CarriedOver, Edited, carry_typed
from scheduler.files.workbook.roster.guests import build_room
from scheduler.files.workbook.roster.read_back import read_workbook
from scheduler.files.workbook.roster.slip_cells import build_slips
from scheduler.files.workbook.roster.write import build_proof, build_workbook

if TYPE_CHECKING:
    from scheduler.domain.plan import Room


def write_roster(
    problem: Problem,
    roster: RosterRecord,
    findings: Sequence[Finding],
    path: Path,
    **besides: Unpack[Besides],
) -> Path:
    """Write a roster as a workbook; return where it was written.

    Parameters
    ----------
    problem, roster
        The month; the person and shift of every duty must be in the problem.
    findings
        All findings of the audit.
    """
    workbook = build_workbook(problem, roster, findings, **besides)
    return save(writer_of(workbook), path, is_untouched)


def write_proof(
    problem: Problem, roster: RosterRecord, findings: Sequence[Finding], path: Path
) -> Path:
    """Write the workbook for the inspection: every rule, and every date by clock."""
    workbook = build_proof(problem, roster, findings)
    return save(writer_of(workbook), path, is_untouched)


def replace_roster(
    problem: Problem,
    roster: RosterRecord,
    findings: Sequence[Finding],
    path: Path,
    kept: Path,
    edited: Sequence[Edited] = (),
    **besides: Unpack[Besides],
) -> tuple[Path, CarriedOver]:
    """Replace the workbook of a roster by a new version, and keep the old one.

    Parameters
    ----------
    path, kept
        The workbook, and the name wanted for the old version.
    edited
        Workbooks whose hand-typed cells are carried over, in this order.

    Returns
    -------
    tuple of Path and CarriedOver
        Where the old version is kept, and which typed cells were carried over or lost.
        If the workbook cannot be replaced, nothing is changed.
    """
    workbook = build_workbook(problem, roster, findings, **besides)
    carried = CarriedOver()
    for book in edited:
        carried += carry_typed(book, workbook)
    return replace(writer_of(workbook), path, kept), carried


def unsaved_slips(
    file: RosterFile, names: Collection[StaffId], edited: dt.datetime | None, path: Path
) -> Unsaved:
    """Return a workbook of personal slips (`build_slips`), to be saved."""
    return Unsaved(writer_of(build_slips(file, names, edited)), path, is_untouched)


def write_room(
    problem: Problem, rooms: Sequence[Room], changes: int, path: Path
) -> Path:
    """Write a workbook of room for guests (`build_room`)."""
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
        no_value = partial(uncalculated, data, workbook)
        return read_workbook(workbook, no_value, partial(formulas_in, data))
