"""Last month's tail."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.audit.consistency.report import mistake, repeated, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.consistency.report import Loc
    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Duty

TAIL_DAYS = 7
"""Dates a tail should reach back: a whole week, whatever its first day."""

LONGEST_TAIL = 31
"""Dates a tail may reach back."""


def mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find strangers, dates not before the period, and duties that cannot be."""
    history, first = problem.history, problem.period.first
    for part in ("duties", "on_call", "days_off_before"):
        for i, entry in enumerate(getattr(history, part)):
            loc = ("history", part, i, "staff")
            yield from unknown(
                "unknown_person", entry.staff, problem.member_by_name, loc
            )
            if part != "days_off_before" and entry.date >= first:
                loc = ("history", part, i, "date")
                yield mistake("tail_in_period", loc, date=entry.date, first=first)
            if part != "days_off_before" and (first - entry.date).days > LONGEST_TAIL:
                loc = ("history", part, i, "date")
                yield mistake("tail_far", loc, date=entry.date, limit=LONGEST_TAIL)
    for part in ("duties", "on_call"):
        cells = [
            (("history", part, i), entry.date if part == "on_call" else _cell(entry))
            for i, entry in enumerate(getattr(history, part))
        ]
        yield from repeated(f"duplicate_{part}", cells)
    for i, duty in enumerate(history.duties):
        yield from of_duty(("history", "duties", i), duty, problem)
    missing = [date for date in _to_the_eve(problem) if date not in history.dates]
    if missing:
        dates = "、".join(f"{date.month}/{date.day}" for date in missing)
        yield mistake("tail_dates_missing", ("history", "duties"), dates=dates)


def warnings(problem: Problem) -> Iterator[Mistake]:
    """Find a tail that is short, and people of whom a date is missing."""
    known = {_cell(duty) for duty in problem.history.duties}
    dates = problem.history.dates
    if not dates or dates[0] > problem.period.first - dt.timedelta(days=TAIL_DAYS):
        yield mistake("tail_short", ("history", "duties"), wanted=TAIL_DAYS)
    for member in problem.staff:
        missing = [
            f"{date.month}/{date.day}"
            for date in dates
            if date in member.employed and (member.name, date) not in known
        ]
        if missing:
            loc = ("history", "duties")
            told = "、".join(missing)
            yield mistake("tail_gap", loc, name=member.name, dates=told)


def _to_the_eve(problem: Problem) -> list[dt.date]:
    """Return every date from the first that the tail knows to the eve of the period.

    Without the eve, a night that ends in the period would be nobody's.
    """
    dates = problem.history.dates
    days = (problem.period.first - dates[0]).days if dates else 0
    return [dates[0] + dt.timedelta(days=n) for n in range(min(days, LONGEST_TAIL))]


def _cell(duty: Duty) -> tuple[str, dt.date]:
    return duty.staff, duty.date


def of_duty(
    loc: Loc, duty: Duty, problem: Problem, *, roles_open: bool = False
) -> Iterator[Mistake]:
    """Find what makes one duty impossible by the shift table.

    With ``roles_open`` it may name no roles at all.
    """
    if (duty.shift is None) == (duty.off is None):
        yield mistake("duty_unclear", loc)
        return
    if duty.shift is None:
        return
    shifts = problem.shift_by_symbol
    yield from unknown("unknown_shift", duty.shift, shifts, (*loc, "shift"))
    shift = shifts.get(duty.shift)
    if shift is None:
        return
    named = bool(duty.roles) or not roles_open
    if named and len(duty.roles) != len(shift.segments):
        segments = len(shift.segments)
        yield mistake("duty_roles", (*loc, "roles"), segments=segments)
    if not all(shift.interval.covers(pause) for pause in duty.breaks):
        yield mistake("duty_breaks", (*loc, "breaks"))
