"""Rosters that a search keeps beside itself: of one house, or whole of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.houses import houses_of
from scheduler.domain.joint import JointProblem
from scheduler.files.rosters import write_roster

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scheduler.domain.finding import Finding
    from scheduler.domain.plan import Plan
    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterRecord


def keep_roster(
    path: Path,
    problem: Problem,
    roster: RosterRecord,
    findings: Sequence[Finding],
) -> None:
    """Keep a roster in a file; `read_month` reads it back.

    Of houses that are planned together each has a file, the main office's the one at
    ``path``, which is written last.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(problem, JointProblem):
        _kept(path, problem, roster, findings)
        return
    places = house_files(path, len(problem.houses))
    made = roster.in_files(place.name for place in places)
    parts = zip(places, houses_of(problem, made), strict=True)
    for place, part in reversed(list(parts)):
        _kept(place, *part)


def keep_plans(path: Path, plans: Sequence[Plan]) -> None:
    """Keep a plan: that of one office, or those of all houses."""
    for place, plan in zip(house_files(path, len(plans)), plans, strict=True):
        write_roster(place, plan.problem, plan.roster, plan.findings)


def house_files(path: Path, houses: int) -> list[Path]:
    """Return where the parts of what is kept at a path are, the main office's first."""
    others = (path.with_stem(f"{path.stem}-of{n}") for n in range(1, houses))
    return [path, *others]


def forget(path: Path) -> None:
    """Take away what was kept at a path."""
    for one in (path, *path.parent.glob(f"{path.stem}-of*{path.suffix}")):
        one.unlink(missing_ok=True)


def _kept(
    path: Path, problem: Problem, roster: RosterRecord, findings: Sequence[Finding]
) -> None:
    draft = path.with_stem(f"{path.stem}-draft")
    write_roster(draft, problem, roster, findings).replace(path)
