"""Houses that are planned together: a main office and its satellites as one problem.

Each house keeps a `Problem` of its own, with the people who work in several of them on
the staff list of each.  In each, the shifts of the other houses are kinds of day
(`DayKind.elsewhere`): hours of the person, and nothing of the house.  Together they are
a `Problem` again, seen from the main office: everybody in one row, their satellites'
shifts under the symbols that the main office has for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Self

from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.between_houses import (
    MAIN,
    Origin,
    Symbols,
    asked_in_all,
    first_of_each_cell,
    for_satellites,
    guests_of,
    in_all,
    kind_for,
    marks_of,
    names_of,
    on_call_in,
    own_shifts,
    plain_role,
    symbols_of,
)
from scheduler.domain.forecast import ForecastDay, HouseDay
from scheduler.domain.kinds import DayKind, once
from scheduler.domain.problem import History, Pins, Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.registrants import HouseUse, UseChange
from scheduler.domain.requests import Request
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty, HouseShift, Shift
from scheduler.domain.staff import StaffMember


class JointProblem(Problem):
    """A main office and its satellites, each complete (`joint`), as one problem.

    What it holds beside ``houses`` is the same seen from the main office: all people,
    requests, pins and last month's duties.  No rule reads it; searches and changes do.
    """

    houses: tuple[Problem, ...]

    def model_copy(
        self, *, update: Mapping[str, Any] | None = None, deep: bool = False
    ) -> Self:
        """Return a copy; what changes for all is passed on to the houses.

        Pins go to every house that lists the person, users expected to the main
        office, employment and contracts to the person's home, agreements where their
        limit holds.
        """
        changed = dict(update or {})
        if "houses" not in changed and changed:
            changed["houses"] = tuple(
                house.model_copy(update=dict(self._passed_on(number, changed)))
                for number, house in enumerate(self.houses)
            )
        return super().model_copy(update=changed, deep=deep)

    def _passed_on(
        self, number: int, changed: Mapping[str, Any]
    ) -> Iterator[tuple[str, object]]:
        """Yield what changes of a house where something changes for all."""
        house = self.houses[number]
        if "pins" in changed:
            pins = changed["pins"]
            made = self.of_house(
                RosterRecord(
                    duties=first_of_each_cell(pins.duties),
                    on_call=pins.on_call if number == MAIN else (),
                ),
                number,
            )
            yield "pins", Pins(duties=made.duties, on_call=made.on_call)
        if "agreements" in changed:
            name = house.office.name
            yield (
                "agreements",
                tuple(
                    one.model_copy(
                        update={"spot": one.spot.model_copy(update={"house": ""})}
                    )
                    for one in changed["agreements"]
                    if one.spot.house == name
                ),
            )
        if number == MAIN:
            given = {"forecast", "use_changes"} & changed.keys()
            yield from ((name, changed[name]) for name in given)
        if "requests" in changed:
            kept = set(changed["requests"])
            own = (r for r in house.requests if self.asked_in_all(number, r) in kept)
            yield "requests", tuple(own)
        if "staff" in changed:
            known = {member.name: member for member in changed["staff"]}
            yield "staff", tuple(_as_known(one, known) for one in house.staff)

    @cached_property
    def symbols(self) -> tuple[Symbols, ...]:
        """For each house the symbols that it has for the shifts of all houses."""
        return symbols_of(self.houses)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """How the symbols of each house begin in the workbooks of the others."""
        return marks_of(self.houses)

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

    def not_listed_for(self, name: StaffId, symbol: ShiftId | None) -> int | None:
        """Return the house of a shift, or of nights on call, that lacks the person.

        ``None`` if they are on its staff list.
        """
        house = MAIN if symbol is None else self.origins[symbol].house
        return house if self.row(name, house) is None else None

    def with_day(self, day: HouseDay) -> Self:
        """Return the houses with another forecast of a date in one of them."""
        houses = list(self.houses)
        forecast = houses[day.house].forecast.with_days([day.alone])
        houses[day.house] = houses[day.house].model_copy(update={"forecast": forecast})
        if day.house != MAIN:
            main = houses[MAIN].forecast.with_days([self.of_main(day)])
            houses[MAIN] = houses[MAIN].model_copy(update={"forecast": main})
        given = {"houses": tuple(houses), "forecast": houses[MAIN].forecast}
        return self.model_copy(update=given)

    def with_more(
        self,
        staff: Iterable[tuple[int, StaffMember]] = (),
        shifts: Iterable[Shift] = (),
        days: Iterable[ForecastDay] = (),
        pins: Iterable[tuple[int, Duty]] = (),
        kinds: Iterable[tuple[int, DayKind]] = (),
        uses: Iterable[UseChange] = (),
    ) -> Self:
        """Return the houses with more people and shifts, each in its own house."""
        people, more = tuple(staff), tuple(shifts)
        pinned, new, used = tuple(pins), tuple(kinds), tuple(uses)
        houses = [
            house.model_copy(
                update={
                    "staff": (*house.staff, *(m for own, m in people if own == number)),
                    "shifts": (*house.shifts, *_of_house(more, number)),
                    "pins": house.pins.with_duties(
                        duty for own, duty in pinned if own == number
                    ),
                    "kinds": once((*house.kinds, *(k for n, k in new if n == number))),
                    "use_changes": (*house.use_changes, *_of_house(used, number)),
                }
            )
            for number, house in enumerate(self.houses)
        ]
        whole = joint(houses) if people or more or new or used else self
        made = self.model_copy(
            update={
                "houses": whole.houses,
                "staff": whole.staff,
                "shifts": whole.shifts,
                "kinds": whole.kinds,
                "pins": whole.pins,
            }
        )
        for day in days:
            assert isinstance(day, HouseDay)
            made = made.with_day(day)
        return made

    def symbol_in_all(self, shift: Shift) -> ShiftId:
        """Return the main office's symbol for a shift of a house."""
        house = shift.house if isinstance(shift, HouseShift) else MAIN
        return self.symbols[MAIN][Origin(house, shift.symbol)]

    def of_main(self, day: HouseDay) -> ForecastDay:
        """Return what a main office is to expect where a satellite expects ``day``.

        Nights on call are what it does for guests of satellites (A-06).
        """
        main = self.houses[MAIN].forecast_by_date[day.date]
        more = guests_of(day) - guests_of(
            self.houses[day.house].forecast_by_date[day.date]
        )
        given = {"satellite_overnight": main.satellite_overnight + more}
        return main.model_copy(update=given)

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
        return in_all(self.symbols, house, duty)

    def asked_in_all(self, house: int, request: Request) -> Request:
        """Return a request of a house as the main office has it."""
        return asked_in_all(self.symbols, house, request)


