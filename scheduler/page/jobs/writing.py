"""Writing a roster that was made: new files, or the next versions of those there."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from scheduler.audit import audit
from scheduler.audit.houses import houses_of
from scheduler.domain.errors import InputError, OutputError
from scheduler.domain.joint import JointProblem
from scheduler.domain.record import AuditedMonth
from scheduler.files.rescue import kept
from scheduler.files.rosters import (
    NextVersion,
    read_roster,
    save_versions,
    write_roster,
)
from scheduler.files.saving import free_name, held
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterFile, RosterRecord


def write_made(
    problem: Problem, roster: RosterRecord, targets: Sequence[Path], why: str = ""
) -> tuple[Path, ...]:
    """Write a roster that was made: a new file, or the next version of the one there.

    Of houses that are planned together each gets its own; next versions are written
    in all of them or in none.

    Parameters
    ----------
    targets
        Where it goes; for each house, the main office's first.
    why
        What made the version; that the month was made anew if not given.

    Raises
    ------
    OutputError
        If it can be written nowhere.
    """
    if not isinstance(problem, JointProblem):
        month = AuditedMonth(problem, roster, audit(problem, roster))
        return (_written(month, targets[0], why),)
    made = roster.in_files(path.name for path in targets)
    parts = tuple(houses_of(problem, made))
    whole = AuditedMonth(problem, made, audit(problem, made))
    try:
        saved = _saved_next(parts, targets, why, whole)
    except OutputError:
        # Not the one without the others: all go beside those that are there.
        return tuple(
            kept(partial(_written_new, part, whole=whole), free_name(target)).path
            for part, target in zip(parts, targets, strict=True)
        )
    if saved:
        return tuple(targets)
    return tuple(
        _written(part, target, why, whole)
        for part, target in zip(parts, targets, strict=True)
    )


def _saved_next(
    parts: Sequence[AuditedMonth],
    targets: Sequence[Path],
    why: str,
    whole: AuditedMonth,
) -> bool:
    """Save the next versions of all rosters; not if one of them is not there yet."""
    with ExitStack() as stack:
        there = []
        for part, target in zip(parts, targets, strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(held(target))
            there.append(_standing(target, part.problem))
        versions = [
            NextVersion(target, standing, *part, why or _("made anew"), whole)
            for part, target, standing in zip(parts, targets, there, strict=True)
            if standing is not None
        ]
        if len(versions) < len(parts):
            return False
        save_versions(versions, _now())
        return True


def _written(
    part: AuditedMonth, target: Path, why: str, whole: AuditedMonth | None = None
) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)

    def write(path: Path) -> Path:
        with held(path):
            standing = _standing(path, part.problem)
            if standing is None:
                return _written_new(part, path, whole)
            version = NextVersion(path, standing, *part, why or _("made anew"), whole)
            save_versions([version], _now())
            return path

    return kept(write, target).path


def _written_new(
    part: AuditedMonth, path: Path, whole: AuditedMonth | None = None
) -> Path:
    return write_roster(path, *part, whole=whole)


def _now() -> dt.datetime:
    return dt.datetime.now().replace(microsecond=0)


def _standing(path: Path, problem: Problem) -> RosterFile | None:
    """Return the roster that a file has of the same month and office, if it has one."""
    if not path.exists():
        return None
    try:
        found = read_roster(path)
    except InputError:
        return None
    same = found.problem.period == problem.period
    return found if same and found.problem.office.name == problem.office.name else None
