"""What would make a month legal: the cheapest ways out, and others besides.

Each is found in the elastic month, applied to the problem, solved once more by the
ordinary model near the roster made, and audited.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scheduler.advice.elastic import ElasticMonth
from scheduler.advice.offers import Offers, to_be_mended
from scheduler.advice.open_part import OpenPart
from scheduler.advice.ways import WaysOut
from scheduler.audit import audit
from scheduler.audit.changes.effects import effects
from scheduler.domain.advice import Helper, Repair
from scheduler.domain.agreements import Agreement, Spot
from scheduler.rulebook import load
from scheduler.rulebook.spots import spot_of
from scheduler.solver.standing.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.advice.ways import Way
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Duty
    from scheduler.domain.staff import StaffMember
    from scheduler.solver.search import Search

REPAIRS = 3
"""How many are looked for."""

PARTS = 2
"""One of so many parts of what time is left goes to the next repair once the month has
begun: the first is wanted soon."""

REPAIR_SECONDS = 45.0
"""What all repairs of a roster may take together."""

NEAR_SECONDS = 2.0
"""Most that the ordinary model may take to come near the roster made."""


class Mended(NamedTuple):
    """A repair, and the month with it: the problem, a roster, and what the audit finds.

    The roster is near the one made.
    """

    repair: Repair
    problem: Problem
    roster: Roster
    findings: tuple[Finding, ...]


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
    part
        What of the month can change; all of it if not given.
    """

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        findings: Sequence[Finding],
        search: Search,
        part: OpenPart | None = None,
    ) -> None:
        self._problem = problem
        self._roster = roster
        self._part = part or OpenPart(problem, roster)
        self._broken = self._part.broken(findings)
        self._search = search
        self._offers = Offers(problem, self._broken, self._part.since)
        self._elastic = ElasticMonth(problem, self._offers, self._part)
        self._ways = WaysOut(
            self._elastic,
            roster,
            self._offers.broken_on,
            search,
            has_begun=self._part.since is not None,
            away=self._part.away,
        )

    def find(self, most: int = REPAIRS) -> Iterator[Mended]:
        """Yield repairs and what they mend, each of them enough by itself.

        The first one found says what nothing can cost less than.
        """
        first: Way | None = None
        for left in range(most, 0, -1):
            if not self._broken or self._search.is_over:
                return
            parts = min(left, PARTS) if self._part.since else left
            way = self._ways.next(self._search.left / parts)
            if way is None and first is None and not self._search.is_over:
                way = self._ways.next(self._search.left)
            if way is None:
                return
            first = first or way
            mended = self._mended(way, first)
            if not mended.repair.remaining or left == most:
                yield mended
            if mended.repair.remaining:
                return

    def _mended(self, way: Way, first: Way) -> Mended:
        roster = self._part.read(self._elastic.model, way.values)
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
            bound=first.bound,
            confirmed=first.confirmed and way.price == first.bound,
        )
        changed = repair.applied_to(self._problem)
        agreements = self._agreements(audit(changed, roster))
        repair = repair.model_copy(update={"agreements": agreements})
        mended = repair.applied_to(self._problem)
        best = self._nearest(mended, roster)
        findings = audit(mended, best)
        known = self._problem.model_copy(
            update={"shifts": (*self._problem.shifts, *repair.shifts)}
        )
        told = {
            "remaining": self._part.broken(findings),
            "effects": effects(known, self._roster, best),
        }
        return Mended(repair.model_copy(update=told), mended, best, findings)

    def _nearest(self, mended: Problem, roster: Roster) -> Roster:
        """Return the roster of a mended month that is nearest to the one made.

        Once the month has begun, ways out are near it already.
        """
        if self._part.since:
            return roster
        model = self._part.model(mended)
        values = nearest(model, self._roster, roster, self._search, NEAR_SECONDS)
        return self._part.read(model, values) if values else roster

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
        amounts -= Counter({spot: self._part.allowed(spot) for spot in amounts})
        return tuple(Agreement(spot=s, amount=amount) for s, amount in amounts.items())


def _only(member: StaffMember, duty: Duty) -> StaffMember:
    """Narrow a temporary worker to the shift that is needed."""
    return member.model_copy(update={"shifts": (duty.shift,), "on_call": False})


def _moment(date: dt.date, minute: int) -> dt.datetime:
    return dt.datetime.combine(date, dt.time()) + dt.timedelta(minutes=minute)
