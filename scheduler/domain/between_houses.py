"""What houses that are planned together do for one another: guests, visits, shifts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scheduler.domain.base import ShiftId
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.kinds import DayKind
from scheduler.domain.office_kind import KANTAKI, Support
from scheduler.domain.shifts import Role, Shift

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember


def for_satellites(day: ForecastDay, satellites: Sequence[Problem]) -> ForecastDay:
    """Return a main office's date with what it does for the users of satellites.

    What satellites say of visits and stays takes the place of what was typed here.
    """
    there = [one.forecast_by_date[day.date] for one in satellites]
    served = (
        other
        for one, other in zip(satellites, there, strict=True)
        if Support.ON_CALL in one.office.left_to_main
    )
    given: dict[str, object] = {"satellite_overnight": sum(map(guests_of, served))}
    all_days = [other for one in satellites for other in one.forecast.days]
    if any(other.main_visits for other in all_days):
        visits = sum(other.main_visits for other in there)
        given["satellite_visits"] = visits
        given["visits"] = day.visits - day.satellite_visits + visits
    if any(other.main_stays for other in all_days):
        stays = sum(other.main_stays for other in there)
        given["satellite_stays"] = stays
        if day.overnight is not None:
            given["overnight"] = day.overnight - day.satellite_stays + stays
    return day.model_copy(update=given)


def guests_of(day: ForecastDay) -> int:
    """Return the guests of a night; one where it is not known (A-07)."""
    return 1 if day.overnight is None else day.overnight


def kind_for(shift: Shift, symbol: ShiftId, origin: Problem, travel: int) -> DayKind:
    """Return the kind of day that stands for a shift of another house."""
    name = origin.office.name
    return DayKind(
        symbol=symbol,
        name=f"{name} {shift.name or shift.symbol}"[-40:],
        hours=True,
        start=shift.start,
        end=shift.end,
        breaks=shift.breaks,
        elsewhere=name,
        travel=travel,
    )


def may_lend(lender: Problem, borrower: Problem) -> bool:
    """Tell whether people are lent between two houses: of one kind of service only."""
    both = {one.office.kind in KANTAKI for one in (lender, borrower)}
    return len(both) == 1


def may_help(home: Problem, member: StaffMember) -> bool:
    """Tell whether a person may be asked to help in another house, whatever the shift.

    Newcomers are not, nor those whose hours in other jobs nobody here knows.
    """
    return (
        not member.home
        and not member.works_elsewhere
        and home.office.settings.newcomers not in member.groups
        and any(role in (Role.CARE, Role.NURSE) for role in member.roles)
    )
