"""Fee deductions that a month would lead to (C-01 to C-07).

Most thresholds and dates are from memory, not from the texts; the rulebook marks which,
and every presentation must say so too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from math import ceil

from scheduler.audit.figures.bands import day_hours, night, nights
from scheduler.audit.figures.calendar_months import (
    MonthPart,
    is_calendar_month,
    month_parts,
)
from scheduler.audit.figures.stretches import runs
from scheduler.audit.rules.a03_day_hours import heads_of_record
from scheduler.audit.rules.a19_kantaki_nurses import minutes_needed, nurse_minutes
from scheduler.audit.staff_list import (
    Listed,
    full_time_nurses,
    month_minutes,
    nurses,
    planners,
)
from scheduler.audit.timeline import timeline_of
from scheduler.audit.users import registrant_days, services, services_floor
from scheduler.domain.base import Frozen
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.office import StaffingReading
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.rulebook import Rule, rules_of

PERCENT = 100


class Outlook(StrEnum):
    """What a line means for the fee, as far as one month shows."""

    NONE = "none"
    BELOW = "below_threshold"
    """The standard is broken, but not enough for a deduction."""
    NOTICE = "notice"
    """A guideline is missed; no deduction depends on it."""
    NEXT_MONTH = "next_month"
    """Deducted from the next month (翌月) until it is mended."""
    MONTH_AFTER_NEXT = "month_after_next"
    """Deducted from the month after next (翌々月), unless mended by the end of the
    next."""
    AT_RISK = "at_risk"
    """Deducted; the source for the starting month was not available."""

    @property
    def is_deducted(self) -> bool:
        """Whether the fee is cut."""
        return self in (self.NEXT_MONTH, self.MONTH_AFTER_NEXT, self.AT_RISK)

    @property
    def is_broken(self) -> bool:
        """Whether the standard is broken, deducted or not."""
        return self is self.BELOW or self.is_deducted


class Deduction(Frozen):
    """One line of the deduction page: required and planned figures, and the outlook."""

    rule: str
    facet: str
    required: int
    """Least (most if ``at_most``) allowed, in the unit of the rule's facet."""
    actual: int
    at_most: bool
    outlook: Outlook
    to_be_confirmed: bool
    """Whether to be confirmed with the municipality (指定権者に要確認)."""
    dates: tuple[dt.date, ...] = ()
    part: MonthPart | None = None
    """The dates of one calendar month that the figure is of; ``None``: of no dates."""

    def counts_from(self, last: dt.date) -> dt.date | None:
        """Return the first date of the first month that is cut, if the sources say it.

        Parameters
        ----------
        last
            Last date of the period, for a figure of no dates.
        """
        later = MONTHS_LATER.get(self.outlook)
        until = self.part.dates[-1] if self.part else last
        return None if later is None else month_after(until, later)


def care_shortage(required: int, assigned: int, rule: Rule) -> Outlook:
    """Return the outlook for a month's care hours (C-02).

    Parameters
    ----------
    required, assigned
        Minutes, or any other common unit.
    rule
        The record of C-02.
    """
    short = required - assigned
    if short <= 0:
        return Outlook.NONE
    if short * PERCENT > required * rule.int("at_once_above_percent"):
        return Outlook.NEXT_MONTH
    return Outlook.MONTH_AFTER_NEXT


def night_shortage(
    short: Iterable[dt.date], first: dt.date, rule: Rule
) -> Iterator[tuple[str, int, Outlook]]:
    """Yield the facets of C-03, each with a count of short nights and the outlook.

    Parameters
    ----------
    short
        Dates on which a short night begins, including those before the period.
    first
        First date of the month: nights before it count in a row with later ones alone.
    rule
        The record of C-03.
    """
    dates = set(short)
    row = max((len(run) for run in runs(dates) if run[-1] >= first), default=0)
    number = sum(date >= first for date in dates)
    for facet, count in (("in_a_row", row), ("in_month", number)):
        outlook = Outlook.BELOW if count else Outlook.NONE
        deducted = count >= rule.int(facet)
        yield facet, count, Outlook.NEXT_MONTH if deducted else outlook


