"""Nights and hours agreed on, held against everything else that was agreed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.precheck import Bound, Line, Topic, Verdict
from scheduler.domain.shifts import ShiftKind
from scheduler.precheck.person_month import nights_of, own_shifts, sums_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground
    from scheduler.precheck.person_month import Month, Nights


def agreed_line(member: StaffMember, code: str, required: int, possible: int) -> Line:
    """Return a line on a contract that cannot be kept."""
    return Line(
        topic=Topic.CONTRACTS,
        code=code,
        verdict=Verdict.IMPOSSIBLE,
        contract=True,
        people=(member.name,),
        required=required,
        possible=possible,
    )


def nights_agreed(ground: Ground, member: StaffMember, month: Month) -> Iterator[Line]:
    """Find more nights agreed on than can be passed, and what they are up against."""
    agreed = ground.agreed("L-05", "nights_min", member.name)
    least = (member.contract.nights_min or 0) - agreed
    if least <= 0:
        return
    shifts = [s for s in own_shifts(ground, member) if s.kind is ShiftKind.NIGHT]
    nights = nights_of(ground, member, shifts)
    bounds = _bounds(ground, member, month, nights)
    bound = min(bounds, key=lambda one: bounds[one])
    if bounds[bound] >= least:
        return
    symbols = {shift.symbol for shift in shifts}
    able = sum(
        any(one.shift.symbol in symbols for one in ground.working(member, date))
        for date in ground.problem.period.dates
    )
    line = agreed_line(member, "nights_min", least, max(0, bounds[bound]))
    facts = {
        "bound": bound,
        "dates": able,
        "employed": month.dates,
        "owed": month.owed,
        "begins": month.begins,
        "night": nights.shortest,
        "cap": ground.month_cap(member),
        "hours": _hours_left(ground, member, month) or 0,
    }
    yield line.model_copy(update={"facts": facts})


def _bounds(
    ground: Ground, member: StaffMember, month: Month, nights: Nights
) -> dict[Bound, int]:
    """Return the most nights by each of the limits, alone."""
    length = max(1, nights.shortest)
    limit = ground.nights_limit(member)
    hours = _hours_left(ground, member, month)
    most = range(nights.most + 1)
    bounds = {
        Bound.LIMIT: limit,
        Bound.DATES: nights.most,
        Bound.WEEKS: month.begins,
        Bound.LAW: ground.month_cap(member) // length,
        Bound.HOURS: None if hours is None else hours // length,
        Bound.DAYS_OFF: max(n for n in most if nights.dates(n) <= max(0, month.room)),
    }
    return {bound: number for bound, number in bounds.items() if number is not None}


def _hours_left(ground: Ground, member: StaffMember, month: Month) -> int | None:
    """Return the hours agreed on at most, without those of absence."""
    most = member.contract.minutes_max
    if most is None:
        return None
    most += ground.agreed("L-03", "hours_max", member.name)
    return most - month.absent * member.contract.day_minutes


def hours_between(ground: Ground, member: StaffMember, month: Month) -> Iterator[Line]:
    """Find hours agreed on from and to, between which no number of shifts comes to lie.

    Nothing is said where nights on call or half days of leave add hours of their own.
    """
    least, most = member.contract.minutes_min, member.contract.minutes_max
    if least is None or most is None or month.extra:
        return
    least -= ground.agreed("L-03", "hours_min", member.name)
    most += ground.agreed("L-03", "hours_max", member.name)
    sums = sums_of(ground, member, month)
    below, above = sums.below(least), sums.above(most)
    if below is None or above is None or sums.below(most + 1) != below:
        return
    line = agreed_line(member, "hours_between", least, below)
    lengths = {shift.work_minutes for shift in own_shifts(ground, member)}
    facts = {
        "most": most,
        "above": above,
        "lengths": ",".join(str(length) for length in sorted(lengths)),
    }
    yield line.model_copy(update={"facts": facts})
