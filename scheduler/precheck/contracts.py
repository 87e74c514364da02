"""Hours, days off and nights by contract: whether they add up (L-02 to L-05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.precheck import Line, Topic, Verdict
from scheduler.precheck.agreed_nights import nights_together
from scheduler.precheck.agreed_sums import (
    agreed_line,
    hours_between,
    nights_agreed,
)
from scheduler.precheck.person_month import CREDITED, Month, month_of, sums_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground


def contracts(ground: Ground) -> Iterator[Line]:
    """Yield the people whose contracts do not add up, or hardly; or that all do."""
    lines = [line for member in ground.problem.staff for line in _of(ground, member)]
    lines += nights_together(ground)
    yield from lines
    if not lines:
        yield Line(
            topic=Topic.CONTRACTS,
            code="contracts_fine",
            verdict=Verdict.FINE,
            required=len(ground.problem.staff),
        )


def _of(ground: Ground, member: StaffMember) -> Iterator[Line]:
    month = month_of(ground, member)
    yield from _days_off(member, month)
    yield from nights_agreed(ground, member, month)
    yield from _hours_min(ground, member, month)
    yield from _hours_max(ground, member)
    yield from hours_between(ground, member, month)


def _days_off(member: StaffMember, month: Month) -> Iterator[Line]:
    """Find more days off owed than dates left for them."""
    if month.owed > month.offs:
        line = agreed_line(member, "days_off", month.owed, month.offs)
        yield line.model_copy(update={"facts": {"dates": month.dates}})


def _hours_min(ground: Ground, member: StaffMember, month: Month) -> Iterator[Line]:
    """Find hours agreed on that no month with the days off owed can reach."""
    least = member.contract.minutes_min
    if least is None or month.owed > month.offs:
        return
    least -= ground.agreed("L-03", "hours_min", member.name)
    sums = sums_of(ground, member, month)
    best = sums.best
    to_spare = best.minutes - least
    if to_spare >= member.contract.day_minutes:
        return
    line = agreed_line(member, "hours_min", least, best.minutes)
    facts = {
        "dates": month.dates,
        "owed": month.owed,
        "nights": best.nights,
        "night": month.nights.longest,
        "shifts": best.shifts,
        "shift": month.days[0] if month.days else 0,
        "leave": best.leave - month.absent,
        "absent": month.absent,
        "begins": month.begins,
        "cap": ground.month_cap(member),
        "worked": sums.beyond_law,
    }
    verdict = Verdict.IMPOSSIBLE if to_spare < 0 else Verdict.TIGHT
    yield line.model_copy(
        update={"facts": facts, "verdict": verdict, "contract": to_spare < 0}
    )


def _hours_max(ground: Ground, member: StaffMember) -> Iterator[Line]:
    """Find pins, leave and absence that alone pass the hours agreed on."""
    most = member.contract.minutes_max
    if most is None:
        return
    most += ground.agreed("L-03", "hours_max", member.name)
    least = sum(_settled(ground, member, date) for date in ground.problem.period.dates)
    if least > most:
        yield agreed_line(member, "hours_max", most, least)


def _settled(ground: Ground, member: StaffMember, date: dt.date) -> int:
    """Return the least credited minutes of a date."""
    left = ground.left(member, date)
    day = member.contract.day_minutes
    credit = []
    for entry in left:
        if entry in CREDITED:
            credit.append(day)
        elif entry in ground.shifts:
            shift = ground.shifts[entry]
            credit.append(shift.work_minutes + (day // 2 if shift.half_leave else 0))
        else:
            credit.append(0)
    return min(credit, default=0)
