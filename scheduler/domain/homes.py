"""One office, or several houses planned together: what tasks ask of either alike.

A satellite may also be planned by itself (`beside`), next to the finished roster of its
main office: who works in both is where that says, and these cells are pinned.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import BeforeValidator, PlainSerializer

from scheduler.domain.agreements import Spot
from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.between_houses import MAIN
from scheduler.domain.finding import Finding
from scheduler.domain.forecast import ForecastDay, HouseDay
from scheduler.domain.joint import JointProblem, joint
from scheduler.domain.problem import Pins, Problem
from scheduler.domain.record import RosterFile
from scheduler.domain.registrants import HouseUse, UseChange
from scheduler.domain.requests import Counted, PersonalLimit, Request
from scheduler.domain.roster import Change, Roster
from scheduler.domain.shifts import Duty, HouseShift, Shift
from scheduler.domain.staff import HouseMember, StaffMember


class HousesFile(RosterFile):
    """The rosters of houses that were planned together, as one.

    Its problem is a `JointProblem`.
    """

    houses: tuple[RosterFile, ...]
    """The file of each house, the main office's first."""
    paths: tuple[Path, ...]
    """Where each was read."""

    @property
    def joint(self) -> JointProblem:
        """The houses as one problem."""
        assert isinstance(self.problem, JointProblem)
        return self.problem


Own = TypeVar("Own", ForecastDay, Shift, StaffMember, UseChange)
"""A line of one house."""

_NUMBERED: dict[type, Any] = {
    ForecastDay: HouseDay,
    Shift: HouseShift,
    StaffMember: HouseMember,
    UseChange: HouseUse,
}
"""What the same is called where several houses are planned together."""


class Home(NamedTuple):
    """A house with the people who belong to it; an office by itself has all of them."""

    whole: Problem
    """The problem as it was given, of one office or of several houses."""
    problem: Problem
    """The house's."""
    number: int
    """Its number among the houses."""

    @property
    def name(self) -> str:
        """The house's name; empty of an office by itself."""
        is_one = isinstance(self.whole, JointProblem)
        return self.problem.office.name if is_one else ""

    @property
    def people(self) -> set[StaffId]:
        """Who belongs to the house."""
        return {member.name for member in self.problem.home.staff}

    def roster(self, roster: Roster) -> Roster:
        """Return the house's part of a roster."""
        if isinstance(self.whole, JointProblem):
            return self.whole.of_house(roster, self.number)
        return roster

    def change(self, change: Change) -> Change:
        """Return a change as the house's workbook has it."""
        sides = {
            side: self.roster(Roster(duties=(duty,))).duties[0]
            for side, duty in (("before", change.before), ("after", change.after))
            if duty is not None
        }
        return change.model_copy(update=sides)

    def with_symbols(self, change: Change) -> Change:
        """Return a change of anybody with the symbols that the house has."""
        sides = {
            side: duty.model_copy(update={"shift": self.symbol(duty.shift)})
            for side, duty in (("before", change.before), ("after", change.after))
            if duty is not None and duty.shift is not None
        }
        return change.model_copy(update=sides)

    @property
    def mark(self) -> str:
        """How its symbols begin in the other houses; empty of an office by itself."""
        if isinstance(self.whole, JointProblem):
            return self.whole.marks[self.number]
        return ""

    def of_all(self, one: Own) -> Own:
        """Return a line of the house with the house's number, if there are several."""
        if not self.name:
            return one
        kind = _NUMBERED[type(one)]
        line: Own = kind.model_construct(**dict(one), house=self.number)
        return line

    def has(self, one: ForecastDay | Shift | StaffMember) -> bool:
        """Tell whether a day, a shift or a staff line is one of the house."""
        named = HouseDay | HouseShift | HouseMember
        return not isinstance(one, named) or one.house == self.number

    def keeps_symbols(self, shifts: Iterable[Shift]) -> bool:
        """Tell whether all shifts have the same symbols with some more in the house."""
        if not isinstance(self.whole, JointProblem):
            return True
        more = self.whole.with_more(shifts=map(self.of_all, shifts))
        return all(
            before.items() <= after.items()
            for before, after in zip(self.whole.symbols, more.symbols, strict=True)
        )

    def duty_in_all(self, duty: Duty) -> Duty:
        """Return a duty of the house as the main office has it."""
        if isinstance(self.whole, JointProblem):
            return self.whole.in_all(self.number, duty)
        return duty

    def symbol(self, symbol: ShiftId) -> ShiftId:
        """Return the house's symbol for a shift."""
        if not isinstance(self.whole, JointProblem):
            return symbol
        origin = self.whole.origins.get(symbol)
        return symbol if origin is None else self.whole.symbols[self.number][origin]


