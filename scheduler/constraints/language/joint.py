"""`JointModel`: houses that share people as one CP-SAT model.

There is one cell for each person and date, with the shifts of all houses that the
person may begin.  Each house has a `RosterModel` of its own on the same CP-SAT model,
in which the shifts of the other houses are work elsewhere.  Its rules are posted there:
those of people with all of their hours, those of the house with what is done in it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

from scheduler.constraints.language.crew import Crew
from scheduler.constraints.language.options import (
    Cell,
    CellFilter,
    Exclusion,
    Option,
    options_of,
    outside,
)
from scheduler.constraints.language.roster_model import Build, RosterModel
from scheduler.constraints.language.scope import agreed_amounts, no_relaxation
from scheduler.constraints.language.standing import StandingCells
from scheduler.constraints.language.variables import Variables
from scheduler.domain.agreements import Spot
from scheduler.domain.between_houses import MAIN, Origin, plain_role
from scheduler.domain.forecast import ForecastDay, HouseDay
from scheduler.domain.joint import JointProblem
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.staff import StaffMember


class JointModel(RosterModel):
    """The model of a main office and its satellites; parameters as in `RosterModel`.

    Days of ``alternatives`` name their house (`HouseDay`).

    Attributes
    ----------
    joint
        The problem.
    houses
        The model of each house.
    """

    def __init__(
        self,
        problem: JointProblem,
        relaxation: Callable[[Spot], int] = no_relaxation,
        alternatives: Sequence[ForecastDay] = (),
        standing: Roster | None = None,
        absences: Collection[Cell] = (),
        exclusions: Sequence[tuple[str, Exclusion]] = (),
    ) -> None:
        self.joint = problem
        given = [_in_house(relaxation, one.office.name) for one in problem.houses]
        self._of_houses = [
            _cell_filter(one, exclusions, own)
            for one, own in zip(problem.houses, given, strict=True)
        ]
        super().__init__(problem, relaxation, (), standing, absences)
        days = _by_house(problem, alternatives)
        # Agreements, and so penalties, are those of each house.
        self._agreed = {}
        self.houses = tuple(
            _House(
                self,
                number,
                given[number],
                days[number],
                problem.of_house(standing, number) if standing else None,
            )
            for number in range(len(problem.houses))
        )
        for number, house in enumerate(self.houses):
            house.doubles.earlier = [one.doubles for one in self.houses[:number]]
        self._link(alternatives)

    def _link(self, alternatives: Iterable[ForecastDay]) -> None:
        """Let guests of satellites come to the main office's knowledge (A-06)."""
        causes: dict[ForecastDay, list[IntVar]] = defaultdict(list)
        for day in alternatives:
            assert isinstance(day, HouseDay)
            comes = self.houses[day.house].alternatives[day.date][day]
            self.alternatives[day.date][day] = comes
            told = _told_main(self.joint, day)
            if told is not None:
                causes[told].append(comes)
        for day, literals in causes.items():
            known = self.houses[MAIN].alternatives[day.date][day]
            self.cp.add(LinearExpr.sum(literals) == known)

    def _make_variables(self, absences: Collection[Cell]) -> Variables:
        self.decided = _OfAll(
            self.cp,
            self.joint,
            self._of_houses,
            self._cell_filter,
            self._standing,
            absences,
        )
        return self.decided

    def post(self, rules: Iterable[tuple[str, Build]]) -> None:
        """Post the rules in the model of each house; call only once."""
        rules = tuple(rules)
        for number, house in enumerate(self.houses):
            house.post(rules)
            self.take(house, house.problem.office.name)
            for request, slack in house.refusals.items():
                self.refusals[self.joint.asked_in_all(number, request)] = slack


class _House(RosterModel):
    """The model of one house, on the cells of the joint model."""

    def __init__(
        self,
        joint: JointModel,
        number: int,
        relaxation: Callable[[Spot], int],
        alternatives: Sequence[ForecastDay],
        standing: Roster | None,
    ) -> None:
        self._of_joint, self._number = joint, number
        problem = joint.joint.houses[number]
        given = relaxation, alternatives, standing
        super().__init__(problem, *given, cp=joint.cp)

    def _make_variables(self, absences: Collection[Cell]) -> Variables:
        own = _OfHouse(
            self._of_joint.decided,
            self._number,
            self._cell_filter,
            self._standing,
        )
        self._of_joint.decided.add(own)
        return own


def _by_house(
    joint: JointProblem, alternatives: Iterable[ForecastDay]
) -> list[list[ForecastDay]]:
    """Return the forecast days of each house that may replace the expected ones."""
    days: list[list[ForecastDay]] = [[] for _house in joint.houses]
    for day in alternatives:
        assert isinstance(day, HouseDay)
        days[day.house].append(day)
        told = _told_main(joint, day)
        if told is not None:
            days[MAIN].append(told)
    return [list(dict.fromkeys(own)) for own in days]


def _told_main(joint: JointProblem, day: HouseDay) -> ForecastDay | None:
    """Return what a day of a satellite changes for the main office, if anything."""
    if day.house == MAIN:
        return None
    told = joint.of_main(day)
    return None if told == joint.houses[MAIN].forecast_by_date[day.date] else told


def _in_house(relaxation: Callable[[Spot], int], name: str) -> Callable[[Spot], int]:
    """Return what may be exceeded in one house, of what may in all."""
    return lambda spot: relaxation(spot.model_copy(update={"house": name}))


