"""Edits of single cells of a roster, and what of a roster may not change.

Functions put a shift into a person's cell, take it away, or leave it open.  `Settled`
names the cells that stay as they are, such as those edited by hand.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Self

from scheduler.audit.consistency.wishes import pin_mistakes
from scheduler.domain.absences import Vacancy
from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.homes import as_begun, is_lent
from scheduler.domain.problem import Pins, Problem
from scheduler.domain.roster import Roster, changes
from scheduler.domain.scenario import Absence, Scenario
from scheduler.domain.shifts import LEAVE, Duty, OffKind, OnCall, Role, Shift
from scheduler.domain.staff import StaffMember

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Settled:
    """The part of a roster that may not change."""

    now: dt.date
    """First date that may change."""
    cells: frozenset[tuple[StaffId, dt.date]] = frozenset()
    nights: frozenset[dt.date] = frozenset()
    """Cells, and nights on call, that stay as they are from then on."""
    absences: tuple[Absence, ...] = ()
    """Absences, on whose dates the person neither works nor is on call."""
    away: frozenset[StaffId] = frozenset()
    """People whose days change only if changes for others are not enough."""

    @classmethod
    def by_hand(
        cls, problem: Problem, made: Roster, roster: Roster, scenario: Scenario
    ) -> Self:
        """Return as settled the past, what was changed by hand, and absences.

        Parameters
        ----------
        problem, made, roster
            The month, the roster as it was solved, and the current roster.
        scenario
            What has changed.  Cells that it names, and those of the mornings after,
            which follow from them, are not settled as hand edits.
        """
        changed = [
            change
            for change in changes(problem, made, roster)
            if not _is_asked(change.staff, change.date, scenario)
        ]
        return cls(
            now=scenario.now,
            cells=frozenset(
                (one.staff, one.date) for one in changed if one.on_call is None
            ),
            nights=frozenset(one.date for one in changed if one.on_call),
            absences=scenario.absences,
            away=scenario.away,
        )

    def unpinned(self, pins: Pins) -> Settled:
        """Return a copy without the cells and nights that have a pin of their own."""
        return replace(
            self,
            cells=self.cells - {(pin.staff, pin.date) for pin in pins.duties},
            nights=self.nights - {pin.date for pin in pins.on_call},
        )

    def covers(self, spot: Spot) -> bool:
        """Return whether only settled cells count for the limit at a spot.

        The spot of a weekly limit has the first date of its week.
        """
        absent = spot.rule == "W-02" and any(
            spot.staff == one.staff and spot.date in one for one in self.absences
        )
        return absent or (spot.date is not None and spot.date <= self.now - WEEK)


def with_shift_open(problem: Problem, roster: Roster, gap: Vacancy) -> Roster:
    """Return the roster with a vacant shift taken from the person released from it.

    The person gets a day off on the date, and after a night on the next date too.
    """
    if gap.instead_of is None:
        return roster
    if gap.shift is None:
        return with_on_call(roster, gap.date, None)
    off = Duty(staff=gap.instead_of, date=gap.date, off=OffKind.DAY_OFF)
    return with_duty(problem, roster, off)


def with_absence(
    problem: Problem, roster: Roster, name: StaffId, date: dt.date
) -> Roster:
    """Return the roster with somebody absent on a date.

    Their shift becomes an absence, the morning after a night a day off, and a night on
    call that begins on the date has nobody.
    """
    duty = roster.by_cell.get((name, date))
    if duty is not None and duty.shift is not None:
        roster = with_duty(problem, roster, _off(name, date, OffKind.ABSENT))
    if roster.on_call_by_date.get(date) == name:
        roster = with_on_call(roster, date, None)
    return roster


def with_shift_taken(
    problem: Problem, roster: Roster, gap: Vacancy, member: StaffMember
) -> Roster:
    """Return the roster with a vacant shift in a person's cell, and 明 after a night.

    Breaks are those of the person released, and so are the roles if the other may do
    them.

    Parameters
    ----------
    roster
        The roster in which the shift is still in the cell of the person released.
    """
    rest = with_shift_open(problem, roster, gap)
    if gap.shift is None:
        return with_on_call(rest, gap.date, member.name)
    shift, row = as_begun(problem, gap.shift, member)
    known = None
    if gap.instead_of is not None:
        known = roster.by_cell[gap.instead_of, gap.date]
    roles = known.roles if known is not None else ()
    duty = Duty(
        staff=member.name,
        date=gap.date,
        shift=gap.shift,
        roles=roles if _does(row, roles) else _usual(row, shift),
        breaks=known.breaks if known is not None else shift.break_options[0],
    )
    return with_duty(problem, rest, duty)


def leave_taken(
    problem: Problem, roster: Roster, gap: Vacancy, member: StaffMember
) -> OffKind | None:
    """Return the leave or absence that a vacant shift would take from a person."""
    dates = [gap.date]
    if gap.shift is not None and problem.shift_by_symbol[gap.shift].passes_midnight:
        dates.append(gap.date + ONE_DAY)
    duties = (roster.by_cell.get((member.name, date)) for date in dates)
    kinds = (duty.off for duty in duties if duty is not None)
    return next((off for off in kinds if off in LEAVE), None)


def with_days_off(problem: Problem, roster: Roster) -> Roster:
    """Return the roster with empty cells filled: days off, or 明 after a night."""
    known = roster.by_cell
    missing = tuple(
        _off(member.name, date, _kind_of_empty(problem, roster, member, date))
        for date in problem.period.dates
        for member in problem.staff
        if (member.name, date) not in known
    )
    if not missing:
        return roster
    return roster.model_copy(update={"duties": (*roster.duties, *missing)})


def _kind_of_empty(
    problem: Problem, roster: Roster, member: StaffMember, date: dt.date
) -> OffKind:
    """Return the kind of day off that an empty cell stands for."""
    if date not in member.employed:
        return OffKind.AWAY
    eve = member.name, date - ONE_DAY
    tail = problem.history.by_cell
    if _passes_midnight(problem, roster.by_cell.get(eve) or tail.get(eve)):
        return OffKind.AFTER_NIGHT
    return OffKind.DAY_OFF


def with_leave_held(problem: Problem, roster: Roster) -> Problem:
    """Return the problem with every leave, absence and loan of a roster pinned."""
    pinned = {(duty.staff, duty.date): duty for duty in problem.pins.duties}
    pinned |= {
        (duty.staff, duty.date): duty
        for duty in roster.duties
        if duty.off in LEAVE or is_lent(problem, duty)
    }
    pins = problem.pins.model_copy(update={"duties": tuple(pinned.values())})
    return problem.model_copy(update={"pins": pins})


def with_usual_jobs(problem: Problem, duty: Duty) -> Duty:
    """Return a duty with its usual roles and breaks, if it has only a shift."""
    if duty.shift is None or duty.roles:
        return duty
    known = problem.member_by_name[duty.staff]
    shift, member = as_begun(problem, duty.shift, known)
    return duty.model_copy(
        update={
            "roles": _usual(member, shift),
            "breaks": shift.break_options[0],
        }
    )


def _does(member: StaffMember, roles: tuple[Role, ...]) -> bool:
    return bool(roles) and set(roles) <= set(member.roles)


def _usual(member: StaffMember, shift: Shift) -> tuple[Role, ...]:
    """Return one role for all segments of a shift: care, if the person may do it."""
    allowed = [role for role in member.roles if role in (shift.roles or member.roles)]
    pool = (role for role in allowed if role.in_care_pool)
    role = next(pool, next(iter(allowed), member.roles[0]))
    return (role,) * len(shift.segments)


def with_duty(problem: Problem, roster: Roster, duty: Duty) -> Roster:
    """Return the roster with one duty replaced, and 明 set or removed the day after."""
    cells = dict(roster.by_cell)
    old = cells.get((duty.staff, duty.date))
    cells[duty.staff, duty.date] = duty
    after = duty.staff, duty.date + ONE_DAY
    if after in cells and cells[after].off is not OffKind.AWAY:
        if _passes_midnight(problem, duty):
            cells[after] = _off(*after, OffKind.AFTER_NIGHT)
        elif _passes_midnight(problem, old) and cells[after].off is OffKind.AFTER_NIGHT:
            cells[after] = _off(*after, OffKind.DAY_OFF)
    return roster.model_copy(update={"duties": tuple(cells.values())})


def _passes_midnight(problem: Problem, duty: Duty | None) -> bool:
    shift = problem.shift_of(duty)
    return shift is not None and shift.passes_midnight


def _off(name: StaffId, date: dt.date, kind: OffKind) -> Duty:
    return Duty(staff=name, date=date, off=kind)


def with_on_call(roster: Roster, date: dt.date, name: StaffId | None) -> Roster:
    """Return the roster with somebody else, or nobody, on call in a night."""
    nights = [one for one in roster.on_call if one.date != date]
    if name is not None:
        nights.append(OnCall(staff=name, date=date))
    return roster.model_copy(update={"on_call": tuple(nights)})


def with_pins(
    problem: Problem, made: Roster, roster: Roster, scenario: Scenario
) -> Problem:
    """Return the problem with the cells that were changed by hand pinned.

    Pins give a cell the options of absence and of leave that was not requested, which
    it has only if pinned.  Duties that may not be pinned are left out.
    """
    cells = Settled.by_hand(problem, made, roster, scenario).cells
    known = [duty for duty in problem.pins.duties if (duty.staff, duty.date) in cells]
    kept = [duty for duty in problem.pins.duties if duty not in known]
    by_hand = [duty for duty in roster.duties if (duty.staff, duty.date) in cells]
    asked = problem.model_copy(update={"pins": Pins(duties=tuple(by_hand))})
    wrong = {mistake.loc[2] for mistake in pin_mistakes(asked)}
    possible = [duty for i, duty in enumerate(by_hand) if i not in wrong]
    updated = problem.pins.model_copy(update={"duties": (*kept, *possible)})
    return problem.model_copy(update={"pins": updated})


def _is_asked(name: StaffId, date: dt.date, scenario: Scenario) -> bool:
    """Return whether a change in a cell follows from a scenario."""
    return (
        any(
            one.staff == name and one.first <= date <= one.last + ONE_DAY
            for one in scenario.absences
        )
        or any(
            duty.staff == name and duty.date <= date <= duty.date + ONE_DAY
            for duty in scenario.duties
        )
        or any(one.staff == name and one.last < date for one in scenario.leaving)
    )