def _of_house(
    lines: Iterable[Shift] | Iterable[UseChange], house: int
) -> Iterator[Any]:
    """Yield those of some lines that are of a house, as it has them."""
    for one in lines:
        if isinstance(one, HouseShift | HouseUse) and one.house == house:
            yield one.alone


def _as_known(member: StaffMember, known: Mapping[StaffId, StaffMember]) -> StaffMember:
    """Return a row of a house with employment and contract as they are for all."""
    now = known.get(member.name, member)
    given: dict[str, object] = {"employed": now.employed}
    if not member.home:
        given["contract"] = now.contract
    return member.model_copy(update=given)


def joint(given: Sequence[Problem]) -> JointProblem:
    """Return houses as one problem; those of a joint problem give the same again.

    Parameters
    ----------
    given
        A main office and its satellites, in any order, without mistakes
        (`scheduler.audit.consistency.people`).
    """
    houses = sorted(given, key=lambda house: house.office.kind.is_satellite)
    symbols = symbols_of(houses)
    complete = [_complete(houses, symbols, number) for number in range(len(houses))]
    main = complete[MAIN]
    fields = {name: getattr(main, name) for name in Problem.model_fields}
    home = _home_of(complete)
    fields |= {
        "houses": tuple(complete),
        "staff": tuple(
            _in_one_row(complete, symbols, member)
            for house in complete
            for member in house.home.staff
        ),
        "requests": tuple(
            asked_in_all(symbols, number, request)
            for number, house in enumerate(complete)
            for request in house.requests
        ),
        "pins": Pins(
            duties=first_of_each_cell(
                in_all(symbols, number, duty)
                for number, house in enumerate(complete)
                for duty in house.pin_by_cell.values()
            ),
            on_call=main.pins.on_call,
        ),
        "agreements": tuple(
            one.model_copy(
                update={
                    "spot": one.spot.model_copy(update={"house": house.office.name})
                }
            )
            for house in complete
            for one in house.agreements
        ),
        "history": History(
            duties=first_of_each_cell(
                in_all(symbols, number, duty)
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


def _complete(
    houses: Sequence[Problem], symbols: Sequence[Symbols], number: int
) -> Problem:
    """Return the problem of a house with what it is to know of the others."""
    house, names = houses[number], names_of(houses)
    kinds = [kind for kind in house.kinds if kind.elsewhere not in names]
    for other, origin in enumerate(houses):
        if other != number:
            travel = house.office.travel + origin.office.travel
            kinds += [
                kind_for(
                    shift, symbols[number][Origin(other, shift.symbol)], origin, travel
                )
                for shift in own_shifts(houses, other)
            ]
    given: dict[str, object] = {"kinds": tuple(kinds)}
    given["staff"] = _staff(houses, number)
    if number == MAIN:
        days = (for_satellites(day, houses[1:]) for day in house.forecast.days)
        given["forecast"] = house.forecast.with_days(days)
    else:
        given["office"] = on_call_in(houses[MAIN].office, house.office)
    return house.model_copy(update=given)


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
