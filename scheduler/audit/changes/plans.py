"""What differs between rosters of one month, and what a plan asks of people.

Cells, wishes and evenness are compared; of a plan for the rest of a month sums are
made, and a list of whom to call (連絡先).  Calls are sorted by when people have to be
reached: by the start of the first day that changes for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from scheduler.audit.figures.fairness import Sharing, fairness
from scheduler.audit.figures.people import (
    PersonMonth,
    people,
    refused_wishes,
    rest_around,
)
from scheduler.audit.findings import ALL, in_order_of_time
from scheduler.domain.advice import Effects
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import Interval
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.homes import asked_at_home
from scheduler.domain.ledger import Burden, BurdenKind
from scheduler.domain.problem import Problem
from scheduler.domain.record import LevelOutcome, RosterRecord
from scheduler.domain.requests import Request
from scheduler.domain.roster import Change, Roster
from scheduler.domain.shifts import Duty, OffKind

if TYPE_CHECKING:
    from scheduler.domain.plan import Plan


class Candidate(Frozen):
    """One of several rosters for the same problem."""

    cells_changed: int
    """Cells and nights on call that differ from the first candidate's."""
    people: tuple[PersonMonth, ...]
    """In the order of the staff list."""
    levels: tuple[LevelOutcome, ...]
    """The search's outcome by level; empty if the roster comes from elsewhere."""

    @property
    def refused(self) -> tuple[Request, ...]:
        """Wishes that are not granted, by person."""
        return tuple(
            wish.request
            for month in self.people
            for wish in month.wishes
            if not wish.granted
        )


def compare(problem: Problem, rosters: Sequence[RosterRecord]) -> tuple[Candidate, ...]:
    """Return the figures of each candidate, in the order given.

    Breaks are assigned after the search, so they are not counted as differences.
    """
    return tuple(
        Candidate(
            cells_changed=_cells_changed(rosters[0], roster),
            people=tuple(_at_home(problem, one) for one in people(problem, roster)),
            levels=roster.outcomes,
        )
        for roster in rosters
    )


def _at_home(problem: Problem, month: PersonMonth) -> PersonMonth:
    """Return a person's month with wishes as the person's own house has them."""
    wishes = tuple(
        wish.model_copy(update={"request": asked_at_home(problem, wish.request)})
        for wish in month.wishes
    )
    return month.model_copy(update={"wishes": wishes})


def _cells_changed(first: RosterRecord, other: RosterRecord) -> int:
    cells = first.by_cell.keys() | other.by_cell.keys()
    nights = first.on_call_by_date.keys() | other.on_call_by_date.keys()
    changed = sum(
        _entry(first.by_cell.get(cell)) != _entry(other.by_cell.get(cell))
        for cell in cells
    )
    return changed + sum(
        first.on_call_by_date.get(night) != other.on_call_by_date.get(night)
        for night in nights
    )


def _entry(duty: Duty | None) -> tuple[object, ...]:
    return () if duty is None else duty.entry


def effects(problem: Problem, before: Roster, after: Roster) -> Effects:
    """Return what changes from one roster of a month to another.

    Parameters
    ----------
    problem
        Its people, requests and shifts count; people unknown to it are ignored.
    """
    known = problem.member_by_name
    kept = {
        "duties": tuple(duty for duty in after.duties if duty.staff in known),
        "on_call": tuple(call for call in after.on_call if call.staff in known),
    }
    own = after.model_copy(update=kept)
    lost, won = refused_wishes(problem, own), refused_wishes(problem, before)
    sizes_before = largest_deviations(problem, before)
    sizes = largest_deviations(problem, own)
    return Effects(
        wishes_lost=tuple(asked_at_home(problem, r) for r in lost if r not in won),
        wishes_won=tuple(asked_at_home(problem, r) for r in won if r not in lost),
        duties=tuple(
            duty
            for duty in own.duties
            if _entry(before.by_cell.get((duty.staff, duty.date))) != duty.entry
        ),
        on_call=tuple(
            call
            for call in after.on_call
            if before.on_call_by_date.get(call.date) != call.staff
        ),
        fairness=tuple(
            (burden, size, sizes[burden])
            for burden, size in sizes_before.items()
            if burden in sizes and sizes[burden] != size
        ),
    )


