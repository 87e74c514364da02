"""The shift table over 24 hours: a bar a shift, and where nobody would be there.

How many are needed at which time says the audit, asked for each date of the month with
nobody at work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from scheduler.audit.figures.day_curve import day_curves
from scheduler.domain.clock import DAY
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import ShiftKind
from scheduler.files.workbook.layout import OFFICE, SHEETS, SHIFTS
from scheduler.page.day_chart import ClockScale
from scheduler.wording.times import clock_text
from scheduler.wording.translation import _, ngettext

if TYPE_CHECKING:
    from scheduler.files.workbook.input_cells import InputCells

TWO = 2


Stretch = tuple[str, int, int]
"""How a stretch of the clock looks, its first minute and its last."""


class GapCloser(NamedTuple):
    """A change of a cell that would close a gap."""

    cell: str
    text: str
    label: str


class ShiftGap(NamedTuple):
    """A stretch of the clock at which too few could be there."""

    span: str
    what: str
    why: str
    begin: int
    end: int
    ways: tuple[GapCloser, ...]


class ShiftBars(NamedTuple):
    """All bars, the night band behind them, and what they leave open.

    Attributes
    ----------
    bars
        By the row of the shift its label and what is drawn; none of a shift whose times
        cannot be read yet.
    cover
        Stretches of the clock, with the number of shifts that cover each.
    """

    bars: dict[int, tuple[str, list[Stretch]]]
    band: tuple[Stretch, ...]
    cover: tuple[tuple[int, int, int], ...]
    gaps: tuple[ShiftGap, ...]
    clock: ClockScale = ClockScale(0.0, 600.0)
    hours: tuple[int, ...] = tuple(range(3, 24, 3))


class _Times(NamedTuple):
    """A shift as it stands in its line."""

    row: int
    name: str
    is_night: bool
    start: int
    end: int
    pauses: tuple[tuple[int, int], ...]

    def covers(self, minute: int) -> bool:
        """Tell whether it is at work at a clock minute of some date."""
        return any(self.start <= at < self.end for at in (minute, minute + DAY))


def shift_bars(cells: InputCells) -> ShiftBars:
    """Return the shift table over 24 hours."""
    shifts = tuple(_shifts(cells))
    column = next(one for one in OFFICE.columns if one.path == "office.night_band")
    band = cells.value(OFFICE, cells.key_row(OFFICE, column), column)
    return ShiftBars(
        bars={one.row: _bar(one) for one in shifts},
        band=tuple(_pieces("band", *band)) if band else (),
        cover=tuple(_cover(shifts)),
        gaps=tuple(_gaps(cells, shifts)),
    )


def _shifts(cells: InputCells) -> Iterator[_Times]:
    """Yield the shifts whose times can be read."""
    columns = {column.path: column for column in SHIFTS.columns}
    for row in cells.lines(SHIFTS):
        paths = ("symbol", "name", "kind", "start", "end", "breaks")
        found = {path: cells.value(SHIFTS, row, columns[path]) for path in paths}
        start, end = found["start"], found["end"]
        if start is None or end is None or not start < end <= start + DAY:
            continue
        yield _Times(
            row,
            found["name"] or found["symbol"] or "",
            found["kind"] is ShiftKind.NIGHT,
            start,
            end,
            tuple((found["breaks"] or [[]])[0]),
        )


def _pieces(look: str, start: int, end: int) -> Iterator[Stretch]:
    """Yield the parts of a stretch on this date; what passes midnight begins again."""
    for begin, stop in ((start, min(end, DAY)), (0, end - DAY)):
        begin, stop = max(0, begin), min(stop, DAY)
        if stop > begin:
            yield look, begin, stop


def _bar(one: _Times) -> tuple[str, list[Stretch]]:
    pieces = [*_pieces("bar-n" if one.is_night else "bar-d", one.start, one.end)]
    for begin, end in one.pauses:
        later = DAY if begin >= DAY else 0
        pieces += _pieces("pause", begin - later, end - later)
    label = f"{one.name} {clock_text(one.start)}〜{clock_text(one.end)}"
    return label, pieces


def _edges(shifts: Sequence[_Times], more: Sequence[int] = ()) -> list[int]:
    found = {0, DAY, *more}
    for one in shifts:
        found |= {one.start % DAY, one.end % DAY}
    return sorted(found)


def _cover(shifts: Sequence[_Times]) -> Iterator[tuple[int, int, int]]:
    for begin, end in pairwise(_edges(shifts)):
        number = sum(one.covers(begin) for one in shifts)
        if number:
            yield begin, end, number


def needed(problem: Problem) -> dict[tuple[int, int], Counter[int]]:
    """Return, for stretches of the clock, on how many dates how many are needed."""
    nobody = RosterRecord(duties=(), on_call=())
    known = [date for date in problem.period.dates if date in problem.forecast_by_date]
    curves = [*day_curves(problem, nobody, known).values()]
    edges = sorted({edge for one in curves for m in one for edge in (m.begin, m.end)})
    found: dict[tuple[int, int], Counter[int]] = {}
    for stretch in pairwise(edges):
        found[stretch] = Counter(
            next(m.required for m in one if m.begin <= stretch[0] < m.end)
            for one in curves
        )
    return found


def _gaps(cells: InputCells, shifts: Sequence[_Times]) -> Iterator[ShiftGap]:
    """Yield where no shift, or a night alone, is there, and more are needed."""
    if not shifts:
        return
    need = {} if cells.problem is None or cells.is_wrong else needed(cells.problem)
    edges = _edges(shifts, [edge for stretch in need for edge in stretch])
    found: list[list[Any]] = []
    for begin, end in pairwise(edges):
        there = [one for one in shifts if one.covers(begin)]
        asked = next((n for (a, b), n in need.items() if a <= begin < b), Counter())
        two = sum(dates for number, dates in asked.items() if number >= TWO)
        only_night = bool(there) and all(one.is_night for one in there)
        if there and not (only_night and two):
            continue
        if found and found[-1][1] == begin and found[-1][2] == only_night:
            found[-1][1], found[-1][3] = end, max(found[-1][3], two)
        else:
            found.append([begin, end, only_night, two])
    for begin, end, only_night, dates in found:
        yield _gap(cells, shifts, begin, end, dates if only_night else 0)


def _gap(
    cells: InputCells, shifts: Sequence[_Times], begin: int, end: int, dates: int
) -> ShiftGap:
    span = f"{clock_text(begin)}〜{clock_text(end)}"
    if dates:
        what = _("From {span} only the night shift is there.")
        why = ngettext(
            "Two or more are needed then on {number} date of this month.",
            "Two or more are needed then on {number} dates of this month.",
            dates,
        ).format(number=dates)
    else:
        what = _("From {span} no shift is there.")
        why = _("Somebody has to be in the house at every time.")
    return ShiftGap(
        span,
        what.format(span=span),
        why,
        begin,
        end,
        tuple(_ways(cells, shifts, begin, end)),
    )


def _ways(
    cells: InputCells, shifts: Sequence[_Times], begin: int, end: int
) -> Iterator[GapCloser]:
    """Yield the shifts beside the gap that could begin earlier, or end later."""
    columns = {column.path: column for column in SHIFTS.columns}
    told = {
        "start": _("Let {shift} begin at {time}"),
        "end": _("Let {shift} end at {time}"),
    }
    day = [one for one in shifts if not one.is_night]
    early = next((one for one in day if one.start == end), None)
    late = next((one for one in day if one.end == begin), None)
    for path, one, minute in (("start", early, begin), ("end", late, end)):
        place = cells.place(SHIFTS, one.row, columns[path]) if one else None
        if one is not None and place is not None:
            text = clock_text(minute)
            label = told[path].format(shift=one.name, time=text)
            cell = f"{SHEETS.index(SHIFTS)}-{place.row}-{place.column}"
            yield GapCloser(cell, text, label)
