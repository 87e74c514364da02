"""Hours, days off and nights by contract: whether they add up (L-02 to L-05)."""

from __future__ import annotations

import datetime as dt
from itertools import accumulate, product
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.shifts import OffKind, ShiftKind
from scheduler.reports.precheck.in_a_row import chain_of
from scheduler.reports.precheck.line import Line, Topic, Verdict
from scheduler.reports.precheck.on_call import on_call_bar
from scheduler.reports.precheck.runs import Room, most_by_last
from scheduler.reports.precheck.weeks import most_begins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember
    from scheduler.reports.precheck.ground import Ground

ONE_DAY = dt.timedelta(days=1)

CREDITED = (OffKind.PAID_LEAVE, OffKind.ABSENT)
"""Kinds of a date that count as a usual day of work (L-03)."""


class Month(NamedTuple):
    """What is left of one person's month; lengths in minutes."""

    dates: int
    """Dates employed."""
    offs: int
    """Dates that may be days off."""
    owed: int
    """Days off owed."""
    begins: int
    """Most dates on which a shift may begin, by weeks."""
    two_date_nights: int
    """Most nights after which nothing can begin on the next date."""
    ends_open: bool
    """Whether the last of them may lead out of the period."""
    night: int
    """Work of the longest of these."""
    days: tuple[int, ...]
    """Work of the longest other shift of each date, longest first."""
    leave: int
    """Dates that may be paid leave, or are absence."""
    absent: int
    """Of these, dates that can be nothing but absence."""
    extra: int
    """What nights on call and half days of leave may add."""


class Best(NamedTuple):
    """The most that fits beside the days off owed."""

    minutes: int
    nights: int
    shifts: int
    leave: int


def contracts(ground: Ground) -> Iterator[Line]:
    """Yield the people whose contracts do not add up, or hardly; or that all do."""
    lines = [line for member in ground.problem.staff for line in _of(ground, member)]
    yield from lines
    if not lines:
        yield Line(
            topic=Topic.CONTRACTS,
            code="contracts_fine",
            verdict=Verdict.FINE,
            required=len(ground.problem.staff),
        )


def _of(ground: Ground, member: StaffMember) -> Iterator[Line]:
    month = _month(ground, member)
    yield from _days_off(member, month)
    yield from _nights(ground, member)
    yield from _hours_min(ground, member, month)
    yield from _hours_max(ground, member)


def _line(member: StaffMember, code: str, required: int, possible: int) -> Line:
    return Line(
        topic=Topic.CONTRACTS,
        code=code,
        verdict=Verdict.IMPOSSIBLE,
        contract=True,
        people=(member.name,),
        required=required,
        possible=possible,
    )


def _days_off(member: StaffMember, month: Month) -> Iterator[Line]:
    """Find more days off owed than dates left for them."""
    if month.owed > month.offs:
        line = _line(member, "days_off", month.owed, month.offs)
        yield line.model_copy(update={"facts": {"dates": month.dates}})


def _nights(ground: Ground, member: StaffMember) -> Iterator[Line]:
    """Find more nights agreed on than can be passed."""
    least = _nights_least(ground, member)
    if least <= 0:
        return
    able = [
        any(w.shift.kind is ShiftKind.NIGHT for w in ground.working(member, date))
        for date in ground.problem.period.dates
    ]
    shifts = [s for s in ground.problem.shifts if s.kind is ShiftKind.NIGHT]
    most = _most_nights(ground, member, able, shifts)
    if most < least:
        line = _line(member, "nights_min", least, most)
        yield line.model_copy(update={"facts": {"dates": sum(able)}})


def _nights_least(ground: Ground, member: StaffMember) -> int:
    agreed = ground.agreed("L-05", "nights_min", member.name)
    return (member.contract.nights_min or 0) - agreed


