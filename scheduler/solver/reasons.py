"""Why wishes were refused: the best roster that grants one, and what it costs.

A refused wish is granted by force and the month solved again around its date: first a
few dates, the rest of the roster held as it is, then more of them.  What is lost in
the best roster found is the reason.  That something must be lost is proven by the
levels themselves, so a roster found is enough to tell the truth: allow what the reason
names, and the wish can be granted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import LinearExpr

from scheduler.audit import audit
from scheduler.audit.figures.hours import wish_granted
from scheduler.domain.advice import Reason
from scheduler.domain.period import LONGEST_PERIOD
from scheduler.domain.requests import Want
from scheduler.domain.shifts import ShiftKind
from scheduler.solver.weights import LOST, weighed, weighed_at

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import Request
    from scheduler.domain.roster import Roster
    from scheduler.solver.search import Search

AROUND = (3, 8, LONGEST_PERIOD)
"""Dates before and after the wish that may change, in successive attempts."""

REASON_SECONDS = 20.0
"""What the reasons of all refused wishes of a roster may take together."""

SECONDS = (2.0, 4.0, 6.0)
"""Most that each attempt may take."""

COST = 1_000
"""Weight of what is lost against cells changed: breaches that need not move shall not,
or the reason would name them."""

FREE = (Want.DAY_OFF, Want.PAID_LEAVE, Want.MORNING_OFF, Want.AFTERNOON_OFF)


class Refusals:
    """The refused wishes of one finished roster.

    Parameters
    ----------
    problem
        What the roster was made from.
    model
        Its model.
    cp
        The model as it was before the levels were held.
    values
        The roster, by variable index.
    search
        Clock and set-up of its own: the wishes must not wait for what the levels left.
    """

    def __init__(
        self,
        problem: Problem,
        model: RosterModel,
        cp: CpModel,
        values: Sequence[int],
        search: Search,
    ) -> None:
        self._problem = problem
        self._model = model
        self._cp = cp
        self._values = values
        self._search = search
        self._cost = weighed(model, LOST)
        roster = self._read(values)
        self._lost = _Lost(problem, roster)
        self._best = self._cost_of(values)

    def reasons(self) -> Iterator[Reason]:
        """Yield a reason for every refused wish, in the order of the requests."""
        for request in self._problem.requests:
            if request in self._lost.refused:
                yield self._reason(request)

    def _reason(self, request: Request) -> Reason:
        """Widen the attempt until nothing but equal wishes is lost, or time is up."""
        best: tuple[int, Sequence[int]] | None = None
        for days, seconds in zip(AROUND, SECONDS, strict=True):
            if self._search.is_over:
                break
            values = self._granted(request, days, min(seconds, self._search.left))
            if values and (best is None or self._cost_of(values) < best[0]):
                best = self._cost_of(values), values
            if best and best[0] <= self._best:
                break
        if best is None:
            return Reason(request=request)
        return self._compared(request, *best)

    def _granted(self, request: Request, days: int, seconds: float) -> Sequence[int]:
        """Return the best roster that grants a wish and changes dates around it."""
        cp = self._cp.clone()
        cp.clear_objective()  # type: ignore[no-untyped-call]
        cp.clear_hints()  # type: ignore[no-untyped-call]
        cp.add(self._model.refusals[request] == 0)
        changed = []
        for date in self._problem.period.dates:
            held = abs((date - request.date).days) > days
            for variable in self._model.decisions(date):
                value = self._values[variable.index]
                if held:
                    cp.add(variable == value)
                else:
                    cp.add_hint(variable, value)
                    changed.append(variable if value == 0 else -variable)
        cp.minimize(self._cost * COST + LinearExpr.sum(changed))
        return self._search.run(cp, seconds).values

    def _compared(self, request: Request, cost: int, values: Sequence[int]) -> Reason:
        lost = _Lost(self._problem, self._read(values))
        new = (f for f in lost.breaches if f not in self._lost.breaches)
        breaches = tuple(sorted(new, key=lambda f: _distance(f, request)))
        gives_way = tuple(
            one
            for one in self._problem.requests
            if one in lost.refused and one not in self._lost.refused
        )
        return Reason(
            request=request,
            breaches=breaches,
            gives_way=gives_way,
            others=tuple(self._free_others(request, breaches)),
            same_worth=bool(gives_way) and not breaches and cost == self._best,
            unfinished=cost < self._best or not (breaches or gives_way),
        )

    def _free_others(
        self, request: Request, breaches: Sequence[Finding]
    ) -> Iterator[StaffId]:
        """Yield who could do the duty that is missing, but has asked to be free."""
        nights = {f.date for f in breaches if f.rule == "A-06"}
        dates = {finding.date for finding in breaches if finding.date}
        if not breaches:
            return
        for member in self._problem.staff:
            can = not nights or any(
                self._problem.shift_by_symbol[symbol].kind is ShiftKind.NIGHT
                for symbol in member.shifts
            )
            if can and member.name != request.staff and self._asks(member.name, dates):
                yield member.name

    def _asks(self, name: StaffId, dates: set[dt.date]) -> bool:
        asked = self._problem.requests_by_cell
        return any(
            one.want in FREE and one not in self._lost.refused
            for date in dates
            for one in asked.get((name, date), ())
        )

    def _cost_of(self, values: Sequence[int]) -> int:
        return weighed_at(self._model, LOST, values)

    def _read(self, values: Sequence[int]) -> Roster:
        return self._model.read(lambda variable: values[variable.index])


def _distance(finding: Finding, request: Request) -> int:
    """Return how many dates lie between; what has no date comes last."""
    if finding.date is None:
        return LONGEST_PERIOD
    return abs((finding.date - request.date).days)


class _Lost:
    """What a roster does not give: refused wishes, and what it breaks besides."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.refused = frozenset(
            request
            for request in problem.requests
            if not wish_granted(problem, roster, request)
        )
        self.breaches = tuple(
            finding
            for finding in audit(problem, roster)
            if finding.stance in LOST and finding.rule != "W-01"
        )
