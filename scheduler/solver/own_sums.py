"""Refused wishes that the person's own contract forbids, by counting alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from scheduler.domain.joint import JointProblem
from scheduler.domain.precheck import Line, Verdict
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Request, Strength
from scheduler.precheck.cells import Cells
from scheduler.precheck.contracts import contracts


class OwnSum(NamedTuple):
    """A sum of one person's contract that a wish makes impossible."""

    line: Line
    beside: tuple[Request, ...]
    """Other wishes of the person, granted now, without which the sum adds up."""


def own_sum(
    problem: Problem, request: Request, granted: Collection[Request]
) -> OwnSum | None:
    """Return the sum that does not add up once a wish is granted, if there is one.

    Parameters
    ----------
    problem
        The month; only the person's own part of it is counted.
    request
        The refused wish.
    granted
        Wishes that the roster grants.
    """
    if isinstance(problem, JointProblem):
        # What does not add up in one house may in several.
        return None
    known = {line.code for line in _broken(problem, request, ())}
    others = [one for one in granted if one.staff == request.staff and one != request]
    for beside in ([], others) if others else ([],):
        found = _new(problem, request, beside, known)
        if found is not None:
            return OwnSum(found, _needed(problem, request, beside, found))
    return None


def _needed(
    problem: Problem, request: Request, beside: Sequence[Request], line: Line
) -> tuple[Request, ...]:
    """Leave out wishes without which the same sum does not add up either."""
    kept = list(beside)
    for one in beside:
        fewer = [other for other in kept if other != one]
        left = _broken(problem, request, (request, *fewer))
        if any(found.code == line.code for found in left):
            kept = fewer
    return tuple(kept)


def _new(
    problem: Problem,
    request: Request,
    beside: Sequence[Request],
    known: Collection[str],
) -> Line | None:
    """Return a broken sum that is not broken without the wishes."""
    broken = _broken(problem, request, (request, *beside))
    return next((line for line in broken if line.code not in known), None)


def _broken(
    problem: Problem, request: Request, granted: Collection[Request]
) -> list[Line]:
    """Return the broken sums of the person's contract with some wishes granted."""
    alone = problem.model_copy(
        update={
            "staff": tuple(m for m in problem.staff if m.name == request.staff),
            "requests": tuple(
                one.model_copy(update={"strength": Strength.MUST})
                if one in granted
                else one
                for one in problem.requests
                if one.staff == request.staff
            ),
        }
    )
    lines = contracts(Cells(alone))
    return [line for line in lines if line.verdict is Verdict.IMPOSSIBLE]
