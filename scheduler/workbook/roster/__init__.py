"""The roster workbook: written for people, read back from its cells."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from scheduler.domain.errors import InputError
from scheduler.saving import replace, save
from scheduler.workbook.container import open_workbook
from scheduler.workbook.formulas import uncalculated
from scheduler.workbook.roster.content import content_digest
from scheduler.workbook.roster.embedded import CONTENT, extract
from scheduler.workbook.roster.file import Change, RosterFile
from scheduler.workbook.roster.read_back import read_workbook
from scheduler.workbook.roster.room import build_room
from scheduler.workbook.roster.slip_book import build_slips
from scheduler.workbook.roster.write import build_workbook

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.plan import Plan
    from scheduler.domain.problem import Problem
    from scheduler.domain.room import Room
    from scheduler.domain.roster import Roster

__all__ = [
    "Change",
    "RosterFile",
    "is_untouched",
    "read_roster",
    "replace_roster",
    "write_room",
    "write_roster",
    "write_slips",
]


def write_roster(
    problem: Problem,
    roster: Roster,
    findings: Sequence[Finding],
    path: Path,
    *,
    candidates: Sequence[Roster] = (),
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
    return save(workbook.save, path, is_untouched)


def replace_roster(
    problem: Problem,
    roster: Roster,
    findings: Sequence[Finding],
    path: Path,
    kept: Path,
    rooms: Sequence[Room] = (),
) -> Path:
    """Write a roster over the workbook of its version before, which is kept.

    Parameters
    ----------
    path, kept
        The workbook, and the name wanted for the version before.
    rooms
        As in `write_roster`.

    Returns
    -------
    Path
        Where the version before stands now.

    Raises
    ------
    OutputError
        If the workbook cannot be replaced; everything is then as it was.
    """
    workbook = build_workbook(problem, roster, findings, rooms=rooms)
    return replace(workbook.save, path, kept)


def write_slips(
    file: RosterFile, names: Collection[StaffId], edited: dt.datetime | None, path: Path
) -> Path:
    """Write a workbook of personal slips from a roster as it stands.

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

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    return save(build_slips(file, names, edited).save, path, is_untouched)


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
    return save(build_room(problem, rooms, changes).save, path, is_untouched)


def read_roster(path: Path) -> RosterFile:
    """Read a roster back from the cells of its workbook, hand edits included.

    Raises
    ------
    InputError
        With every mistake found, each with sheet and cell.
    """
    with closing(open_workbook(path, streaming=True)) as workbook:
        return read_workbook(workbook, partial(uncalculated, path, workbook))


def is_untouched(path: Path) -> bool:
    """Tell whether a file is a workbook of ours as we wrote it."""
    try:
        with closing(open_workbook(path, streaming=True, formulas=True)) as workbook:
            return extract(workbook).get(CONTENT) == content_digest(workbook)
    except InputError:
        return False