def largest_deviations(problem: Problem, roster: Roster) -> dict[Burden, int]:
    """Return the largest absolute deviation from a fair share, by burden."""
    largest: dict[Burden, int] = {}
    for sharing in fairness(problem, roster):
        sizes = [abs(standing.deviation) for standing in sharing.standings]
        size = max(sizes, default=0)
        largest[sharing.burden] = max(largest.get(sharing.burden, 0), size)
    return largest


class MonthChange(Frozen):
    """One person's month before and after."""

    before: PersonMonth
    after: PersonMonth

    @property
    def staff(self) -> StaffId:
        """Whose month it is."""
        return self.after.staff

    @property
    def is_other(self) -> bool:
        """Whether nights, days off, weekends or hours differ."""
        return _sums(self.before) != _sums(self.after)

    @property
    def minutes_more(self) -> int:
        """Minutes of work beyond those before; negative if they are fewer."""
        return self.after.total - self.before.total


def months(plan: Plan) -> tuple[MonthChange, ...]:
    """Return each person's month before and after, in the order of the staff list."""
    pairs = zip(
        people(plan.problem, plan.before),
        people(plan.problem, plan.roster),
        strict=True,
    )
    return tuple(MonthChange(before=before, after=after) for before, after in pairs)


def _sums(month: PersonMonth) -> tuple[int, ...]:
    return (
        month.nights,
        month.on_call,
        month.rest_days,
        month.days_off,
        month.credited,
        month.total,
    )


class PlanSums(Frozen):
    """The figures of a plan: people asked, cells changed, limits kept or broken."""

    disturbed: tuple[StaffId, ...]
    """Who has to be asked, in the order of the staff list."""
    cells: int
    """Cells and nights on call that differ for them."""
    nearest: dt.date | None
    """First date on which anything differs for them."""
    breaches: tuple[Finding, ...]
    """Findings on law, pins and musts, in order of time."""
    contracts: tuple[Finding, ...]
    """Findings on contracts, in order of time."""
    effects: Effects
    """Compared with the roster before the plan."""
    deviations: tuple[tuple[Burden, int, int], ...]
    """Largest deviation from a fair share before and after, in thousandths."""
    hours: tuple[MonthChange, ...]
    """People who work more or fewer hours than before, in the order of the staff list.
    """
    is_least: bool
    """Whether it is proven that no plan keeps as many limits and disturbs less."""


def plan_sums(plan: Plan) -> PlanSums:
    """Return the figures of a plan."""
    before = largest_deviations(plan.problem, plan.before)
    after = largest_deviations(plan.problem, plan.roster)
    hard = [finding for finding in plan.findings if finding.stance.is_hard]
    contract = [one for one in plan.findings if one.stance is Stance.CONTRACT]
    return PlanSums(
        disturbed=plan.disturbed,
        cells=len(plan.asks),
        nearest=min((change.date for change in plan.asks), default=None),
        breaches=in_order_of_time(hard),
        contracts=in_order_of_time(contract),
        effects=effects(plan.problem, plan.before, plan.roster),
        deviations=tuple(
            (burden, before.get(burden, 0), size) for burden, size in after.items()
        ),
        hours=tuple(change for change in months(plan) if change.minutes_more),
        is_least=plan.is_least,
    )


FREE = (OffKind.DAY_OFF, OffKind.PAID_LEAVE)

ALWAYS_TOLD = (BurdenKind.NIGHT, BurdenKind.REST_DAY)
"""Burdens that are listed for everybody in their group, changed or not."""


class Borne(Frozen):
    """How often a person bears a burden before and after, and the fair share."""

    burden: Burden
    before: int
    after: int
    share: int
    """Fair share in the planned month, in thousandths of a time."""
    deviation: int
    """Times above the share, in thousandths, earlier months included; negative if
    below."""