def _hours_min(ground: Ground, member: StaffMember, month: Month) -> Iterator[Line]:
    """Find hours agreed on that no month with the days off owed can reach."""
    least = member.contract.minutes_min
    if least is None or month.owed > month.offs:
        return
    least -= ground.agreed("L-03", "hours_min", member.name)
    best = _best(ground, member, month)
    to_spare = best.minutes - least
    if to_spare >= member.contract.day_minutes:
        return
    line = _line(member, "hours_min", least, best.minutes)
    facts = {
        "dates": month.dates,
        "owed": month.owed,
        "nights": best.nights,
        "night": month.night,
        "shifts": best.shifts,
        "shift": month.days[0] if month.days else 0,
        "leave": best.leave - month.absent,
        "absent": month.absent,
        "begins": month.begins,
        "cap": ground.month_cap(member),
        "worked": _worked(month, best),
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
    settled = sum(
        _settled(ground, member, date) for date in ground.problem.period.dates
    )
    if settled > most:
        yield _line(member, "hours_max", most, settled)


def _settled(ground: Ground, member: StaffMember, date: dt.date) -> int:
    """Return the least credited minutes of a date."""
    left = ground.left(member, date)
    shifts = ground.problem.shift_by_symbol
    day = member.contract.day_minutes
    credit = []
    for entry in left:
        if entry in CREDITED:
            credit.append(day)
        elif entry in shifts:
            shift = next(s for s in ground.problem.shifts if s.symbol == entry)
            credit.append(shift.work_minutes + (day // 2 if shift.half_leave else 0))
        else:
            credit.append(0)
    return min(credit, default=0)


# -- the sum ---------------------------------------------------------------------------


def _month(ground: Ground, member: StaffMember) -> Month:
    problem = ground.problem
    dates = [date for date in problem.period.dates if date in member.employed]
    two_date_nights = [s for s in problem.shifts if _takes_two_dates(ground, s)]
    symbols = {shift.symbol for shift in two_date_nights}
    at_night, by_day, night = [], [], 0
    for date in problem.period.dates:
        working = [one.shift for one in ground.working(member, date)]
        nights = [s.work_minutes for s in working if s.symbol in symbols]
        days = [s.work_minutes for s in working if s.symbol not in symbols]
        at_night.append(bool(nights))
        night = max([night, *nights])
        by_day += [max(days)] if days else []
    last = dates[-1] if dates else None
    owed = (member.contract.days_off_min or 0) - ground.agreed(
        "L-02", "days_off", member.name
    )
    left = {date: ground.left(member, date) for date in dates}
    return Month(
        dates=len(dates),
        offs=sum(OffKind.DAY_OFF in entries for entries in left.values()),
        owed=max(0, owed),
        begins=sum(number for _, number in most_begins(ground, member)),
        two_date_nights=_most_nights(ground, member, at_night, two_date_nights),
        ends_open=last is not None and at_night[problem.period.dates.index(last)],
        night=night,
        days=tuple(sorted(by_day, reverse=True)),
        leave=sum(not set(CREDITED).isdisjoint(one) for one in left.values()),
        absent=sum(one == (OffKind.ABSENT,) for one in left.values()),
        extra=_extra(ground, member),
    )


def _takes_two_dates(ground: Ground, shift: Shift) -> bool:
    """Tell whether nothing can begin on the date on which a shift ends."""
    return shift.passes_midnight and not any(
        ground.follows(shift.symbol, other.symbol) for other in ground.problem.shifts
    )


def _most_nights(
    ground: Ground, member: StaffMember, able: list[bool], shifts: list[Shift]
) -> int:
    kinds = {shift.kind for shift in shifts}
    counted = kinds == {ShiftKind.NIGHT}
    limit = ground.nights_limit(member) if counted else None
    room = Room(
        able=tuple(able),
        most=len(able) if limit is None else limit,
        next_day=any(
            ground.follows(one.symbol, other.symbol)
            for one in shifts
            for other in shifts
        ),
        in_a_row=chain_of(ground, member, shifts).most,
    )
    return most_by_last(room)[-1]


def _extra(ground: Ground, member: StaffMember) -> int:
    """Return what nights on call that are work, and half days of leave, may add."""
    problem = ground.problem
    halves = sum(
        any(one.shift.half_leave for one in ground.working(member, date))
        for date in problem.period.dates
    )
    extra = halves * (member.contract.day_minutes // 2)
    if problem.office.settings.standby.is_work:
        nights = sum(
            on_call_bar(ground, member, date) is None for date in problem.period.dates
        )
        extra += nights * problem.office.night_band.minutes
    return extra


def _best(ground: Ground, member: StaffMember, month: Month) -> Best:
    """Return the most credited minutes beside the days off owed.

    A long night takes two dates, the last of the period perhaps one; a shift or a day
    of leave or absence takes one.
    """
    room = month.dates - month.owed
    by_day = (0, *accumulate(month.days))
    cap = ground.month_cap(member)
    best = Best(0, 0, 0, 0)
    leaves = range(month.absent, month.leave + 1)
    for nights, leave in product(range(month.two_date_nights + 1), leaves):
        taken = 2 * nights - (1 if nights and month.ends_open else 0) + leave
        if taken > room or nights > month.begins:
            continue
        shifts = min(room - taken, month.begins - nights, len(month.days))
        worked = nights * month.night + by_day[shifts] + month.extra
        credited = min(worked, cap + month.extra) + leave * member.contract.day_minutes
        best = max(best, Best(credited, nights, shifts, leave))
    return best


def _worked(month: Month, best: Best) -> int:
    return best.nights * month.night + sum(month.days[: best.shifts])
