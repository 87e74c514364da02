"""The leader of the day on the wall sheet: who it is of a cover rule's group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from scheduler.domain.shifts import ShiftKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import CoverRule
    from scheduler.domain.staff import StaffMember

MOST = 24
"""Most people looked at: a formula holds some sixty conditions, one in the other."""


def leader_rules(problem: Problem) -> tuple[CoverRule, ...]:
    """Return the cover rules that ask for one of a group on a date, at any hour."""
    return tuple(
        rule
        for rule in problem.cover_rules
        if rule.group
        and rule.at_least == 1
        and not any((rule.shift, rule.band, rule.is_on_top))
    )


def candidates(problem: Problem, rule: CoverRule) -> tuple[StaffMember, ...]:
    """Return those of the staff list whom a rule counts, in its order."""
    return tuple(
        member
        for member in problem.staff
        if rule.group in member.groups
        and rule.role in (None, *member.roles)
        and rule.qualification in (None, *member.qualifications)
    )[:MOST]


def shifts_in_turn(problem: Problem) -> Iterator[frozenset[str]]:
    """Yield the symbols of shifts in which somebody leads: by day, else at night."""
    for at_night in (False, True):
        yield frozenset(
            shift.symbol
            for shift in problem.shifts
            if shift.counts and (shift.kind is ShiftKind.NIGHT) == at_night
        )


def leader_on(
    problem: Problem, rule: CoverRule, date: dt.date, posted: Mapping[StaffId, str]
) -> str:
    """Return who leads on a date; empty if nobody does.

    Parameters
    ----------
    posted
        What stands on the wall on the date, by person.
    """
    people = candidates(problem, rule) if rule.applies_on(date) else ()
    for symbols in shifts_in_turn(problem):
        for member in people:
            if posted.get(member.name) in symbols:
                return member.name
    return ""


def leader_formula(
    problem: Problem,
    rule: CoverRule,
    date: dt.date,
    column: int,
    rows: Mapping[StaffId, int],
    names: Mapping[StaffId, str],
) -> str:
    """Return the same as a formula on the wall's own cells.

    Parameters
    ----------
    rows, names
        Row of each person on the wall, and the name that is written.
    """
    text, letter = '""', get_column_letter(column)
    people = candidates(problem, rule) if rule.applies_on(date) else ()
    for symbols in reversed(tuple(shifts_in_turn(problem))):
        for member in reversed(people):
            cell = f"{letter}{rows[member.name]}"
            name = names[member.name].replace('"', '""')
            text = f'IF({_is_any(cell, symbols)},"{name}",{text})' if symbols else text
    return text


def _is_any(cell: str, symbols: Collection[str]) -> str:
    listed = ",".join('"' + one.replace('"', '""') + '"' for one in sorted(symbols))
    return f"SUMPRODUCT(--EXACT({cell},{{{listed}}}))>0"