class Call(Frozen):
    """One person to be asked."""

    staff: StaffId
    changes: tuple[Change, ...]
    """In order of time."""
    by: dt.datetime
    """Begin of the first changed day, by the earlier of its old and new work."""
    notice: int
    """Days from the first date that may change to the first that does."""
    rest_before: int | None
    """Least rest before new work, in minutes; ``None`` if there is no such rest."""
    rest_after: int | None
    """Least rest after new work, likewise."""
    before: PersonMonth
    after: PersonMonth
    breaches: tuple[Finding, ...]
    """The person's findings on law, pins, musts and contract."""
    borne: tuple[Borne, ...]
    freed: tuple[dt.date, ...]
    """Dates of work that become days off or leave."""
    taken: tuple[dt.date, ...]
    """Days off and leave that become dates of work."""


def phone_list(plan: Plan) -> tuple[Call, ...]:
    """Return the people to ask, sorted by when they have to be reached."""
    monthly = {change.staff: change for change in months(plan)}
    before = fairness(plan.problem, plan.before)
    after = fairness(plan.problem, plan.roster)
    place = {member.name: i for i, member in enumerate(plan.problem.staff)}
    calls = []
    changes = sorted(plan.asks, key=lambda one: place[one.staff])
    for name, own in groupby(changes, key=lambda change: change.staff):
        found = tuple(own)
        rests = [
            rest_around(plan.problem, plan.roster, name, work)
            for work in _new_work(plan.problem, found)
        ]
        calls.append(
            Call(
                staff=name,
                changes=found,
                by=min(_begin(plan.problem, change) for change in found),
                notice=(min(c.date for c in found) - plan.scenario.now).days,
                rest_before=_least(one.before for one in rests),
                rest_after=_least(one.after for one in rests),
                before=monthly[name].before,
                after=monthly[name].after,
                breaches=tuple(
                    one
                    for one in plan.findings
                    if one.stance in ALL and name in one.people
                ),
                borne=tuple(_borne(name, before, after)),
                freed=tuple(c.date for c in found if _is_freed(c)),
                taken=tuple(c.date for c in found if _is_taken(c)),
            )
        )
    return tuple(sorted(calls, key=lambda call: (call.by, place[call.staff])))


def _begin(problem: Problem, change: Change) -> dt.datetime:
    """Return when a changed day begins: the earlier of its old and new work."""
    clocks = [
        interval.start
        for duty in (change.before, change.after)
        if (interval := _interval(problem, duty)) is not None
    ]
    if change.on_call is not None:
        clocks.append(problem.office.on_call_band.start)
    midnight = dt.datetime.combine(change.date, dt.time())
    return midnight + dt.timedelta(minutes=min(clocks, default=0))


def _interval(problem: Problem, duty: Duty | None) -> Interval | None:
    """Return the clock interval of a duty's shift."""
    shift = problem.shift_of(duty)
    return shift.interval if shift else None


def _new_work(problem: Problem, changes: tuple[Change, ...]) -> Iterator[Interval]:
    """Yield the intervals of new work, in absolute minutes."""
    for change in changes:
        work = _interval(problem, change.after)
        if change.on_call and problem.office.settings.standby.is_work:
            work = problem.office.on_call_band
        if work is not None:
            yield work.shifted(problem.period.offset(change.date))


def _least(minutes: Iterator[int | None]) -> int | None:
    return min((one for one in minutes if one is not None), default=None)


def _borne(
    name: StaffId, before: tuple[Sharing, ...], after: tuple[Sharing, ...]
) -> Iterator[Borne]:
    for old, new in zip(before, after, strict=True):
        for had, has in zip(old.standings, new.standings, strict=True):
            is_told = has.times != had.times or new.burden.kind in ALWAYS_TOLD
            if has.staff == name and is_told:
                yield Borne(
                    burden=new.burden,
                    before=had.times,
                    after=has.times,
                    share=has.share,
                    deviation=has.deviation,
                )


def _is_freed(change: Change) -> bool:
    before, after = change.before, change.after
    was_work = before is not None and before.shift is not None
    return was_work and after is not None and after.off in FREE


def _is_taken(change: Change) -> bool:
    before, after = change.before, change.after
    was_free = before is not None and before.off in FREE
    return was_free and after is not None and after.shift is not None