def _cell_filter(
    house: Problem,
    exclusions: Sequence[tuple[str, Exclusion]],
    relaxation: Callable[[Spot], int],
) -> CellFilter:
    """Return the tests of a house for duties that its rules exclude."""
    agreed = agreed_amounts(house)
    return CellFilter(house, exclusions, lambda spot: agreed[spot] + relaxation(spot))


class _OfAll(Variables):
    """The cells of everybody, with the options of all houses.

    The crews are those of the houses, which are added one after another.
    """

    def __init__(
        self,
        cp: CpModel,
        joint: JointProblem,
        of_houses: Sequence[CellFilter],
        cell_filter: CellFilter,
        standing: StandingCells,
        absences: Collection[Cell],
    ) -> None:
        self.joint = joint
        self._of_houses = of_houses
        self._houses: list[_OfHouse] = []
        self._seen: tuple[Roster, list[Roster]] | None = None
        super().__init__(cp, joint, cell_filter, standing, absences)

    def add(self, house: _OfHouse) -> None:
        """Take over the crews of a house."""
        self._houses.append(house)
        for date, crews in house.crews.items():
            self.crews[date] += crews

    def _options(self, member: StaffMember, date: dt.date) -> Iterator[Option]:
        home = self.joint.home_of[member.name]
        own = self.joint.houses[home].member_by_name[member.name]
        for option in options_of(self.joint.houses[home], own, date):
            if option.shift is None:
                yield option
        for number, house in enumerate(self.joint.houses):
            row = house.member_by_name.get(member.name)
            if row is not None:
                yield from self._begun_in(number, row, date, home, own)

    def _begun_in(
        self,
        number: int,
        row: StaffMember,
        date: dt.date,
        home: int,
        own: StaffMember,
    ) -> Iterator[Option]:
        """Yield a person's shifts of a house that neither it nor theirs excludes."""
        house, symbols = self.joint.houses[number], self.joint.symbols
        for option in options_of(house, row, date):
            origin = Origin(number, option.shift) if option.shift else None
            # Work in another house is an option from there.
            if origin is None or origin not in symbols[number]:
                continue
            if self._of_houses[number].excluded_by(row, date, option) is not None:
                continue
            if number != home:
                # Only the house of an event knows how much longer it makes the day.
                shift = house.shift_by_symbol[origin.symbol]
                if outside(house, shift, option.events):
                    continue
                seen = Option(symbols[home][origin], (plain_role(own),), None)
                if self._of_houses[home].excluded_by(own, date, seen) is not None:
                    continue
            yield option._replace(shift=symbols[MAIN][origin])

    def _takes_call(self, member: StaffMember, date: dt.date) -> bool:
        """Tell whether the person may be on call: in the main office, where listed."""
        houses = {MAIN, self.joint.home_of[member.name]}
        rows = {n: self.joint.houses[n].member_by_name.get(member.name) for n in houses}
        return all(
            row is not None
            and self._of_houses[n].on_call_excluded_by(row, date) is None
            for n, row in rows.items()
        )

    def _crews_of(self, date: dt.date) -> list[Crew]:
        return []

    def takers_on(self, date: dt.date, roster: Roster) -> Iterator[tuple[int, int]]:
        """Yield, by index, how many of each crew of a date take each break."""
        if self._seen is None or self._seen[0] is not roster:
            seen = [self.joint.of_house(roster, n) for n in range(len(self._houses))]
            self._seen = roster, [*seen]
        for house, own in zip(self._houses, self._seen[1], strict=True):
            yield from house.takers_on(date, own)


class _OfHouse(Variables):
    """The cells of the people of a house: its own shifts, and others as elsewhere."""

    def __init__(
        self,
        whole: _OfAll,
        number: int,
        cell_filter: CellFilter,
        standing: StandingCells,
    ) -> None:
        self._whole, self._number = whole, number
        super().__init__(whole.cp, whole.joint.houses[number], cell_filter, standing)

    def _add_date(self, date: dt.date) -> None:
        for member in self._problem.staff:
            seen: dict[Option, list[IntVar]] = defaultdict(list)
            for option, literal in self._whole.cells[member.name, date].items():
                seen[self._seen_from_here(member, option)].append(literal)
            self.cells[member.name, date] = {
                option: self._one(literals, f"{member.name}/{date}/{option}")
                for option, literals in seen.items()
            }
            called = self._whole.on_call.get((member.name, date))
            if called is not None:
                self.on_call[member.name, date] = called
        self._add_crews(date)

    def _seen_from_here(self, member: StaffMember, option: Option) -> Option:
        joint = self._whole.joint
        if option.shift is None:
            return option
        origin = joint.origins[option.shift]
        symbol = joint.symbols[self._number][origin]
        if origin.house == self._number:
            return option._replace(shift=symbol)
        return Option(symbol, (plain_role(member),), None)

    def _one(self, literals: Sequence[IntVar], name: str) -> IntVar:
        """Return a variable that is 1 if one of the literals of a cell is."""
        if len(literals) == 1:
            return literals[0]
        one = self.cp.new_bool_var(name)
        self.cp.add(LinearExpr.sum(literals) == one)
        return one

    def _crews_of(self, date: dt.date) -> list[Crew]:
        """Group who begins the same shift; what is worked elsewhere has none here."""
        crews = super()._crews_of(date)
        own = self._whole.joint.symbols[self._number]
        here = {
            symbol for origin, symbol in own.items() if origin.house == self._number
        }
        return [crew for crew in crews if crew.shift.symbol in here]
