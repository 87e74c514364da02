"""What is known of how a month was worked, as a file beside the roster (実績)."""

from __future__ import annotations

from pathlib import Path

from scheduler.audit.changes.as_worked import as_worked
from scheduler.domain.actual import Actual, AsWorked
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile
from scheduler.files.problems import json_bytes
from scheduler.files.rosters import read_roster
from scheduler.files.saving import overwrite
from scheduler.files.validation import JSON, read_json, refused

SUFFIX = "-実績"
"""What the name of the file has behind that of the roster."""


def actual_path(roster: Path) -> Path:
    """Return the file of what is known of how a roster's month was worked."""
    return roster.with_name(f"{roster.stem}{SUFFIX}{JSON}")


def read_actual(roster: Path, problem: Problem) -> Actual | None:
    """Return what is known of how a month was worked; ``None`` if there is no file.

    Raises
    ------
    InputError
        If the file is none of these, or of another office or period.
    """
    path = actual_path(roster)
    if not path.exists():
        return None
    actual, period = read_json(path, Actual), problem.period
    here = (problem.office.name, period.first, period.last)
    if (actual.office, actual.first, actual.last) != here:
        raise refused("actual_of_another", path=path.name, roster=roster.name)
    return actual


def write_actual(actual: Actual, roster: Path) -> Path:
    """Write what is known of a month in place of its file; return where it is."""
    return overwrite(json_bytes(actual), actual_path(roster))


def roster_as_worked(path: Path, file: RosterFile | None = None) -> AsWorked:
    """Return a roster as it was worked: plan, changes, hand edits, accepted stamps.

    Parameters
    ----------
    path
        The roster's file.  What is known of the month stands beside it, or nothing
        does, and the roster counts as its cells are.
    file
        What was read from it, if it was read already.

    Raises
    ------
    InputError
        If a file cannot be read.
    """
    file = file or read_roster(path)
    return as_worked(file, read_actual(path, file.problem))
