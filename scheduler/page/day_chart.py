"""One date by the clock: needed, there, missing, and who; as shapes to be drawn.

The numbers are those of the audit's day curve.  Bars are drawn with attributes, as the
page allows no styles inside of elements.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.figures.day_curve import Moment, day_curve
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, HOUR
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import OffKind, Role, ShiftKind
from scheduler.wording.names import short_names
from scheduler.wording.times import clock_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.page.audited import AuditedRoster

LEFT, RIGHT = 56.0, 274.0
TOP, BASE = 12.0, 132.0
"""Where the curve lies in its drawing, in drawing units."""

ROW = 20
"""Height of a person's bar with its margin."""

HOURS = (0, 6, 9, 12, 15, 18, 21, 24)


class Gap(NamedTuple):
    """A stretch of the date in which people are missing."""

    begin: int
    end: int
    missing: int
    is_hard: bool
    x: float
    y: float
    width: float
    height: float

    @property
    def text(self) -> str:
        """Write when, and how many are missing."""
        span = f"{clock_text(self.begin)}〜{clock_text(self.end)}"
        text = _("{span} {number} short")
        if not self.is_hard:
            text = _("{span} {number} short of the guideline")
        return text.format(span=span, number=self.missing)


class Bar(NamedTuple):
    """A stretch of a person's bar; ``look`` is work, nurse, night, pause or duty."""

    x: float
    width: float
    look: str


class PersonBars(NamedTuple):
    """What one person does on the date."""

    name: str
    symbol: str
    y: int
    bars: tuple[Bar, ...]
    is_changed: bool


class ClockRow(NamedTuple):
    """A stretch of the date as numbers."""

    span: str
    required: int
    planned: int
    is_short: bool


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
    hours: tuple[tuple[float, int], ...]
    rows: tuple[ClockRow, ...]

    @property
    def height(self) -> int:
        """Height of the drawing of people."""
        return ROW * len(self.people) + 4


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
    is_hard = any(one.stance.is_hard and one.date == date for one in audited.findings)
    step = 2 if most <= 8 else 4
    return DayChart(
        date=date,
        before=dates[index - 1] if index else None,
        after=dates[index + 1] if index + 1 < len(dates) else None,
        forecast=problem.forecast_by_date[date],
        there=_area(curve, most),
        needed=_line(curve, most),
        gaps=tuple(_gaps(curve, most, is_hard=is_hard)),
        people=tuple(_people(problem, roster, date, curve, changed)),
        scale=tuple((_y(n, most), n) for n in range(step, most + 1, step)),
        hours=tuple((_x(hour * HOUR), hour) for hour in HOURS),
        rows=tuple(_rows(curve)),
    )


def _x(minute: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * minute / DAY, 1)


def _y(number: int, most: int) -> float:
    return round(BASE - (BASE - TOP) * number / most, 1)


def _area(curve: Sequence[Moment], most: int) -> str:
    steps = "".join(
        f"V{_y(one.planned, most)}H{_x(one.end)}" for one in curve if one.minutes
    )
    return f"M{LEFT} {BASE}{steps}V{BASE}Z"


def _line(curve: Sequence[Moment], most: int) -> str:
    first = _y(curve[0].required, most)
    steps = "".join(f"V{_y(one.required, most)}H{_x(one.end)}" for one in curve)
    return f"M{LEFT} {first}{steps}"


def _gaps(curve: Sequence[Moment], most: int, *, is_hard: bool) -> Iterator[Gap]:
    """Yield stretches with too few people; neighbours with the same number are one."""
    found: list[list[int]] = []
    for one in curve:
        missing = -one.margin
        if missing <= 0:
            continue
        if found and found[-1][1] == one.begin and found[-1][2] == missing:
            found[-1][1] = one.end
        else:
            found.append([one.begin, one.end, missing, max(one.required, missing)])
    for begin, end, missing, required in found:
        top = _y(required, most)
        yield Gap(
            *(begin, end, missing, is_hard, _x(begin), top),
            max(2.0, round(_x(end) - _x(begin), 1)),
            round(_y(required - missing, most) - top, 1),
        )


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
    for number, name in enumerate(order):
        duty = roster.by_cell.get((name, date))
        symbol = _symbol(duty.shift, duty.off) if duty else ""
        yield PersonBars(
            name=names[name],
            symbol=symbol if any(b[2] != "duty" for b in present[name]) else _("oc"),
            y=number * ROW,
            bars=tuple(
                Bar(_x(begin), round(_x(end) - _x(begin), 1), look)
                for begin, end, look in present[name]
            ),
            is_changed=str(name) in changed,
        )


def _symbol(shift: str | None, off: OffKind | None) -> str:
    if off is OffKind.AFTER_NIGHT:
        return _("am")
    return shift or ""


def _look(
    problem: Problem, roster: Roster, date: dt.date, name: StaffId, role: Role | None
) -> str:
    duty = roster.by_cell.get((name, date))
    if duty is None or duty.shift is None:
        return "night-b"
    if problem.shift_by_symbol[duty.shift].kind is ShiftKind.NIGHT:
        return "night-b"
    return "work nurse" if role is Role.NURSE else "work"


def _add(bars: list[tuple[int, int, str]], begin: int, end: int, look: str) -> None:
    """Add a stretch, joined with the one before if that ends where it begins."""
    if bars and bars[-1][1] == begin and bars[-1][2] == look:
        bars[-1] = (bars[-1][0], end, look)
    else:
        bars.append((begin, end, look))


def _rows(curve: Sequence[Moment]) -> Iterator[ClockRow]:
    found: list[tuple[int, int, int, int, bool]] = []
    for one in curve:
        row = (one.required, one.planned, one.margin < 0)
        if found and found[-1][2:] == row:
            found[-1] = (found[-1][0], one.end, *row)
        else:
            found.append((one.begin, one.end, *row))
    for begin, end, required, planned, is_short in found:
        span = f"{clock_text(begin)}〜{clock_text(end)}"
        yield ClockRow(span, required, planned, is_short)
