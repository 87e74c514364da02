"""The linear model of a public instance: each person's days are a path of stints.

A stint is a run of days of work in full length.  Each person's horizon is cut into
stints and days off by a flow whose linear relaxation is exact; the lengths of runs and
the worked weekends are linear in the stints and need no variables of their own.
"""

from __future__ import annotations

from collections import defaultdict
from math import ceil, gcd
from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.public.evaluator import Roster
    from benchmarks.public.instance import Instance, Person


class ShiftModel:
    """The model of an instance.

    Attributes
    ----------
    cp
        The model, with the objective of the instance.
    x
        For each person, day and shift whether it is worked; what cannot be is missing.
    objective
        What is minimised.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.cp = CpModel()
        self.x: dict[tuple[str, int, str], IntVar] = {}
        for person in instance.people.values():
            _PersonRows(self, person).post()
        self.objective = LinearExpr.sum(self._penalties())
        self.cp.minimize(self.objective)

    @property
    def cells(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """The variables of each person and day, by index."""
        number = {name: index for index, name in enumerate(self.instance.people)}
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for (name, day, _), variable in self.x.items():
            cells[number[name], day].append(variable.index)
        return {cell: tuple(indices) for cell, indices in cells.items()}

    def roster(self, values: Sequence[int]) -> Roster:
        """Return the roster of a solution, given by variable index."""
        rows = {name: [""] * self.instance.days for name in self.instance.people}
        for (name, day, shift), variable in self.x.items():
            if values[variable.index]:
                rows[name][day] = shift
        return {name: tuple(row) for name, row in rows.items()}

    def value(self, values: Sequence[int]) -> int:
        """Return the objective of a solution, given by variable index."""
        objective = self.cp.proto.objective
        pairs = zip(objective.vars, objective.coeffs, strict=True)
        return round(objective.offset + sum(k * values[index] for index, k in pairs))

    def _penalties(self) -> list[LinearExpr | int]:
        """Return the terms of the objective."""
        terms: list[LinearExpr | int] = []
        for one in self.instance.on:
            worked = self.x.get((one.person, one.day, one.shift), 0)
            terms.append(one.weight * (1 - worked))
        for one in self.instance.against:
            terms.append(one.weight * self.x.get((one.person, one.day, one.shift), 0))
        for one in self.instance.cover:
            there = [
                self.x[name, one.day, one.shift]
                for name in self.instance.people
                if (name, one.day, one.shift) in self.x
            ]
            lack = self.cp.new_int_var(0, one.required, "")
            surplus = self.cp.new_int_var(0, max(0, len(there) - one.required), "")
            self.cp.add(LinearExpr.sum(there) + lack - surplus == one.required)
            terms += [one.under * lack, one.over * surplus]
        return terms


class _PersonRows:
    """Posts the variables and constraints of one person."""

    def __init__(self, model: ShiftModel, person: Person) -> None:
        self._cp, self._instance, self._person = model.cp, model.instance, person
        self._days = model.instance.days
        self._x = model.x
        for day in range(self._days):
            for shift in model.instance.shifts:
                if day not in person.off and person.most_of[shift]:
                    variable = self._cp.new_bool_var("")
                    self._x[person.name, day, shift] = variable

    def post(self) -> None:
        """Post all constraints of the person."""
        stints = self._stints()
        self._flow(stints)
        for day in range(self._days):
            covering = [v for (s, e), v in stints.items() if s <= day < e]
            self._cp.add(LinearExpr.sum(self._on(day)) == LinearExpr.sum(covering))
        self._weekends(stints)
        self._totals(stints)
        self._successions(stints)

    def _on(self, day: int, shifts: Sequence[str] | None = None) -> list[IntVar]:
        names = self._instance.shifts if shifts is None else shifts
        keys = ((self._person.name, day, shift) for shift in names)
        return [self._x[key] for key in keys if key in self._x]

    def _stints(self) -> dict[tuple[int, int], IntVar]:
        """Return a variable for each possible stint, by first day and end."""
        shortest, longest = self._person.run
        stints = {}
        for start in range(self._days):
            for end in range(start + 1, min(start + longest, self._days) + 1):
                is_inside = start > 0 and end < self._days
                if not self._on(end - 1):
                    break
                if end - start >= shortest or not is_inside:
                    stints[start, end] = self._cp.new_bool_var("")
        return stints

    def _flow(self, stints: dict[tuple[int, int], IntVar]) -> None:
        """Cut the horizon into stints and days off.

        At every border between two days stands at most one of: an end of a stint, which
        begins days off of the least length; or days off of that length already, which a
        stint or one more day off follows.
        """
        days, least = self._days, max(1, self._person.fewest_off)
        ends, starts = defaultdict(list), defaultdict(list)
        for (start, end), variable in stints.items():
            starts[start].append(variable)
            ends[end].append(variable)
        rested: list[IntVar | int] = [1]
        for border in range(days):
            since = border - least
            arriving = ends[since] if since > 0 else []
            idle = self._cp.new_bool_var("")
            into = LinearExpr.sum([*arriving, rested[border]])
            self._cp.add(into == LinearExpr.sum([*starts[border], idle]))
            rested.append(idle)

    def _weekends(self, stints: dict[tuple[int, int], IntVar]) -> None:
        """Limit the weekends with work; no two stints touch the same weekend."""
        touched = {
            stint: sum(
                any(stint[0] <= day < stint[1] for day in days)
                for days in self._instance.weekends
            )
            for stint in stints
        }
        if sum(touched.values()) > self._person.weekends:
            counted = [touched[stint] * v for stint, v in stints.items()]
            self._cp.add(LinearExpr.sum(counted) <= self._person.weekends)

    def _totals(self, stints: dict[tuple[int, int], IntVar]) -> None:
        """Limit the shifts of each kind and the minutes of all."""
        person, shifts = self._person, self._instance.shifts
        able = [name for name in shifts if person.most_of[name]]
        worked = {
            name: [v for day in range(self._days) for v in self._on(day, [name])]
            for name in able
        }
        for name, variables in worked.items():
            if len(variables) > person.most_of[name]:
                self._cp.add(LinearExpr.sum(variables) <= person.most_of[name])
        unit = gcd(*(shifts[name].minutes for name in able)) or 1
        least, most = ceil(person.minutes[0] / unit), person.minutes[1] // unit
        lengths = {shifts[name].minutes // unit for name in able}
        if lengths == {1}:
            total = LinearExpr.sum([(e - s) * v for (s, e), v in stints.items()])
        else:
            total = LinearExpr.sum(
                [shifts[n].minutes // unit * v for n in able for v in worked[n]]
            )
        self._cp.add_linear_constraint(total, least, most)

    def _successions(self, stints: dict[tuple[int, int], IntVar]) -> None:
        """Forbid successions, all shifts with the same forbidden ones at once.

        One of the first kind on a day and one of the second on the next cannot both be
        worked, and either needs a stint.
        """
        shifts = self._instance.shifts.values()
        for forbidden in dict.fromkeys(
            one.not_before for one in shifts if one.not_before
        ):
            first = [one.name for one in shifts if forbidden <= one.not_before]
            for day in range(self._days - 1):
                after = self._on(day + 1, sorted(forbidden))
                before = self._on(day, first)
                if not before or not after:
                    continue
                either = [v for (s, e), v in stints.items() if s <= day + 1 and day < e]
                both = LinearExpr.sum([*before, *after])
                self._cp.add(both <= LinearExpr.sum(either))
