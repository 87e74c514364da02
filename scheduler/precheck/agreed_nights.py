"""Nights that all contracts together ask for, against those that rules allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.precheck import Line, Share, Topic, Verdict
from scheduler.domain.shifts import ShiftKind
from scheduler.precheck.at_most import most_beginning
from scheduler.precheck.person_month import month_of, own_shifts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground


def nights_together(ground: Ground) -> Iterator[Line]:
    """Find more nights agreed on, one person with another, than cover rules allow."""
    least = {m.name: _least(ground, m) for m in ground.problem.staff}
    wanted = {name: number for name, number in least.items() if number > 0}
    crowds = [
        most_beginning(ground, date, _is_night) for date in ground.problem.period.dates
    ]
    possible = sum(one.most for one in crowds)
    required = sum(wanted.values())
    named = {name for one in crowds for name in one.rules}
    if required <= possible or not named:
        return
    rules = (rule.name for rule in ground.problem.cover_rules)
    yield Line(
        topic=Topic.CONTRACTS,
        code="nights_together",
        verdict=Verdict.IMPOSSIBLE,
        contract=True,
        people=tuple(wanted),
        required=required,
        possible=possible,
        shares=tuple(Share(staff=n, amount=number) for n, number in wanted.items()),
        rules=tuple(name for name in rules if name in named),
    )


def _least(ground: Ground, member: StaffMember) -> int:
    """Return the fewest nights of a contract: as agreed on, or by its hours alone.

    By its hours where a person does nothing but nights, and nothing else adds hours.
    """
    contract = member.contract
    agreed = ground.agreed("L-05", "nights_min", member.name)
    least = (contract.nights_min or 0) - agreed
    shifts = own_shifts(ground, member)
    if shifts and all(map(_is_night, shifts)) and not _adds_hours(ground, member):
        longest = max(shift.work_minutes for shift in shifts)
        hours = ground.agreed("L-03", "hours_min", member.name)
        least = max(least, -(-((contract.minutes_min or 0) - hours) // longest))
    return least


def _adds_hours(ground: Ground, member: StaffMember) -> bool:
    """Tell whether anything but shifts, such as leave, may add to the hours."""
    month = month_of(ground, member)
    return month.leave > 0 or month.extra > 0


def _is_night(shift: Shift) -> bool:
    return shift.kind is ShiftKind.NIGHT
