"""F-05: breaks as long as the law requires.

Breach: 8 hours and 1 minute of work with 45 minutes of break. Correct: 60 minutes.

The shift table sets the lengths: a shift whose breaks are too short is excluded, and
the model only chooses among the breaks that a shift offers. Likewise nights on call
are excluded if they are work and the office's break for them is too short.

Source: Labour Standards Act art. 34.
"""

from __future__ import annotations

import datetime as dt

from scheduler.constraints.language import CellFilter, Start
from scheduler.constraints.language.options import breaks_beside, gap, hull
from scheduler.domain.clock import total_minutes
from scheduler.domain.office import Office
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def excludes_shift(cells: CellFilter, rule: Rule, start: Start) -> bool:
    """Tell whether one of the shift's break options is too short.

    Events after or before the shift are work; the time between is as free as a break.
    """
    shift, events = start.shift, start.option.events
    key = rule.id, shift.symbol, events
    if key not in cells.known:
        cells.known[key] = _rests_too_short(cells.problem, rule, shift, events)
    return cells.known[key]


def _rests_too_short(
    problem: Problem, rule: Rule, shift: Shift, events: tuple[str, ...]
) -> bool:
    whole, free = hull(problem, shift, events).minutes, gap(problem, shift, events)
    return any(
        _too_short(whole, total_minutes(breaks) + free, rule)
        for breaks in breaks_beside(problem, shift, events)
    )


def excludes_on_call(
    cells: CellFilter, rule: Rule, member: StaffMember, date: dt.date
) -> bool:
    """Tell whether nights on call are work with a break that is too short."""
    office = cells.problem.office
    if not office.settings.standby.is_work:
        return False
    whole = office.on_call_band.minutes
    return _too_short(whole, whole - standby_minutes(office, rule), rule)


def standby_minutes(office: Office, rule: Rule) -> int:
    """Return the minutes of a night on call less its break: the office's or shortest.

    Parameters
    ----------
    rule
        The record of F-05.
    """
    whole, rest = office.on_call_band.minutes, office.settings.standby.break_minutes
    if rest is None:
        rest = next(n for n in range(whole) if not _too_short(whole, n, rule))
    return whole - rest


def _too_short(whole: int, resting: int, rule: Rule) -> bool:
    worked = whole - resting
    return any(
        worked > above and resting < least for above, least in rule.table("break_table")
    )
