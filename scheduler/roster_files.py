"""Finished rosters as files: workbooks, and JSON with everything in one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from scheduler import consistency
from scheduler.domain.base import Frozen
from scheduler.domain.errors import InputError
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.files import WORKBOOK, load_json, write_json
from scheduler.reports.summary import Summary, summarise
from scheduler.validation import mistakes_of
from scheduler.workbook.roster_file import RosterFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class RosterDocument(Frozen):
    """A roster with the problem it answers, its audit and its summary."""

    problem: Problem
    roster: Roster
    findings: tuple[Finding, ...]
    summary: Summary


class _Stored(BaseModel):
    """What is read of a document: the rest follows from it and may be stale."""

    problem: Problem
    roster: Roster


def write_roster(
    path: Path, problem: Problem, roster: Roster, findings: Sequence[Finding]
) -> Path:
    """Write a roster as a workbook or as JSON, by the suffix of ``path``.

    Returns
    -------
    Path
        Where it was written: a second name if ``path`` is a workbook that was edited
        by hand or is open.

    Raises
    ------
    OutputError
        If the file cannot be written there.
    """
    if path.suffix.lower() == WORKBOOK:
        from scheduler.workbook.roster import write_roster as write_workbook

        return write_workbook(problem, roster, findings, path)
    document = RosterDocument(
        problem=problem,
        roster=roster,
        findings=tuple(findings),
        summary=summarise(problem, roster, findings),
    )
    write_json(document, path)
    return path


def read_roster(path: Path) -> RosterFile:
    """Read a finished roster back, hand edits included.

    Raises
    ------
    InputError
        With every mistake found: by sheet and cell, or by path in the JSON.
    """
    if path.suffix.lower() == WORKBOOK:
        from scheduler.workbook.roster import read_roster as read_workbook

        return read_workbook(path)
    try:
        stored = _Stored.model_validate_json(load_json(path))
    except ValidationError as error:
        raise InputError(tuple(mistakes_of(error))) from error
    found = (
        *consistency.mistakes(stored.problem),
        *consistency.roster_mistakes(stored.problem, stored.roster),
    )
    if found:
        raise InputError(found)
    return RosterFile(problem=stored.problem, roster=stored.roster, plan=stored.roster)
