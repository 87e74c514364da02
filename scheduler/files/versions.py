"""Versions of a roster: the next one saved, those before read back.

The file of each version lies beside the roster's, under a name with its number, from
the moment when it was replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.errors import InputError, OutputError
from scheduler.domain.record import AuditedMonth, RosterFile, RosterRecord
from scheduler.domain.revision import FIRST, Revision, changes
from scheduler.domain.scenario import Scenario
from scheduler.files.leftovers import STEP
from scheduler.files.rosters import path_of_version, read_roster, replace_roster
from scheduler.files.saving import put_back

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from scheduler.domain.finding import Finding
    from scheduler.domain.forecast import ForecastDay
    from scheduler.domain.problem import Problem


class NextVersion(NamedTuple):
    """A roster that is to be the next version of the one in a file.

    Attributes
    ----------
    path, standing
        The roster's file, and what was read from it.
    problem, roster
        The month and the roster as the new version has them.
    findings
        Of its audit.
    why
        What made it, in the user's words; empty if its cells were edited.
    whole
        The month of all houses, where this is one of several (`write_roster`).
    """

    path: Path
    standing: RosterFile
    problem: Problem
    roster: RosterRecord
    findings: Sequence[Finding]
    why: str = ""
    whole: AuditedMonth | None = None


def save_versions(versions: Sequence[NextVersion], when: dt.datetime) -> list[Path]:
    """Save the next versions of rosters, and return where those before are kept.

    All of them are saved, or none.

    Raises
    ------
    OutputError
        If a file cannot be replaced; nothing is changed then.
    """
    kept: list[Path] = []
    with STEP:
        try:
            for one in versions:
                kept.append(_saved(one, when))
        except OutputError:
            for one, old in reversed(list(zip(versions, kept, strict=False))):
                put_back(one.path, old)
            raise
    return kept


def _saved(version: NextVersion, when: dt.datetime) -> Path:
    path, standing, problem, roster, findings, why, whole = version
    number = standing.plan.version
    revision = Revision(
        version=number + 1,
        accepted_at=when,
        scenario=Scenario(
            now=problem.period.first, days=_days_changed(standing.problem, problem)
        ),
        why=why,
        changes=tuple(changes(problem, standing.plan, roster)),
        asked=(),
    )
    record = roster.model_copy(
        update={"revisions": (*standing.plan.revisions, revision), "proposal": None}
    )
    kept, _carried = replace_roster(
        path,
        problem,
        record,
        findings,
        path_of_version(path, number),
        edited=((path, standing, ()),),
        whole=whole,
    )
    return kept


def _days_changed(before: Problem, after: Problem) -> tuple[ForecastDay, ...]:
    """Return the dates on which other users are expected than before."""
    known = before.forecast_by_date
    return tuple(day for day in after.forecast.days if known.get(day.date) != day)


def read_version(path: Path, standing: RosterFile, number: int) -> RosterFile:
    """Return a version of a roster, the one in force included.

    Parameters
    ----------
    path, standing
        The roster's file, and what was read from it.

    Raises
    ------
    KeyError
        If there is no such version.
    """
    if not FIRST <= number <= standing.plan.version:
        raise KeyError(number)
    if number == standing.plan.version:
        return standing
    try:
        file = read_roster(path_of_version(path, number))
    except (InputError, OSError):
        file = None
    if file is not None and _is_before(file, standing, number):
        return file
    # Its file is gone: the revisions tell its cells, though not its breaks.
    roster = RosterRecord.of(standing.plan.at_version(number))
    return RosterFile(problem=standing.problem, roster=roster, plan=roster)


def _is_before(file: RosterFile, standing: RosterFile, number: int) -> bool:
    """Whether a file is that version of the roster, and not another month's."""
    return (
        file.problem.period == standing.problem.period
        and file.plan.version == number
        and file.plan.revisions == standing.plan.revisions[: number - FIRST]
    )
