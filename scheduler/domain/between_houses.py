"""What houses planned together do for one another, and call one another's shifts.

In the workbook of a house, symbols of other houses have two characters, of which the
first stands for the house: 本早 in a satellite for the early shift of its main office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.kinds import DayKind
from scheduler.domain.likeness import look_of
from scheduler.domain.office import Office
from scheduler.domain.office_kind import KANTAKI, Support
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Request
from scheduler.domain.shifts import Duty, Role, Shift
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


MAIN = 0
"""Number of the main office among the houses."""

MARK = "本"
"""How symbols of the main office begin in the workbooks of its satellites."""


class Origin(NamedTuple):
    """A shift by the number of its house and its symbol there."""

    house: int
    symbol: ShiftId


Symbols = dict[Origin, ShiftId]


def names_of(houses: Sequence[Problem]) -> set[str]:
    """Return the names of houses."""
    return {house.office.name for house in houses}


def own_shifts(houses: Sequence[Problem], number: int) -> list[Shift]:
    """Return the shifts worked in a house, and its kinds of work that are used."""
    house, names = houses[number], names_of(houses)
    used = {d.shift for d in (*house.pin_by_cell.values(), *house.history.duties)}
    used |= {symbol for request in house.requests for symbol in request.shifts}
    return [
        shift
        for shift in house.all_shifts
        if shift.elsewhere not in names
        if shift.own_kind is None or shift.symbol in used
    ]


def marks_of(houses: Sequence[Problem]) -> tuple[str, ...]:
    """Return a character for each house with which no symbol of any begins."""
    names = names_of(houses)
    symbols = [s.symbol for n in range(len(houses)) for s in own_shifts(houses, n)]
    symbols += [
        kind.symbol
        for house in houses
        for kind in house.kinds
        if kind.elsewhere not in names
    ]
    taken = {look_of(symbol)[:1] for symbol in symbols}
    marks: list[str] = []
    for number, house in enumerate(houses):
        name = house.office.name.partition("（")[0].split()[-1]
        wanted = (MARK if number == MAIN else "", *name, *"ABCDEFGHJKLMNP")
        free = (c for c in wanted if c and look_of(c) not in taken and c not in marks)
        marks.append(next(free))
    return tuple(marks)


def symbols_of(houses: Sequence[Problem]) -> tuple[Symbols, ...]:
    """Return for each house its symbols for the shifts of all houses."""
    own = [own_shifts(houses, number) for number in range(len(houses))]
    marks = marks_of(houses)
    return tuple(
        {
            Origin(number, shift.symbol): symbol
            for number, shifts in enumerate(own)
            for shift, symbol in zip(
                shifts,
                [s.symbol for s in shifts]
                if number == viewer
                else _abroad(marks[number], shifts),
                strict=True,
            )
        }
        for viewer in range(len(houses))
    )


def _abroad(mark: str, shifts: Sequence[Shift]) -> list[ShiftId]:
    """Return a symbol of two characters for each shift of another house."""
    found: list[str] = []
    letters = "".join(shift.symbol for shift in shifts)
    for shift in shifts:
        # Of P1 and P2, the number is what tells them apart.
        own = sorted(shift.symbol, key=letters.count)
        wanted = (*own, *"123456789", *"abcdefghijklmnopqrstuvwxyz")
        free = (mark + c for c in wanted if mark + c not in found)
        found.append(next(free))
    return [ShiftId(symbol) for symbol in found]


def in_all(symbols: Sequence[Symbols], house: int, duty: Duty) -> Duty:
    """Return a duty of a house as the main office has it."""
    if duty.shift is None:
        return duty
    origin = next((o for o, s in symbols[house].items() if s == duty.shift), None)
    if origin is None:
        return duty
    return duty.model_copy(update={"shift": symbols[MAIN][origin]})


def asked_in_all(symbols: Sequence[Symbols], house: int, request: Request) -> Request:
    """Return a request of a house as the main office has it."""
    if not request.shifts:
        return request
    known = {symbol: origin for origin, symbol in symbols[house].items()}
    shifts = (
        symbols[MAIN][known[one]] if one in known else one for one in request.shifts
    )
    return request.model_copy(update={"shifts": tuple(shifts)})


def on_call_in(main: Office, office: Office) -> Office:
    """Return a satellite's office with what the main office says of nights on call."""
    standby = {"standby": main.settings.standby}
    of_main = {
        "main_office": main.name,
        "main_night_band": main.night_band,
        "settings": office.settings.model_copy(update=standby),
    }
    return office.model_copy(update=of_main)


def plain_role(member: StaffMember) -> Role:
    """Return the role that stands in a cell for work that counts for no cover."""
    return next((r for r in member.roles if r.in_care_pool), member.roles[0])


def first_of_each_cell(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """Return the first duty of each cell."""
    found: dict[tuple[StaffId, dt.date], Duty] = {}
    for duty in duties:
        found.setdefault((duty.staff, duty.date), duty)
    return tuple(found.values())