def homes(problem: Problem) -> Iterator[Home]:
    """Yield the houses of a problem, or the one office."""
    if isinstance(problem, JointProblem):
        for number, house in enumerate(problem.houses):
            yield Home(problem, house, number)
    else:
        yield Home(problem, problem, MAIN)


def at_number(problem: Problem, number: int) -> Home:
    """Return the house of a number; an office by itself has one."""
    return next(home for home in homes(problem) if home.number == number)


def at_home(problem: Problem, name: StaffId) -> Home:
    """Return the house to which a person belongs."""
    if isinstance(problem, JointProblem):
        number = problem.home_of[name]
        return Home(problem, problem.houses[number], number)
    return Home(problem, problem, MAIN)


def asked_at_home(problem: Problem, request: Request) -> Request:
    """Return a request as the house has it to which the person belongs."""
    home = at_home(problem, request.staff)
    shifts = tuple(map(home.symbol, request.shifts))
    return request.model_copy(update={"shifts": shifts})


def expected_in(problem: Problem, day: ForecastDay) -> ForecastDay:
    """Return what is expected on the date of a day, in the house of the day."""
    home = next(home for home in homes(problem) if home.has(day))
    return home.problem.forecast_by_date[day.date]


def house_of(problem: Problem, finding: Finding) -> Problem:
    """Return the house of which a finding tells; an office by itself is its own."""
    if isinstance(problem, JointProblem):
        return next(
            house for house in problem.houses if house.office.name == finding.house
        )
    return problem


def at_house(problem: Problem, spot: Spot) -> tuple[Problem, Spot]:
    """Return the house in which a limit holds, and the place as that house names it."""
    if not isinstance(problem, JointProblem) or not spot.house:
        return problem, spot
    houses = {house.office.name: house for house in problem.houses}
    return houses[spot.house], spot.model_copy(update={"house": ""})


def named_for_all(problem: Problem) -> Problem:
    """Return a problem with the names of all houses, and how their symbols begin."""
    if not isinstance(problem, JointProblem):
        return problem
    names = (
        f"{mark}＝{house.office.name}" if number else house.office.name
        for number, (mark, house) in enumerate(
            zip(problem.marks, problem.houses, strict=True)
        )
    )
    office = problem.office.model_copy(update={"name": "　".join(names)})
    return problem.model_copy(update={"office": office})


def house_at(file: RosterFile, path: Path) -> int:
    """Return the number of the house whose file lies at a path; else the main's."""
    if isinstance(file, HousesFile) and path in file.paths:
        return file.paths.index(path)
    return MAIN


def _as_json(problem: Problem) -> object:
    if isinstance(problem, JointProblem):
        return [house.model_dump(mode="json") for house in problem.houses]
    return problem.model_dump(mode="json")


def _of_json(given: object) -> object:
    if isinstance(given, list):
        return joint([Problem.model_validate(house) for house in given])
    return given


AnyProblem = Annotated[Problem, PlainSerializer(_as_json), BeforeValidator(_of_json)]
"""A problem of one office or of several houses, which JSON keeps as their list."""


