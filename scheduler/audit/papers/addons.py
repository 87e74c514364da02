"""Add-on payments that depend on staffing, judged by one month's roster (E-01 to E-04).

The conditions checked are necessary, not sufficient: training plans, meetings, years of
service, users' conditions and last year's averages are not in a roster.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from scheduler.audit.figures.calendar_months import MonthPart, staffing
from scheduler.audit.figures.fte import WorkType, full_time_equivalents, nurse_tenths
from scheduler.audit.staff_list import is_full_time, there
from scheduler.audit.users import services
from scheduler.domain.base import Frozen
from scheduler.domain.problem import Problem
from scheduler.domain.qualifications import ASSISTANT_NURSE, REGISTERED_NURSE
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Role
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule, rules_of

PERCENT = 100


class Averaged(StrEnum):
    """Months of which a share of staff is the average (E-01)."""

    LAST_YEAR = "last_year"
    """Last year's, April to February."""
    THREE_MONTHS = "three_months"
    """The three before, of a new office; to be confirmed."""


class AddOn(Frozen):
    """One condition of an add-on; all amounts in the unit of the rule's facet."""

    rule: str
    facet: str
    required: int
    actual: int
    units: int
    """Fee units of the add-on, for each month and registrant."""
    to_be_confirmed: bool
    averaged: Averaged | None = None
    """What it is an average of, instead of this month's figure."""
    is_unfinished: bool = False
    """Whether it adds up over a month of which other dates are still to come, or stand
    in another roster."""

    @property
    def met(self) -> bool:
        """Whether the month meets this condition."""
        return self.actual >= self.required


def addons(
    problem: Problem, roster: Roster, part: MonthPart | None = None
) -> tuple[AddOn, ...]:
    """Return each condition that a month's roster decides, in the rulebook's order.

    Add-ons that the kind of office does not have are left out.

    Parameters
    ----------
    part
        The dates of one calendar month, by which add-ons are judged (B-02); ``None``:
        all dates.
    """
    rulebook = rules_of(problem)
    dates = part.dates if part else problem.period.dates
    fte = full_time_equivalents(problem, roster, dates)
    shares = staffing(problem, fte)
    certified = shares.certified * PERCENT // max(1, shares.care)
    pool = [job for job in fte.jobs if job.role.in_care_pool]
    full_time = [job for job in pool if job.work_type in (WorkType.A, WorkType.B)]
    nurse_hours, nurse_form = nurse_tenths(fte)
    actual = {
        "E-01": {
            "certified_1": certified,
            "certified_2": certified,
            "certified_3": certified,
            "full_time_3": shares.full_time * PERCENT // max(1, shares.pool),
        },
        "E-02": {
            "visits": services(problem, dates).visits_of_add_on,
            "full_timers": len({job.staff for job in full_time if job.worked}),
        },
        "E-03": {
            "registered_nurse": _dedicated(problem, REGISTERED_NURSE, dates),
            "assistant_nurse": _dedicated(problem, ASSISTANT_NURSE, dates),
            "nurse_fte": nurse_hours,
            "nurse_fte_form": nurse_form,
        },
    }
    lines = (
        _averaged(problem, _condition(rulebook[rule], facet, amount))
        for rule, facets in actual.items()
        if rulebook[rule].is_for(rulebook.kind)
        for facet, amount in facets.items()
    )
    if part is None or part.is_whole:
        return tuple(lines)
    return tuple(
        line.model_copy(update={"is_unfinished": line.facet == "visits"})
        for line in lines
    )


def _averaged(problem: Problem, line: AddOn) -> AddOn:
    """Return a condition of E-01 by the average that counts, if the office has it."""
    last = problem.office.last_year
    is_of_all = line.facet == "full_time_3"
    share = last.full_time_percent if is_of_all else last.certified_percent
    if line.rule != "E-01" or share is None:
        return line
    of = Averaged.THREE_MONTHS if last.three_months else Averaged.LAST_YEAR
    return line.model_copy(update={"actual": share, "averaged": of})


def _dedicated(problem: Problem, licence: str, dates: Iterable[dt.date]) -> int:
    """Return how many full-timers with a licence only nurse, there on all dates."""
    found = there(
        problem, lambda m: licence in m.qualifications and _is_dedicated_nurse(m)
    )
    return found.of(dates).fewest


def _is_dedicated_nurse(member: StaffMember) -> bool:
    # Care is part of a nurse's job; planning or managing is another job (E-03).
    jobs = {Role.CARE, Role.NURSE}
    nurse = Role.NURSE in member.roles and set(member.roles) <= jobs
    return nurse and not member.works_elsewhere and is_full_time(member)


def _condition(rule: Rule, facet: str, actual: int) -> AddOn:
    return AddOn(
        rule=rule.id,
        facet=facet,
        required=rule.int(facet),
        actual=actual,
        units=rule.values["units"][facet],
        to_be_confirmed=rule.is_to_be_confirmed(facet),
    )
