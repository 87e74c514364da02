"""Who may do a piece of work at all, by qualification and contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.protected import is_protected
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.shifts import Role, ShiftKind
from scheduler.rulebook import Work, load

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.agreements import Spot
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import CoverRule
    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember


class Able(Frozen):
    """Those who may do a piece of work, leave and other duties left aside."""

    work: Work
    people: tuple[StaffId, ...]


def able(problem: Problem, spot: Spot) -> Able | None:
    """Return who may do the work that a broken limit asks for.

    Parameters
    ----------
    problem
        Whose staff, contracts and protections from night work are looked at.
    spot
        The limit.  If it speaks of a date, people count whom employment and contract
        let begin on it; otherwise, those on any date of the period.

    Returns
    -------
    Able or None
        ``None`` where the limit asks for no work of anybody: it is on one person, or
        on too many.
    """
    work = load(problem.period)[spot.rule].facet[spot.facet].work
    rule = next((one for one in problem.cover_rules if one.name == spot.name), None)
    if work is None or (work is Work.COVER and (rule is None or not rule.at_least)):
        return None
    dates = problem.period.dates if spot.date is None else (spot.date,)
    people = (
        member.name
        for member in problem.staff
        if any(_may(problem, member, work, rule, date) for date in dates)
    )
    return Able(work=work, people=tuple(people))


def _may(
    problem: Problem,
    member: StaffMember,
    work: Work,
    rule: CoverRule | None,
    date: dt.date,
) -> bool:
    if work is Work.ON_CALL:
        return member.on_call and _may_call(problem, member, date)
    if date not in member.employed:
        return False
    contract = member.contract
    if date.weekday() not in contract.weekdays or not (
        contract.public_holidays or date not in problem.period.holiday_names
    ):
        return False
    shifts = [problem.shift_by_symbol[symbol] for symbol in member.shifts]
    return any(
        _fits(member, shift, work, rule)
        and member.is_employed_through(date, shift.interval)
        and not is_protected(problem, member, date, shift.interval)
        for shift in shifts
    )


def _may_call(problem: Problem, member: StaffMember, date: dt.date) -> bool:
    """Tell whether employment and protection let a person be on call in a night."""
    office = problem.office
    protected = is_protected(problem, member, date, office.night_band)
    return member.is_employed_through(date, office.night_band) and not (
        office.settings.standby.is_work and protected
    )


def _fits(
    member: StaffMember,
    shift: Shift,
    work: Work,
    rule: CoverRule | None,
) -> bool:
    """Tell whether the person may do the work in a shift."""
    roles = [one for one in member.roles if one in shift.roles or not shift.roles]
    at_night = shift.kind is ShiftKind.NIGHT
    if not shift.counts:
        return False
    if at_night and member.contract.nights_max == 0:
        return False
    match work:
        case Work.NIGHT:
            return at_night and any(role.in_care_pool for role in roles)
        case Work.CARE:
            return not at_night and any(role.in_care_pool for role in roles)
        case Work.NURSING:
            return member.is_nurse and Role.NURSE in roles
        case Work.PLANNING:
            return Role.PLANNER in roles and member.is_care_manager
        case Work.MANAGING:
            return Role.MANAGER in roles
        case _:
            return rule is not None and _is_chosen(member, shift, roles, rule)


def _is_chosen(
    member: StaffMember, shift: Shift, roles: list[Role], rule: CoverRule
) -> bool:
    return (
        (rule.role is None or rule.role in roles)
        and (rule.qualification is None or rule.qualification in member.qualifications)
        and (rule.group is None or rule.group in member.groups)
        and (rule.shift is None or rule.shift == shift.symbol)
    )
