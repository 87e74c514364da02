"""Houses that are planned together: a main office and its satellites as one problem.

Each house keeps a `Problem` of its own, with the people who work in several of them on
the staff list of each.  In each, the shifts of the other houses are kinds of day
(`DayKind.elsewhere`): hours of the person, and nothing of the house.  Together they are
a `Problem` again, seen from the main office: everybody in one row, their satellites'
shifts under the symbols that the main office has for them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.base import ShiftId
from scheduler.domain.kinds import DayKind
from scheduler.domain.likeness import look_of
from scheduler.domain.office_kind import Support
from scheduler.domain.problem import History, Pins, Problem
from scheduler.domain.record import RosterRecord

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from scheduler.domain.base import StaffId
    from scheduler.domain.forecast import ForecastDay
    from scheduler.domain.requests import Request
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Duty, Role, Shift
    from scheduler.domain.staff import StaffMember

MAIN = 0
"""Number of the main office among the houses."""

MARK = "本"
"""How symbols of the main office begin in the workbooks of its satellites."""


class Origin(NamedTuple):
    """A shift by the number of its house and its symbol there."""

    house: int
    symbol: ShiftId


Symbols = dict[Origin, ShiftId]


class JointProblem(Problem):
    """A main office and its satellites, each complete (`joint`), as one problem.

    What it holds beside ``houses`` is the same seen from the main office: all people,
    requests, pins and last month's duties.  No rule reads it; searches and changes do.
    """

    houses: tuple[Problem, ...]

    @cached_property
    def symbols(self) -> tuple[Symbols, ...]:
        """For each house the symbols that it has for the shifts of all houses."""
        return _symbols(self.houses)

    @cached_property
    def origins(self) -> dict[ShiftId, Origin]:
        """Where a shift comes from, by the main office's symbol for it."""
        return {symbol: origin for origin, symbol in self.symbols[MAIN].items()}

    @cached_property
    def home_of(self) -> dict[StaffId, int]:
        """The house in which each person's contract stands."""
        return _home_of(self.houses)

    def row(self, name: StaffId, house: int) -> StaffMember | None:
        """Return the person's row in the staff list of a house."""
        return self.houses[house].member_by_name.get(name)

    def of_house(self, roster: Roster, house: int) -> RosterRecord:
        """Return the roster of one house: its people, all their duties."""
        given = RosterRecord.of(roster)
        known = self.houses[house].member_by_name
        duties = (d for d in given.duties if d.staff in known)
        nights = (night for night in given.on_call if night.staff in known)
        own = {
            "duties": tuple(self._seen_from(duty, house) for duty in duties),
            "on_call": tuple(nights),
        }
        return given.model_copy(update=own)

    def _seen_from(self, duty: Duty, house: int) -> Duty:
        """Return a duty as the workbook of a house has it."""
        if duty.shift is None:
            known = duty.kind in self.houses[house].kind_by_symbol
            return duty if known else duty.model_copy(update={"kind": None})
        origin = self.origins.get(duty.shift)
        if origin is None:
            return duty
        symbol = self.symbols[house][origin]
        if origin.house == house:
            return duty.model_copy(update={"shift": symbol})
        member = self.houses[house].member_by_name[duty.staff]
        given = {"shift": symbol, "roles": (plain_role(member),), "events": ()}
        return duty.model_copy(update=given)

    def in_all(self, house: int, duty: Duty) -> Duty:
        """Return a duty of a house as the main office has it."""
        return _in_all(self.symbols, house, duty)

    def asked_in_all(self, house: int, request: Request) -> Request:
        """Return a request of a house as the main office has it."""
        return _asked_in_all(self.symbols, house, request)


def plain_role(member: StaffMember) -> Role:
    """Return the role that stands in a cell for work that counts for no cover."""
    return next((r for r in member.roles if r.in_care_pool), member.roles[0])


def joint(given: Sequence[Problem]) -> JointProblem:
    """Return houses as one problem; those of a joint problem give the same again.

    Parameters
    ----------
    given
        A main office and its satellites, in any order, without mistakes
        (`scheduler.audit.consistency.joint`).
    """
    houses = sorted(given, key=lambda house: house.office.kind.is_satellite)
    symbols = _symbols(houses)
    complete = [_complete(houses, symbols, number) for number in range(len(houses))]
    main = complete[MAIN]
    fields = {name: getattr(main, name) for name in Problem.model_fields}
    home = _home_of(complete)
    fields |= {
        "houses": tuple(complete),
        "staff": tuple(
            _in_one_row(complete, symbols, number, member)
            for number, house in enumerate(complete)
            for member in house.home.staff
        ),
        "requests": tuple(
            _asked_in_all(symbols, number, request)
            for number, house in enumerate(complete)
            for request in house.requests
        ),
        "pins": Pins(
            duties=_once(
                _in_all(symbols, number, duty)
                for number, house in enumerate(complete)
                for duty in house.pin_by_cell.values()
            ),
            on_call=main.pins.on_call,
        ),
        "history": History(
            duties=_once(
                _in_all(symbols, number, duty)
                for number, house in enumerate(complete)
                for duty in house.history.duties
                if home.get(duty.staff) == number
            ),
            on_call=main.history.on_call,
        ),
        "ledger": tuple(
            entry
            for number, house in enumerate(complete)
            for entry in house.ledger
            if home.get(entry.staff) == number
        ),
    }
    return JointProblem.model_construct(**fields)


def _home_of(houses: Sequence[Problem]) -> dict[StaffId, int]:
    return {
        member.name: number
        for number, house in enumerate(houses)
        for member in house.home.staff
    }


