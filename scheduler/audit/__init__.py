"""The rules once more, as checks of a finished roster: one file a rule.

Knows no solver.  Everything is recomputed from the clock times of one roster; what is
shared with the model is the domain's types and the rule's record, nothing derived.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.audit.findings import without_agreed
from scheduler.audit.rules import (
    a03_day_hours,
    a04_presence,
    a06_night,
    a07_contact,
    a09_full_timer,
    a10_nurse,
    a11_planner,
    a13_manager,
    a15_counted_once,
    a18_complete,
    c03_short_nights,
    d_capacity,
    f01_day_and_week,
    f02_month_cap,
    f05_breaks,
    f06_statutory_holiday,
    f07_after_night,
    f09_night_work,
    f10_standby,
    f11_rest,
    f13_nights_and_runs,
    g_care_manager_month,
    k01_house_ratio,
    k02_cover_rules,
    l01_availability,
    l02_days_off,
    l03_hours,
    l04_days_per_week,
    l05_nights,
    m01_evenness,
    n01_surplus,
    p01_pairs,
    p02_newcomers,
    p03_days_off_together,
    p04_lone_work_day,
    p05_forward_rotation,
    p06_weekend_off,
    p07_on_call_days_off,
    w01_requests,
    w02_pinned_cells,
)
from scheduler.audit.timeline import Timeline
from scheduler.domain.finding import Stance
from scheduler.rulebook import Rulebook, load
from scheduler.rulebook.levels import level_totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.rulebook import Rule

    Check = Callable[[Timeline, Problem, Rule], Iterator[Finding]]

__all__ = ["CHECKS", "audit", "level_totals"]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("A-03", a03_day_hours.check),
    ("A-04", a04_presence.check),
    ("A-06", a06_night.check),
    ("A-07", a07_contact.check),
    ("A-09", a09_full_timer.check),
    ("A-10", a10_nurse.check),
    ("A-11", a11_planner.check),
    ("A-13", a13_manager.check),
    ("A-15", a15_counted_once.check),
    ("A-18", a18_complete.check),
    ("C-03", c03_short_nights.check),
    ("D", d_capacity.check),
    ("F-01", f01_day_and_week.check),
    ("F-02", f02_month_cap.check),
    ("F-05", f05_breaks.check),
    ("F-06", f06_statutory_holiday.check),
    ("F-07", f07_after_night.check),
    ("F-09", f09_night_work.check),
    ("F-10", f10_standby.check),
    ("F-11", f11_rest.check),
    ("F-13", f13_nights_and_runs.check),
    ("G", g_care_manager_month.check),
    ("K-01", k01_house_ratio.check),
    ("K-02", k02_cover_rules.check),
    ("L-01", l01_availability.check),
    ("L-02", l02_days_off.check),
    ("L-03", l03_hours.check),
    ("L-04", l04_days_per_week.check),
    ("L-05", l05_nights.check),
    ("W-01", w01_requests.check),
    ("W-02", w02_pinned_cells.check),
    ("M-01", m01_evenness.check),
    ("N-01", n01_surplus.check),
    ("P-01", p01_pairs.check),
    ("P-02", p02_newcomers.check),
    ("P-03", p03_days_off_together.check),
    ("P-04", p04_lone_work_day.check),
    ("P-05", p05_forward_rotation.check),
    ("P-06", p06_weekend_off.check),
    ("P-07", p07_on_call_days_off.check),
)
"""Every check with the id of its rule."""

_STANCES = tuple(Stance)


def audit(
    problem: Problem, roster: Roster, rulebook: Rulebook | None = None
) -> tuple[Finding, ...]:
    """Hold a roster against every rule.

    Parameters
    ----------
    problem
        What the roster was made from.
    roster
        Any roster for it, also one that was edited by hand.
    rulebook
        The rules in force; loaded for the period if not given.

    Returns
    -------
    tuple of Finding
        Every breach and warning, the strictest stance first, then by date.  The sum
        of `Finding.amount` over a facet is its amount as docs/design.md defines it,
        less what was agreed on (`Problem.agreements`), which is only reported.

    Raises
    ------
    RulebookError
        If the rulebook cannot serve the period.
    """
    rules = rulebook or load(problem.period)
    timeline = Timeline(problem, roster, rules)
    found = [
        finding
        for rule_id, check in CHECKS
        for finding in check(timeline, problem, rules[rule_id])
    ]
    rest = without_agreed(found, problem.agreements, rules)
    return tuple(sorted(rest, key=_rank))


def _rank(finding: Finding) -> tuple[int, dt.date]:
    """Strictness, then date; what belongs to no date comes before all dates."""
    return _STANCES.index(finding.stance), finding.date or dt.date.min
