"""Fair groups: who shares a burden with whom, and each person's fair share (M-01).

Computed from the input alone, without a roster.  Model and audit each count a roster's
burdens by themselves and compare them with these weights.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.clock import ONE_DAY, WEEK
from scheduler.domain.ledger import Burden, BurdenKind
from scheduler.domain.office import Hold
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule, Want
from scheduler.domain.shifts import LEAVE, Shift, ShiftKind
from scheduler.domain.staff import StaffMember

WHOLE = 1000
"""Sum of a group's weights; shares and deviations are in thousandths."""


SHIFT_KINDS = {
    BurdenKind.NIGHT: ShiftKind.NIGHT,
    BurdenKind.EARLY: ShiftKind.EARLY,
    BurdenKind.LATE: ShiftKind.LATE,
}
"""Burdens that consist in shifts of one kind."""


class FairGroup(NamedTuple):
    """The people who share a burden, with their weights, which sum to `WHOLE`.

    A person's fair share of a total T is T x weight / `WHOLE`.
    """

    burden: Burden
    weights: Mapping[StaffId, int]


class _Claim(NamedTuple):
    """A person's weight, and the least and most that may be their share."""

    weight: Fraction
    least: int
    most: int | None


def burdens(problem: Problem) -> tuple[Burden, ...]:
    """Return the burdens that are shared in an office, named shifts last."""
    general = [kind for kind in BurdenKind if kind is not BurdenKind.SHIFT]
    named = problem.office.settings.fair_shifts
    return (
        *(Burden(kind=kind) for kind in general),
        *(Burden(kind=BurdenKind.SHIFT, shift=symbol) for symbol in named),
    )


def fair_groups(problem: Problem) -> tuple[FairGroup, ...]:
    """Return every fair group of two or more people.

    People hired for the burden alone form a group of their own: their contracts, not
    the others' shares, determine how much of it they bear.
    """
    found = []
    for burden in burdens(problem):
        able = [m for m in problem.staff if may_bear(problem, m, burden)]
        only = [m for m in able if _does_nothing_else(problem, m, burden)]
        others = [member for member in able if member not in only]
        expected = _expected(problem, burden)
        hired_for = min(expected, _expected_of_hired(problem, burden, only))
        for members, total in ((others, expected - hired_for), (only, hired_for)):
            claims = {m.name: _claim(problem, m, burden) for m in members}
            claims = {name: claim for name, claim in claims.items() if claim.weight}
            if len(claims) > 1:
                found.append(FairGroup(burden, _thousandths(_divided(claims, total))))
    return tuple(found)


def bears(problem: Problem, burden: Burden, shift: Shift, date: dt.date) -> bool:
    """Tell whether a shift that begins on a date counts as the burden."""
    match burden.kind:
        case BurdenKind.ON_CALL:
            return False
        case BurdenKind.REST_DAY:
            return problem.period.is_day_of_rest(date)
        case BurdenKind.SHIFT:
            return shift.symbol == burden.shift
        case _:
            return shift.kind is SHIFT_KINDS[burden.kind]


def may_bear(problem: Problem, member: StaffMember, burden: Burden) -> bool:
    """Tell whether a person's contract lets them share the burden.

    With fixed weekdays, or no work on public holidays, the contract decides a person's
    weekends and holidays, which are then not shared.  Nor do newcomers share nights on
    which nobody can join them.
    """
    contract = member.contract
    if burden.kind is BurdenKind.ON_CALL:
        return member.on_call
    if burden.kind is BurdenKind.REST_DAY:
        free = contract.on_any_weekday and contract.public_holidays
        return bool(member.shifts) and free
    if burden.kind is BurdenKind.NIGHT and (
        nights_most(problem, member) == 0 or has_no_company(problem, member)
    ):
        return False
    return any(_is(problem, burden, symbol) for symbol in member.shifts)


def _is(problem: Problem, burden: Burden, symbol: ShiftId) -> bool:
    shift = problem.shift_by_symbol.get(symbol)
    return shift is not None and bears(problem, burden, shift, problem.period.first)


def _does_nothing_else(problem: Problem, member: StaffMember, burden: Burden) -> bool:
    if burden.kind is BurdenKind.REST_DAY:
        return False
    return all(_is(problem, burden, symbol) for symbol in member.shifts)


def _expected(problem: Problem, burden: Burden) -> Fraction:
    """Return how many nights the month needs; zero for burdens not known beforehand."""
    if burden.kind is not BurdenKind.NIGHT:
        return Fraction(0)
    nights = [problem.forecast_by_date[date] for date in problem.period.dates]
    may_be_empty = problem.office.contact_system
    return Fraction(sum(night.overnight != 0 or not may_be_empty for night in nights))


def _expected_of_hired(
    problem: Problem, burden: Burden, only: list[StaffMember]
) -> Fraction:
    """Return how often the burden fills the contracts of people hired for it alone."""
    total = Fraction(0)
    for member in only:
        lengths = [problem.shift_by_symbol[s].work_minutes for s in member.shifts]
        if lengths:
            times = contract_minutes(problem, member) * len(lengths) / sum(lengths)
            total += _within(times, _claim(problem, member, burden))
    return total


def _claim(problem: Problem, member: StaffMember, burden: Burden) -> _Claim:
    """Return a person's claim; weight is contract minutes x share of dates available.

    Dates on which employment and contract allow the burden count; they are available
    unless taken by leave, absence or protection from night work.
    """
    usual = [d for d in problem.period.dates if _could(problem, member, burden, d)]
    free = [d for d in usual if not _is_out(problem, member, burden, d)]
    weight = contract_minutes(problem, member) * len(free)
    weight = weight / len(usual) if usual else Fraction(0)
    if burden.kind is not BurdenKind.NIGHT:
        return _Claim(weight, 0, None)
    least = problem.contract_of(member).nights_min or 0
    return _Claim(weight, least, nights_most(problem, member))