class MonthOrder(Frozen):
    """A month with its roster, as sent to worker processes."""

    problem: AnyProblem
    made: Roster
    """The roster as it was made."""
    roster: Roster
    """The current roster."""
    seed: int = 0


def is_lent(problem: Problem, duty: Duty) -> bool:
    """Tell whether a duty is work in an office to which its person is lent.

    Not so in one of the houses that are planned together.
    """
    member = problem.member_by_name.get(duty.staff)
    if member is None or problem.shift_of(duty) is None or duty.shift is None:
        return False
    shift, _row = as_begun(problem, duty.shift, member)
    return bool(shift.elsewhere)


def as_begun(
    problem: Problem, symbol: ShiftId, member: StaffMember
) -> tuple[Shift, StaffMember]:
    """Return a shift and a person as the house knows them in which it is begun."""
    origin = problem.origins.get(symbol) if isinstance(problem, JointProblem) else None
    if not isinstance(problem, JointProblem) or origin is None:
        return problem.shift_by_symbol[symbol], member
    shift = problem.houses[origin.house].shift_by_symbol[origin.symbol]
    return shift, problem.row(member.name, origin.house) or member


def symbol_in_all(problem: Problem, shift: Shift) -> ShiftId:
    """Return a shift's symbol in the problem of all houses, or of the one office."""
    if isinstance(problem, JointProblem):
        return problem.symbol_in_all(shift)
    return shift.symbol


SATELLITE = 1


class Beside(NamedTuple):
    """A satellite's problem with what its main's roster settles."""

    problem: Problem
    """The satellite's problem."""
    overruled: tuple[Duty, ...]
    """Cells that the satellite had pinned to something else; the main's holds."""
    without_call: tuple[dt.date, ...]
    """Nights with guests here on which the main has nobody on call (A-06)."""


def beside(main: Problem, roster: Roster, satellite: Problem) -> Beside:
    """Return a satellite beside its main's finished roster.

    People of the main office are here when that roster says so, and never else; people
    of the satellite are free where it does not call them away or on call.
    """
    both = joint([main, satellite])
    house = both.houses[SATELLITE]
    settled: list[Duty] = []
    for duty in roster.duties:
        if duty.staff not in house.member_by_name or duty.date not in house.period:
            continue
        whole = both.in_all(MAIN, duty)
        origin = both.origins.get(whole.shift) if whole.shift else None
        is_here = origin is not None and origin.house == SATELLITE
        if both.home_of[duty.staff] == SATELLITE and (origin is None or is_here):
            continue
        (seen,) = both.of_house(Roster(duties=(whole,)), SATELLITE).duties
        open_ = {"roles": (), "breaks": (), "events": ()}
        settled.append(seen.model_copy(update=open_ if is_here else {"breaks": ()}))
    cells = {(duty.staff, duty.date): duty for duty in settled}
    kept = [d for d in house.pins.duties if (d.staff, d.date) not in cells]
    own = {member.name for member in house.home.staff}
    nights = [night for night in roster.on_call if night.staff in own]
    called = {night.staff for night in nights}
    limits = tuple(
        PersonalLimit(
            staff=name,
            counted=Counted.ON_CALL,
            at_most=sum(night.staff == name for night in nights),
        )
        for name in sorted(called)
    )
    staff = (
        member.model_copy(update={"on_call": member.name in called})
        for member in house.staff
    )
    problem = house.model_copy(
        update={
            "staff": tuple(staff),
            "pins": Pins(duties=(*settled, *kept), on_call=tuple(nights)),
            "personal_limits": (*house.personal_limits, *limits),
        }
    )
    return Beside(
        problem,
        tuple(
            duty
            for duty in house.pins.duties
            if duty not in kept and duty.entry != cells[duty.staff, duty.date].entry
        ),
        tuple(
            day.date
            for day in house.forecast.days
            if day.overnight != 0 and day.date not in roster.on_call_by_date
        ),
    )
