"""The month as it was worked in words: stamps, pay, the year's record."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.domain.actual import (
    AsWorked,
    Decision,
    Difference,
    DifferenceKind,
    StampedDay,
)
from scheduler.domain.clock import total_minutes
from scheduler.domain.office import HolidayReading
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import OffKind
from scheduler.domain.year import ClosedMonth, Month, YearRecord, days_in
from scheduler.wording.names import (
    NAMES,
    duration_text,
    name_of,
    off_name,
    people_text,
    word_of,
)
from scheduler.wording.times import (
    SHORTEST_RUN,
    clock_text,
    date_text,
    dates_text,
    month_text,
    span_text,
)
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.audit.figures.pay import PayMonth
    from scheduler.rulebook import Rulebook


MEANINGS = NAMES["difference_meanings"]


def kind_meaning(kind: DifferenceKind) -> str:
    """Return in a sentence what a kind of difference is; empty if its name says it."""
    return _(MEANINGS[kind]) if kind in MEANINGS else ""


def column_meaning(field: str) -> str:
    """Return what a column, or a word in it, means by the field that keeps it."""
    return word_of("clock_columns", field)


def doubled_text(day: StampedDay | None) -> str:
    """Write which stamps of a date stand there twice: 出勤の打刻が2回（8:00、8:10）."""
    found = []
    for one, other in pairwise(day.pairs if day else ()):
        for text, lacks, times in (
            (_("two stamps of coming: {times}"), one.end, (one.start, other.start)),
            (_("two stamps of going: {times}"), other.start, (one.end, other.end)),
        ):
            if lacks is None and None not in times:
                clocks = (clock_text(at) for at in times if at is not None)
                found.append(text.format(times="、".join(clocks)))
    return "　".join(found)


def amount_text(one: Difference) -> str:
    """Write by how much: 30分; empty where there is nothing to measure."""
    return duration_text(one.minutes) if one.minutes else ""


def planned_text(one: Difference, problem: Problem) -> str:
    """Write what was planned: 日 8:30-17:30; a dash for no shift."""
    shift = problem.shift_by_symbol.get(one.planned) if one.planned else None
    return f"{shift.symbol} {span_text(shift.interval)}" if shift else "－"


def stamps_text(day: StampedDay | None) -> str:
    """Write the stamps of a date: 8:42-17:31, with ? for one that is missing."""
    if day is None:
        return "－"
    pairs = (
        "-".join("?" if at is None else clock_text(at) for at in (one.start, one.end))
        for one in day.pairs
    )
    rest = _("break {time}").format(time=duration_text(day.rest or 0))
    return " ".join((*pairs, *([rest] if day.rest is not None else [])))


def stamps_lines(day: StampedDay | None) -> str:
    """Write the stamps of a date in a narrow cell: 8:42-, and 17:31 below."""
    pairs = day.pairs if day else ()
    times = (
        ("?" if at is None else clock_text(at) for at in (p.start, p.end))
        for p in pairs
    )
    return "\n".join("-\n".join(both) for both in times)


def effect_text(one: Difference) -> str:
    """Write what accepting a difference does, and whether only by its own number."""
    text = _effect(one)
    return text + _(" (never with all)") if one.by_itself else text


def _effect(one: Difference) -> str:
    match one.kind:
        case DifferenceKind.NO_STAMPS:
            return _("counts as {absent}").format(absent=off_name(OffKind.ABSENT))
        case DifferenceKind.LATE | DifferenceKind.CAME_EARLY if one.at is not None:
            return _("begins at {time}").format(time=clock_text(one.at))
        case DifferenceKind.LEFT_EARLY | DifferenceKind.STAYED if one.at is not None:
            return _("ends at {time}").format(time=clock_text(one.at))
        case DifferenceKind.BREAK:
            rest = total_minutes(one.breaks or ())
            return _("a break of {time}").format(time=duration_text(rest))
        case DifferenceKind.OTHER_SHIFT | DifferenceKind.UNPLANNED if one.worked:
            text = _("counts as {shift}, {span}")
            return text.format(shift=one.shift, span=span_text(one.worked))
        case _ if one.by_itself:
            return _(
                "counts as no work; enter the shift in the roster if there was one"
            )
        case _:
            return _("the time of the roster counts")


def decided_text(accepted: bool | None) -> str:
    """Write what was decided: 採用, 予定のまま; empty if nothing was."""
    if accepted is None:
        return ""
    return _("accept") if accepted else _("as planned")


def decision_text(one: Decision) -> str:
    """Write an earlier decision on other stamps: 遅刻 20分 採用."""
    parts = (
        name_of(one.difference.kind),
        amount_text(one.difference),
        decided_text(one.accepted),
    )
    return " ".join(part for part in parts if part)


def counts_text(differences: Iterable[Difference]) -> str:
    """Write how many differences there are of each kind: 遅刻 3、残業 5."""
    counts = Counter(one.kind for one in differences)
    texts = (
        f"{name_of(kind)} {counts[kind]}" for kind in DifferenceKind if counts[kind]
    )
    return "、".join(texts)


def standing_text(month: AsWorked) -> str:
    """Write how many differences are accepted, left as planned, and undecided."""
    accepted, undecided = len(month.accepted), len(month.undecided)
    text = _("accepted {accepted}, as planned {planned}, undecided {undecided}")
    planned = len(month.differences) - accepted - undecided
    return text.format(accepted=accepted, planned=planned, undecided=undecided)


def pay_alarms(month: AsWorked, months: Sequence[PayMonth]) -> Iterator[str]:
    """Yield what is not settled: undecided differences, too much overtime (F-08)."""
    if month.undecided:
        text = _("Undecided, and so counted as planned: {count}; see “shotaki actual”")
        yield text.format(count=len(month.undecided))
    until = month.actual.stamped_until
    if until is not None and until < month.problem.period.last:
        text = _("There are stamps until {date}; from then on the roster counts.")
        yield text.format(date=date_text(until))
    most = month.problem.office.settings.overtime_most
    beyond = [m.staff for m in months if most is not None and m.overtime.total > most]
    if most is not None and beyond:
        text = _("More overtime than the 36協定 allows ({most}): {names}")
        yield text.format(most=duration_text(most), names="、".join(beyond))
    missing = [one.staff for one in months if not one.number]
    if missing:
        text = _("Without a number in the pay system (sheet of the staff): {names}")
        yield text.format(names="、".join(missing))


def pay_notes(month: AsWorked, *, as_planned: bool) -> Iterator[str]:
    """Yield what the figures mean, and what is to be confirmed."""
    settings = month.problem.office.settings
    if month.is_actual and not as_planned:
        text = _("Differences to the stamps: {standing}")
        yield text.format(standing=standing_text(month))
    others = [one for one in month.problem.staff if one.home]
    if others:
        text = _(
            "Not here, as another office employs and pays them (see that its roster has"
            " their days here): {names}"
        )
        yield text.format(
            names="、".join(f"{one.name}（{one.home}）" for one in others)
        )
    yield _(
        "Hours of work are those of all other pages: without breaks, leave and "
        "absence, of the duties that begin in the period. Night, holidays and overtime "
        "are parts of them, and one hour may stand in several."
    )
    yield _("Night hours go by the clock, breaks left out (22:00-5:00).")
    if settings.standby.is_work:
        yield _(
            "Nights on call are work here; their break is taken to be the end of the "
            "night."
        )
    if settings.holiday_reading is HolidayReading.FOUR_WEEKS:
        holiday = _("four weeks with fewer than four free days")
    else:
        holiday = _("a week without a free day")
    text = _(
        "Statutory holiday: in {window}, 0:00 to 24:00 of the last day off of the plan "
        "on which there was work (without one, of the last date). Other holiday: "
        "duties that begin on another day off of the plan, also where it was exchanged "
        "for another day off before, which is to be taken off. To be confirmed by the "
        "rules of employment."
    )
    yield text.format(window=holiday)
    yield _(
        "Overtime, each minute once: beyond 8 hours or the plan's longer day; then "
        "beyond 40 hours or the plan's longer week; then beyond the flexible scheme's "
        "hours of the period (small offices 44). A part of a week at either end of the "
        "period has its part of them. Whoever is outside the scheme: beyond 8 and 40 "
        "hours, by whole weeks that end in the period. The plan is the roster when the "
        "period began; cells changed by hand since it was written are changes of it. "
        "To be confirmed (要確認) with the Labour Standards Inspection Office."
    )
    yield _(
        "Absence is absence alone; special leave and leave of absence stand under "
        "other leave."
    )


TENTHS = 10


def months_text(months: Iterable[Month]) -> str:
    """Write months, three or more in a row by first and last: 2026年4月〜2026年6月."""
    rows: list[list[Month]] = []
    for year, month in sorted(set(months)):
        before = (year, month - 1) if month > 1 else (year - 1, 12)
        if not rows or rows[-1][-1] != before:
            rows.append([])
        rows[-1].append((year, month))
    return "、".join(text for row in rows for text in _row_of_months(row))


def _row_of_months(row: Sequence[Month]) -> Iterator[str]:
    names = [month_text(dt.date(*month, 1)) for month in row]
    if len(names) < SHORTEST_RUN:
        yield from names
    else:
        yield _("{first} to {last}").format(first=names[0], last=names[-1])


def closed_text(month: ClosedMonth) -> str:
    """Write a closed month, with its dates where it is only a part of one."""
    name = month_text(month.days[0].date)
    if len(month.days) == days_in(month.month):
        return name
    return f"{name} ({dates_text(month.days[0].date, month.days[-1].date)})"


def differences(
    old: Sequence[ClosedMonth], new: Sequence[ClosedMonth]
) -> Iterator[str]:
    """Yield what closing anew would change, month by month; nothing if all is equal."""
    before = {day.date: day for month in old for day in month.days}
    for month in new:
        others = [day for day in month.days if before.get(day.date, day) != day]
        if others:
            text = _("{month}: other numbers of users on {dates} dates")
            yield text.format(month=closed_text(month), dates=len(others))
    known = {day.date for month in new for day in month.days}
    left = sorted(date for date in before if date not in known)
    if left:
        text = _("the numbers of {dates} would be lost")
        yield text.format(dates=dates_text(left[0], left[-1]))
    people = [
        {one for month in months for one in month.people} for months in (old, new)
    ]
    changed = {one.staff for one in people[0] ^ people[1]}
    if changed:
        text = _("other nights, nights on call or leave: {people}")
        yield text.format(people=people_text(len(changed)))
    if [_rest(month) for month in old] != [_rest(month) for month in new]:
        yield _("other registrants, services or hours")


def _rest(month: ClosedMonth) -> ClosedMonth:
    """Return a closed month without what is compared by date and person."""
    return month.model_copy(update={"people": (), "days": (), "roster": ""})


def closed_early_text(last: dt.date, today: dt.date) -> str:
    """Say that a month was closed before its last date was over; else empty."""
    if last < today:
        return ""
    return _(
        "The month is not over yet: the roster as it stands was closed. Close it again "
        "after its last day, with --again."
    )


def five_days_note() -> str:
    """Say of whom the five days of leave a year are due: grants are not known."""
    return _(
        "The five days are due of whoever is granted ten days of paid leave or more a "
        "year."
    )


def year_lines(record: YearRecord, until: Month, rulebook: Rulebook) -> Iterator[str]:
    """Yield the figures of a year so far, each with the rule that it is for.

    Parameters
    ----------
    until
        The last month that could be closed by now.
    rulebook
        The numbers in force then.
    """
    least_services = rulebook["C-06"].int("per_week")
    least_visits = rulebook["E-02"].int("visits")
    days = list(record.days)
    total = sum(day.day_users for day in days)
    tenths = -(-TENTHS * total // len(days))
    yield _("Average of day users: {average} ({total} / {days} dates)").format(
        average=f"{tenths / TENTHS:.1f}", total=total, days=len(days)
    )
    if record.per_week is not None:
        text = _("Services a week and registrant: {number} ({least} or more)")
        average = f"{int(record.per_week * TENTHS) / TENTHS:.1f}"
        yield text.format(number=average, least=least_services)
    whole = record.closed_whole()
    for month, visits in record.visits.items():
        if month in whole and visits < least_visits:
            text = _("{month}: {visits} visits, fewer than {least}")
            name = month_text(dt.date(*month, 1))
            yield text.format(month=name, visits=visits, least=least_visits)
    certified, full_time = record.certified_percent, record.full_time_percent
    if certified is not None and full_time is not None:
        text = _(
            "Certified care workers {certified} %, full-timers {full_time} % (April to "
            "February)"
        )
        yield text.format(certified=certified, full_time=full_time)
    begun = {month.month for month in record.months}
    missing = record.missing(until)
    for months, text in (
        (
            [month for month in missing if month in begun],
            _("Closed on some dates: {months}. The averages are of these dates."),
        ),
        (
            [month for month in missing if month not in begun],
            _("Not closed yet: {months}. The averages are without them."),
        ),
    ):
        if months:
            yield text.format(months=months_text(months))
