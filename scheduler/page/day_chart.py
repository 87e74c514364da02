"""One date by the clock: needed, there, missing, and who; as shapes to be drawn.

The numbers are those of the audit's day curve.  Bars are drawn with attributes, as the
page allows no styles inside of elements.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.figures.day_curve import Moment, day_curve
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY
from scheduler.domain.finding import Finding, Unit
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import OffKind, Role
from scheduler.wording.names import short_names
from scheduler.wording.times import clock_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.page.audited import AuditedRoster


class ClockScale(NamedTuple):
    """Where the 24 hours of a date lie in a drawing, in drawing units."""

    left: float
    right: float

    def x(self, minute: int) -> float:
        """Return where a minute of the date lies."""
        return round(self.left + (self.right - self.left) * minute / DAY, 1)

    def width(self, begin: int, end: int) -> float:
        """Return how wide a stretch of the date is."""
        return round(self.x(end) - self.x(begin), 1)


CLOCK = ClockScale(56.0, 274.0)
TOP, BASE = 12.0, 132.0
"""Where the curve lies in its drawing, in drawing units."""

MINUTE = dt.timedelta(minutes=1)

ROW = 20
"""Height of a person's bar with its margin."""


class Gap(NamedTuple):
    """A stretch of the date in which people are missing."""

    begin: int
    end: int
    missing: int
    is_hard: bool
    """Whether it breaks the law or a must, and not a guideline only."""
    y: float
    height: float

    @property
    def text(self) -> str:
        """Write when, and how many are missing."""
        span = f"{clock_text(self.begin)}〜{clock_text(self.end)}"
        text = _("{span} {number} short")
        if not self.is_hard:
            text = _("{span} {number} short of the guideline")
        return text.format(span=span, number=self.missing)


class PersonBars(NamedTuple):
    """What one person does on the date, in stretches of work, nurse, night, ..."""

    name: str
    symbol: str
    bars: tuple[tuple[int, int, str], ...]
    is_changed: bool


class DayChart(NamedTuple):
    """One date, ready to be drawn."""

    date: dt.date
    before: dt.date | None
    after: dt.date | None
    forecast: ForecastDay
    there: str
    needed: str
    gaps: tuple[Gap, ...]
    people: tuple[PersonBars, ...]
    scale: tuple[tuple[float, int], ...]
    rows: tuple[tuple[str, int, int, bool], ...]
    clock: ClockScale = CLOCK
    hours: tuple[int, ...] = (0, 6, 9, 12, 15, 18, 21, 24)

    @property
    def height(self) -> int:
        """Height of the drawing of people."""
        return ROW * len(self.people) + 4

    @property
    def row(self) -> int:
        """Height of a person in it."""
        return ROW


def day_chart(
    problem: Problem, audited: AuditedRoster, date: dt.date, changed: set[str]
) -> DayChart:
    """Return a date of the roster by the clock.

    Parameters
    ----------
    changed
        Names of those whose cell of the date was changed.

    Raises
    ------
    KeyError
        If the date is not in the period.
    """
    roster: Roster = audited.roster
    curve = day_curve(problem, roster, date)
    most = max(4, *(max(one.required, one.planned) for one in curve))
    dates = problem.period.dates
    index = dates.index(date)
    step = 2 if most <= 8 else 4
    return DayChart(
        date=date,
        before=dates[index - 1] if index else None,
        after=dates[index + 1] if index + 1 < len(dates) else None,
        forecast=problem.forecast_by_date[date],
        there=_area(curve, most),
        needed=_line(curve, most),
        gaps=tuple(_gaps(curve, most, tuple(_lacks(audited.findings, date)))),
        people=tuple(_people(problem, roster, date, curve, changed)),
        scale=tuple((_y(n, most), n) for n in range(step, most + 1, step)),
        rows=tuple(_rows(curve)),
    )


def _y(number: int, most: int) -> float:
    return round(BASE - (BASE - TOP) * number / most, 1)


def _area(curve: Sequence[Moment], most: int) -> str:
    steps = "".join(
        f"V{_y(one.planned, most)}H{CLOCK.x(one.end)}" for one in curve if one.minutes
    )
    return f"M{CLOCK.left} {BASE}{steps}V{BASE}Z"