def nights_most(problem: Problem, member: StaffMember) -> int | None:
    """Return the most nights a person may have, by contract or else by the office."""
    own = member.contract.nights_max
    return problem.office.settings.nights_most if own is None else own


def contract_minutes(problem: Problem, member: StaffMember) -> Fraction:
    """Return the minutes of the period by contract: the middle of the agreed range.

    Without a range, the usual day on as many days a week as agreed, or as a full-timer
    works if nothing is agreed.
    """
    contract = member.contract
    band = [m for m in (contract.minutes_min, contract.minutes_max) if m is not None]
    if band:
        return Fraction(sum(band), len(band))
    employed = sum(date in member.employed for date in problem.period.dates)
    week = contract.day_minutes * problem.days_a_week(member)
    return Fraction(week * employed, WEEK)


def _could(
    problem: Problem, member: StaffMember, burden: Burden, date: dt.date
) -> bool:
    """Tell whether employment and contract allow the burden on the date."""
    if date not in member.employed:
        return False
    at_night = burden.kind in (BurdenKind.NIGHT, BurdenKind.ON_CALL)
    if at_night and date + ONE_DAY not in member.employed:
        return False
    if burden.kind is BurdenKind.ON_CALL:
        return True
    if burden.kind is BurdenKind.REST_DAY and not problem.period.is_day_of_rest(date):
        return False
    contract = member.contract
    is_holiday = date in problem.period.holiday_names
    return date.weekday() in contract.weekdays and (
        contract.public_holidays or not is_holiday
    )


def _is_out(
    problem: Problem, member: StaffMember, burden: Burden, date: dt.date
) -> bool:
    """Tell whether leave, absence or protection from night work excludes the date.

    A night reaches into the next date, so protection on either date excludes it.
    """
    at_night = burden.kind in (BurdenKind.NIGHT, BurdenKind.ON_CALL)
    both = (date, date + ONE_DAY)
    if at_night and member.no_night and any(one in member.no_night for one in both):
        return True
    pinned = problem.pin_by_cell.get((member.name, date))
    if pinned is not None and pinned.off in LEAVE:
        return True
    asked = problem.requests_by_cell.get((member.name, date), ())
    return any(request.want is Want.PAID_LEAVE for request in asked)


def _divided(
    claims: Mapping[StaffId, _Claim], total: Fraction
) -> dict[StaffId, Fraction]:
    """Divide a total by weight, with everybody between their least and most.

    Water-filling: people at a limit are fixed there and the rest is divided among the
    others, until nobody else is at a limit.  In each round those raised to their least
    are fixed if the limited shares exceed the rest, otherwise those cut to their most.
    """
    if not total:
        return {name: claim.weight for name, claim in claims.items()}
    held: dict[StaffId, Fraction] = {}
    while len(held) < len(claims):
        left = {name: claim for name, claim in claims.items() if name not in held}
        rest = max(Fraction(0), total - sum(held.values()))
        whole = sum(claim.weight for claim in left.values())
        wanted = {name: rest * claim.weight / whole for name, claim in left.items()}
        limited = {name: _within(wanted[name], claim) for name, claim in left.items()}
        too_much = sum(limited.values()) - rest
        moved = {
            name: share
            for name, share in limited.items()
            if (share > wanted[name] if too_much > 0 else share < wanted[name])
        }
        held.update(moved or limited)
    return {name: held[name] for name in claims}


def _within(share: Fraction, claim: _Claim) -> Fraction:
    if claim.most is not None:
        share = min(share, Fraction(claim.most))
    return max(share, Fraction(claim.least))


def _thousandths(shares: Mapping[StaffId, Fraction]) -> dict[StaffId, int]:
    """Return shares as thousandths of their sum, rounded by largest remainders."""
    whole = sum(shares.values())
    exact = {name: WHOLE * share / whole for name, share in shares.items()}
    rounded = {name: int(share) for name, share in exact.items()}
    by_remainder = sorted(exact, key=lambda name: rounded[name] - exact[name])
    for name in by_remainder[: WHOLE - sum(rounded.values())]:
        rounded[name] += 1
    return rounded


def night_for_one(problem: Problem) -> CoverRule | None:
    """Return the must by which one person works each night; ``None`` if none."""
    nights = {one.symbol for one in problem.all_shifts if one.is_night}
    for rule in problem.cover_rules:
        is_of_all = rule.must and rule.band is None and not rule.dates
        has_filter = rule.role or rule.qualification or rule.group
        if (
            is_of_all
            and not has_filter
            and len(set(rule.weekdays)) == WEEK
            and nights == {rule.shift}
            and rule.at_most is not None
            and rule.at_most <= 1
        ):
            return rule
    return None


def has_no_company(problem: Problem, member: StaffMember) -> bool:
    """Tell whether somebody may not be alone at night, and nobody may be there too.

    Such a newcomer has no night, and no share of the nights.  Any agreement on one of
    the two rules leaves the nights to the solver.
    """
    settings = problem.office.settings
    return (
        settings.newcomer_nights is Hold.MUST
        and settings.newcomers in member.groups
        and night_for_one(problem) is not None
        and not any(one.spot.rule in ("K-02", "P-02") for one in problem.agreements)
    )
