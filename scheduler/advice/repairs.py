"""What would make a month legal: the cheapest ways out, and others besides.

Each is found in the elastic month, applied to the problem, solved once more by the
ordinary model near the roster made, and audited.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from scheduler.advice.elastic import ElasticMonth
from scheduler.advice.offers import Offers, to_be_mended
from scheduler.advice.ways import WaysOut
from scheduler.audit import audit
from scheduler.domain.advice import Helper, Repair
from scheduler.domain.agreements import Agreement, Spot
from scheduler.near import nearest
from scheduler.reports.effects import effects
from scheduler.rulebook import load
from scheduler.rulebook.spots import spot_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.advice.ways import Way
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Duty
    from scheduler.domain.staff import StaffMember
    from scheduler.search import Search

REPAIRS = 3
"""How many are looked for."""

REPAIR_SECONDS = 45.0
"""What all repairs of a roster may take together."""

NEAR_SECONDS = 2.0
"""Most that the ordinary model may take to come near the roster made."""


class Repairs:
    """The ways out of one month that is not legal.

    Parameters
    ----------
    problem
        The month.
    roster, findings
        The best roster of it, and what the audit found.
    search
        Clock and set-up of its own.
    """

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        findings: Sequence[Finding],
        search: Search,
    ) -> None:
        self._problem = problem
        self._roster = roster
        self._broken = to_be_mended(findings)
        self._search = search
        self._offers = Offers(problem, self._broken)
        self._elastic = ElasticMonth(problem, self._offers)
        dates = self._offers.broken_on
        self._ways = WaysOut(self._elastic, roster, dates, search)

    def find(self, most: int = REPAIRS) -> Iterator[Repair]:
        """Yield repairs, each of them enough by itself.

        The first one found says what nothing can cost less than.
        """
        first: Way | None = None
        for left in range(most, 0, -1):
            if not self._broken or self._search.is_over:
                return
            way = self._ways.next(self._search.left / left)
            if way is None:
                return
            first = first or way
            repair = self._repair(way).model_copy(
                update={
                    "bound": first.bound,
                    "confirmed": first.confirmed and way.price == first.bound,
                }
            )
            if not repair.remaining or left == most:
                yield repair
            if repair.remaining:
                return

    def _repair(self, way: Way) -> Repair:
        roster = self._elastic.model.read(lambda variable: way.values[variable.index])
        helpers = tuple(self._helpers(roster))
        names = {helper.member.name for helper in helpers}
        hidden = {one.name for one in self._offers.helpers} - names
        begun = {duty.shift for duty in roster.duties}
        roster = roster.model_copy(
            update={"duties": tuple(d for d in roster.duties if d.staff not in hidden)}
        )
        repair = Repair(
            helpers=helpers,
            forecast=tuple(
                day
                for others in self._elastic.model.otherwise.values()
                for day, comes in others.items()
                if way.values[comes.index]
            ),
            shifts=tuple(s for s in self._offers.shifts if s.symbol in begun),
            price=way.price,
            bound=way.bound,
        )
        changed = repair.applied_to(self._problem)
        agreements = self._agreements(audit(changed, roster))
        repair = repair.model_copy(update={"agreements": agreements})
        mended = repair.applied_to(self._problem)
        best = nearest(mended, self._roster, roster, (), self._search, NEAR_SECONDS)
        findings = audit(mended, best)
        known = self._problem.model_copy(
            update={"shifts": (*self._problem.shifts, *repair.shifts)}
        )
        return repair.model_copy(
            update={
                "remaining": to_be_mended(findings),
                "effects": effects(known, self._roster, best),
            }
        )

    def _helpers(self, roster: Roster) -> Iterator[Helper]:
        """Yield the temporary workers that a roster needs, and for what."""
        band = self._problem.office.night_band
        by_name = {member.name: member for member in self._offers.helpers}
        shifts = self._elastic.problem.shift_by_symbol
        for duty in roster.duties:
            if duty.staff in by_name and duty.shift is not None:
                shift = shifts[duty.shift]
                yield Helper(
                    member=_only(by_name[duty.staff], duty),
                    date=duty.date,
                    role=duty.roles[0],
                    begin=_moment(duty.date, shift.start),
                    end=_moment(duty.date, shift.end),
                    minutes=shift.work_minutes,
                )
        for call in roster.on_call:
            if call.staff in by_name:
                yield Helper(
                    member=by_name[call.staff],
                    date=call.date,
                    role=None,
                    begin=_moment(call.date, band.start),
                    end=_moment(call.date, band.end),
                    minutes=band.minutes,
                )

    def _agreements(self, findings: Sequence[Finding]) -> tuple[Agreement, ...]:
        """Return what has to be agreed on for a roster to break nothing."""
        rulebook = load(self._problem.period)
        amounts: Counter[Spot] = Counter()
        for finding in to_be_mended(findings):
            rule = rulebook[finding.rule]
            if rule.facet[finding.facet].yields is not None:
                amounts[spot_of(finding, rule)] += finding.amount
        return tuple(Agreement(spot=s, amount=amount) for s, amount in amounts.items())


def _only(member: StaffMember, duty: Duty) -> StaffMember:
    """Narrow a temporary worker to the shift that is needed."""
    return member.model_copy(update={"shifts": (duty.shift,), "on_call": False})


def _moment(date: dt.date, minute: int) -> dt.datetime:
    return dt.datetime.combine(date, dt.time()) + dt.timedelta(minutes=minute)