def deductions(problem: Problem, roster: Roster) -> tuple[Deduction, ...]:
    """Return every line of the deduction page, in the order of the rulebook.

    What is judged by the calendar month has a line for each month that the period
    touches, by its dates in the period alone (B-02).
    """
    parts = month_parts(problem.period)
    return (
        _registrants(problem),
        *(line for part in parts for line in _care(problem, roster, part)),
        *(line for part in parts for line in _nights(problem, roster, part)),
        *(line for part in parts for line in _people(problem, part)),
        *(line for part in parts for line in _nurse_hours(problem, roster, part)),
        *(line for part in parts for line in _use(problem, part)),
    )


def _registrants(problem: Problem) -> Deduction:
    office = problem.office
    over = office.registered > office.capacity.registered
    return _line(
        rules_of(problem)["C-01"],
        "registered",
        office.capacity.registered,
        office.registered,
        Outlook.AT_RISK if over else Outlook.NONE,
        at_most=True,
    )


def _care(problem: Problem, roster: Roster, part: MonthPart) -> list[Deduction]:
    """Return the lines of C-02.

    The hours required are those for the average users of the record, whatever the
    office asks of itself for those expected (A-05); it is told where that is missed.
    """
    rulebook, settings = rules_of(problem), problem.office.settings
    rule, visit_fte = rulebook["C-02"], rulebook["A-03"].int("visit_fte")
    is_daily = settings.staffing_reading is StaffingReading.DAILY
    days = [day for day in day_hours(problem, roster) if day.date in part.dates]
    whole = month_minutes(problem, len(days))
    full_timer = settings.full_time_day * len(days) if is_daily else whole
    planned, users = sum(day.planned for day in days), heads_of_record(problem)
    lines = []
    for facet, visits in (("hours", visit_fte), ("hours_day_use", 0)):
        required = (users + visits) * full_timer
        less = (visit_fte - visits) * settings.full_time_day
        short = tuple(day.date for day in days if is_daily and day.margin < -less)
        outlook = care_shortage(required, planned, rule)
        if outlook is Outlook.NONE and short:
            outlook = Outlook.BELOW
        lines.append(
            _line(rule, facet, required, planned, outlook, dates=short, part=part)
        )
    return lines


def _nights(problem: Problem, roster: Roster, part: MonthPart) -> list[Deduction]:
    rule = rules_of(problem)["C-03"]
    first = part.dates[0]
    eve = first - ONE_DAY
    known = [one for one in nights(problem, roster) if one.date in part.dates]
    if eve in problem.period or eve in problem.history.dates:
        known.insert(0, night(problem, roster, eve))
    short = tuple(one.date for one in known if one.is_short)
    own = tuple(date for date in short if date >= first)
    return [
        _line(
            rule,
            facet,
            rule.int(facet) - 1,  # the most short nights without a deduction
            actual,
            outlook,
            at_most=True,
            # Those of last month count in a row alone.
            dates=short if facet == "in_a_row" and actual else own,
            part=part,
        )
        for facet, actual, outlook in night_shortage(short, first, rule)
    ]


def _people(problem: Problem, part: MonthPart) -> Iterator[Deduction]:
    """Yield the lines of C-04 on the staff list; a kantaki has one more (A-19)."""
    rulebook = rules_of(problem)
    least, nursing = rulebook["A-11"].int("planners_min"), rulebook["A-19"]
    yield _listed(problem, "planner", least, planners(problem), part)
    least = rulebook["A-10"].int("nurses_min")
    yield _listed(problem, "nurse", least, nurses(problem), part)
    least = nursing.int("full_time_nurses_min")
    if nursing.is_for(problem.office.kind) and least:
        listed = full_time_nurses(problem)
        yield _listed(problem, "full_time_nurse", least, listed, part)


def _listed(
    problem: Problem, facet: str, least: int, listed: Listed, part: MonthPart
) -> Deduction:
    """Return a line of C-04: no cut where enough are there at the end of the period."""
    own = listed.of(part.dates)
    line = _at_least(problem, facet, least, own.fewest, part)
    dates = own.below(least)
    if dates and listed.at_the_end >= least:
        return line.model_copy(update={"outlook": Outlook.BELOW, "dates": dates})
    return line.model_copy(update={"dates": dates})