def _line(curve: Sequence[Moment], most: int) -> str:
    first = _y(curve[0].required, most)
    steps = "".join(f"V{_y(one.required, most)}H{CLOCK.x(one.end)}" for one in curve)
    return f"M{CLOCK.left} {first}{steps}"


def _lacks(findings: Iterable[Finding], date: dt.date) -> Iterator[tuple[int, int]]:
    """Yield the stretches in which people are short by law or by a must."""
    midnight = dt.datetime.combine(date, dt.time())
    for one in findings:
        is_lack = one.stance.is_hard and one.unit is Unit.PERSON_MINUTES
        if is_lack and one.begin and one.end:
            yield (one.begin - midnight) // MINUTE, (one.end - midnight) // MINUTE


def _gaps(
    curve: Sequence[Moment], most: int, lacks: Sequence[tuple[int, int]]
) -> Iterator[Gap]:
    """Yield stretches with too few people; neighbours with the same number are one."""
    for missing, own in groupby(curve, key=lambda one: max(0, -one.margin)):
        stretch = list(own)
        if missing:
            required = max(stretch[0].required, missing)
            top = _y(required, most)
            height = round(_y(required - missing, most) - top, 1)
            begin, end = stretch[0].begin, stretch[-1].end
            is_hard = any(first < end and begin < last for first, last in lacks)
            # The first hours of the month belong to a night that was judged before it.
            is_hard = is_hard or any(map(_is_night_short, stretch))
            yield Gap(begin, end, missing, is_hard, top, height)


def _is_night_short(one: Moment) -> bool:
    is_awake = one.planned >= one.awake_required
    return not is_awake or one.on_call_ready < one.on_call_required


def _people(
    problem: Problem,
    roster: Roster,
    date: dt.date,
    curve: Sequence[Moment],
    changed: set[str],
) -> Iterator[PersonBars]:
    names = short_names(member.name for member in problem.staff)
    present: dict[StaffId, list[tuple[int, int, str]]] = {}
    for one in curve:
        for worker in one.workers:
            look = _look(problem, roster, date, worker.staff, worker.role)
            bars = present.setdefault(worker.staff, [])
            _add(bars, one.begin, one.end, "pause" if worker.on_break else look)
        called = one.on_call
        if called is not None and all(w.staff != called for w in one.workers):
            _add(present.setdefault(called, []), one.begin, one.end, "duty")
    order = sorted(present, key=lambda name: (present[name][0][0], names[name]))
    for name in order:
        duty = roster.by_cell.get((name, date))
        symbol = duty.shift or "" if duty else ""
        if duty and duty.off is OffKind.AFTER_NIGHT:
            symbol = _("am")
        if all(look == "duty" for _begin, _end, look in present[name]):
            symbol = _("oc")
        yield PersonBars(names[name], symbol, tuple(present[name]), name in changed)


def _look(
    problem: Problem, roster: Roster, date: dt.date, name: StaffId, role: Role | None
) -> str:
    shift = problem.shift_of(roster.by_cell.get((name, date)))
    if shift is None or shift.is_night:
        return "night-b"
    return "work nurse" if role is Role.NURSE else "work"


def _add(bars: list[tuple[int, int, str]], begin: int, end: int, look: str) -> None:
    """Add a stretch, joined with the one before if that ends where it begins."""
    if bars and bars[-1][1] == begin and bars[-1][2] == look:
        bars[-1] = (bars[-1][0], end, look)
    else:
        bars.append((begin, end, look))


def _rows(curve: Sequence[Moment]) -> Iterator[tuple[str, int, int, bool]]:
    """Yield stretches with the people needed and there, and whether they are short."""

    def numbers(one: Moment) -> tuple[int, int, bool]:
        return one.required, one.planned, one.margin < 0

    for told, own in groupby(curve, numbers):
        stretch = list(own)
        begin, end = stretch[0].begin, stretch[-1].end
        yield f"{clock_text(begin)}〜{clock_text(end)}", *told