def _names(houses: Sequence[Problem]) -> set[str]:
    return {house.office.name for house in houses}


def _own_shifts(houses: Sequence[Problem], number: int) -> list[Shift]:
    """Return the shifts worked in a house, and its kinds of work that are used."""
    house, names = houses[number], _names(houses)
    used = {d.shift for d in (*house.pin_by_cell.values(), *house.history.duties)}
    used |= {symbol for request in house.requests for symbol in request.shifts}
    return [
        shift
        for shift in house.all_shifts
        if shift.elsewhere not in names
        if shift.own_kind is None or shift.symbol in used
    ]


def _symbols(houses: Sequence[Problem]) -> tuple[Symbols, ...]:
    """Return for each house its symbols for the shifts of all houses.

    Those of other houses begin with a character of the house's name, of which no
    symbol of any house begins.
    """
    own = [_own_shifts(houses, number) for number in range(len(houses))]
    taken = {look_of(shift.symbol)[:1] for shifts in own for shift in shifts}
    taken |= {
        look_of(kind.symbol)[:1]
        for house in houses
        for kind in house.kinds
        if kind.elsewhere not in _names(houses)
    }
    marks: list[str] = []
    for number, house in enumerate(houses):
        name = house.office.name.partition("（")[0].split()[-1]
        wanted = (MARK if number == MAIN else "", *name, *"ABCDEFGHJKLMNP")
        free = (c for c in wanted if c and look_of(c) not in taken and c not in marks)
        marks.append(next(free))
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
    for shift in shifts:
        wanted = (shift.symbol[0], *"123456789", *"abcdefghijklmnopqrstuvwxyz")
        free = (mark + c for c in wanted if mark + c not in found)
        found.append(next(free))
    return [ShiftId(symbol) for symbol in found]


def _complete(
    houses: Sequence[Problem], symbols: Sequence[Symbols], number: int
) -> Problem:
    """Return the problem of a house with what it is to know of the others."""
    house, names = houses[number], _names(houses)
    kinds = [kind for kind in house.kinds if kind.elsewhere not in names]
    for other, origin in enumerate(houses):
        if other != number:
            travel = house.office.travel + origin.office.travel
            kinds += [
                _kind(
                    shift, symbols[number][Origin(other, shift.symbol)], origin, travel
                )
                for shift in _own_shifts(houses, other)
            ]
    given: dict[str, object] = {"kinds": tuple(kinds)}
    given["staff"] = _staff(houses, number)
    if number == MAIN:
        served = [
            one for one in houses[1:] if Support.ON_CALL in one.office.left_to_main
        ]
        days = (
            day.model_copy(
                update={
                    "satellite_overnight": sum(
                        _guests(one.forecast_by_date[day.date]) for one in served
                    )
                }
            )
            for day in house.forecast.days
        )
        given["forecast"] = house.forecast.with_days(days)
    return house.model_copy(update=given)


def _guests(day: ForecastDay) -> int:
    """Return the guests of a night; one where it is not known (A-07)."""
    return 1 if day.overnight is None else day.overnight


def _kind(shift: Shift, symbol: ShiftId, origin: Problem, travel: int) -> DayKind:
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


def _staff(houses: Sequence[Problem], number: int) -> tuple[StaffMember, ...]:
    """Return the staff of a house: who takes on call does so in the main office."""
    home, main = _home_of(houses), houses[MAIN].member_by_name
    found = []
    for member in houses[number].staff:
        given: dict[str, object] = {}
        if number != MAIN:
            given["on_call"] = member.name in main and main[member.name].on_call
        if member.home:
            own = houses[home[member.name]].member_by_name[member.name]
            given |= {"employed": own.employed, "no_night": own.no_night}
        found.append(member.model_copy(update=given))
    return tuple(found)


def _in_one_row(
    houses: Sequence[Problem],
    symbols: Sequence[Symbols],
    number: int,
    member: StaffMember,
) -> StaffMember:
    """Return a person with the shifts and roles of all houses."""
    rows = [
        (house, row)
        for house, problem in enumerate(houses)
        if (row := problem.member_by_name.get(member.name)) is not None
    ]
    shifts = (
        symbols[MAIN].get(Origin(house, symbol), symbol)
        for house, row in rows
        for symbol in row.shifts
    )
    roles = (role for _house, row in rows for role in row.roles)
    return member.model_copy(
        update={
            "shifts": tuple(dict.fromkeys(shifts)),
            "roles": tuple(dict.fromkeys((*member.roles, *roles))),
            "on_call": any(house == MAIN and row.on_call for house, row in rows),
        }
    )


def _in_all(symbols: Sequence[Symbols], house: int, duty: Duty) -> Duty:
    if duty.shift is None:
        return duty
    origin = next((o for o, s in symbols[house].items() if s == duty.shift), None)
    if origin is None:
        return duty
    return duty.model_copy(update={"shift": symbols[MAIN][origin]})


def _asked_in_all(symbols: Sequence[Symbols], house: int, request: Request) -> Request:
    if not request.shifts:
        return request
    known = {symbol: origin for origin, symbol in symbols[house].items()}
    shifts = (
        symbols[MAIN][known[one]] if one in known else one for one in request.shifts
    )
    return request.model_copy(update={"shifts": tuple(shifts)})


def _once(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """Return the first duty of each cell."""
    found: dict[tuple[StaffId, dt.date], Duty] = {}
    for duty in duties:
        found.setdefault((duty.staff, duty.date), duty)
    return tuple(found.values())