def _nurse_hours(
    problem: Problem, roster: Roster, part: MonthPart
) -> Iterator[Deduction]:
    """Yield the line of the hours of a kantaki's nurses (A-19)."""
    if rules_of(problem)["A-19"].is_for(problem.office.kind):
        counted = nurse_minutes(timeline_of(problem, roster), problem, part.dates)
        least, minutes = minutes_needed(problem, len(part.dates)), sum(counted.values())
        yield _at_least(problem, "nurse_hours", least, minutes, part)


def _at_least(
    problem: Problem,
    facet: str,
    least: int,
    actual: int,
    part: MonthPart,
) -> Deduction:
    """Return a line of C-04."""
    outlook = Outlook.NONE if actual >= least else Outlook.MONTH_AFTER_NEXT
    return _line(rules_of(problem)["C-04"], facet, least, actual, outlook, part=part)


def _use(problem: Problem, part: MonthPart) -> list[Deduction]:
    rulebook = rules_of(problem)
    few, little = rulebook["C-06"], rulebook["C-07"]
    expected, days = services(problem, part.dates), len(part.dates)
    floor = services_floor(registrant_days(problem, part.dates), few.int("per_week"))
    line = problem.office.capacity.registered // little.int("capacity_divisor")
    return [
        _line(
            few,
            "services",
            ceil(floor),
            expected.total,
            Outlook.AT_RISK if expected.total < floor else Outlook.NONE,
            part=part,
        ),
        _line(
            little,
            "day_users",
            line,
            expected.day_use // days,
            Outlook.NOTICE if expected.day_use < line * days else Outlook.NONE,
            part=part,
        ),
    ]


def _line(
    rule: Rule,
    facet: str,
    required: int,
    actual: int,
    outlook: Outlook,
    *,
    at_most: bool = False,
    dates: tuple[dt.date, ...] = (),
    part: MonthPart | None = None,
) -> Deduction:
    return Deduction(
        rule=rule.id,
        facet=facet,
        required=required,
        actual=actual,
        at_most=at_most,
        outlook=outlook,
        to_be_confirmed=rule.is_to_be_confirmed(facet),
        dates=dates,
        part=part,
    )


MONTHS_LATER = {Outlook.NEXT_MONTH: 1, Outlook.MONTH_AFTER_NEXT: 2}
"""Months from the one that a figure is of to the first one with a deduction."""


class Cost(Frozen):
    """The loss a month, from the first deducted one until mended, for at least one."""

    rules: tuple[str, ...]
    """The rules that cause the deductions."""
    percent: int
    """Percentage of the base fee of all registrants."""
    yen: int | None
    """Upper bound for a month; ``None`` if the office's revenue is not given."""
    first_month: dt.date | None
    """First date of the first deducted month, the earliest of several rules; ``None``
    if no rule states it."""
    mend_by: dt.date | None
    """Last date on which mending averts all deductions; ``None`` if there is none."""
    of_one_month: bool
    """Whether the period is one whole calendar month."""
    to_be_confirmed: bool
    """Whether one of the rules is to be confirmed with the municipality."""
    titles: tuple[str, ...] = ()
    """Titles of the rules, message ids."""


def deduction_cost(problem: Problem, lines: Iterable[Deduction]) -> Cost | None:
    """Return what the deductions among ``lines`` cost; ``None`` if there is none.

    Parameters
    ----------
    problem
        The month; what is of no dates counts from the end of its period.
    """
    deducted = [line for line in lines if line.outlook.is_deducted]
    if not deducted:
        return None
    percent = PERCENT - rules_of(problem)["C-01"].int("paid_percent")
    revenue = problem.office.monthly_revenue
    outlooks = {line.outlook for line in deducted}
    starts = [line.counts_from(problem.period.last) for line in deducted]
    first = min((one for one in starts if one), default=None)
    averted = outlooks == {Outlook.MONTH_AFTER_NEXT}
    rules = tuple(dict.fromkeys(line.rule for line in deducted))
    return Cost(
        rules=rules,
        titles=tuple(rules_of(problem)[rule].title for rule in rules),
        percent=percent,
        yen=None if revenue is None else -(-revenue * percent // PERCENT),
        first_month=first,
        mend_by=first - ONE_DAY if first and averted else None,
        of_one_month=is_calendar_month(problem.period),
        to_be_confirmed=any(line.to_be_confirmed for line in deducted),
    )


def month_after(date: dt.date, months: int) -> dt.date:
    """Return the first date of the month ``months`` months after that of ``date``."""
    year, month = divmod(12 * date.year + date.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)
