"""Find single changes of the input that make a sum add up.

Each candidate is tried: the problem is changed and all sums are counted again.  A
change is offered if it removes the line entirely and makes no other sum worse.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from scheduler.domain.clock import DAY, Interval
from scheduler.domain.office import HouseRatio
from scheduler.domain.precheck import Line, Mend, Verdict
from scheduler.precheck.by_clock import ClockPiece, by_month, hours_of
from scheduler.precheck.care import (
    hours_by_date,
    moments_by_date,
    night_visits,
    pieces_on,
)
from scheduler.precheck.cells import Cells
from scheduler.precheck.contract_mends import (
    FIELDS,
    contract_mends,
    mends_for_all,
    night_mends,
)
from scheduler.precheck.mended import mended
from scheduler.precheck.nights import nights
from scheduler.precheck.office import qualified
from scheduler.precheck.on_call import on_call

KEEPS_ROWS = ("night_band", "house_ratio")
"""Changes that leave the domain of every cell as it is."""

RELAXING = ("house_ratio", "cover_most")
"""Changes that only relax: no sum can get worse."""


class Diagnosis:
    """What is short or impossible in a problem; computed on demand, date by date."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    def is_short(self, dates: Sequence[dt.date], hours: Interval) -> bool:
        """Tell whether people are missing on one of the dates at one of the hours."""
        return any(
            one.span.overlaps(hours) for date in dates for one in self._pieces(date)
        ) or any(
            hours_of(line).overlaps(hours) and not set(dates).isdisjoint(line.dates)
            for line in self._sums
        )

    @cached_property
    def missing(self) -> Counter[dt.date]:
        """Person-minutes missing, by date."""
        return Counter(
            {
                date: sum(one.missing * one.span.minutes for one in self._pieces(date))
                for date in self._cells.problem.period.dates
            }
        )

    def _pieces(self, date: dt.date) -> Iterator[ClockPiece]:
        return (one for one in pieces_on(self._cells, date) if one.missing > 0)

    @cached_property
    def _sums(self) -> list[Line]:
        """Hours short by the nights of the month, or by visits at night."""
        cells = self._cells
        lines = (*by_month(cells, moments_by_date(cells)), *night_visits(cells))
        return [line for line in lines if line.verdict is Verdict.IMPOSSIBLE]

    @cached_property
    def impossible(self) -> frozenset[tuple[str, str]]:
        """Codes of other impossible lines, each with a date or else its people."""
        cells = self._cells
        lines = (
            *nights(cells),
            *on_call(cells),
            *hours_by_date(cells),
            *qualified(cells),
        )
        return frozenset(
            (line.code, str(about))
            for line in lines
            if line.verdict is Verdict.IMPOSSIBLE
            for about in (line.dates or [line.people])
        )


def with_mends(cells: Cells, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with the changes that would mend short hours and contracts."""
    short = [line for line in lines if line.code in ("hours_short", "hours_span")]
    trials = Trials(cells) if short else None
    found = []
    for line in lines:
        mends: tuple[Mend, ...] = ()
        if line.code in FIELDS and line.verdict is Verdict.IMPOSSIBLE:
            mends = tuple(contract_mends(cells.problem, line))
        elif line.code == "night_month" and line.verdict is Verdict.IMPOSSIBLE:
            mends = tuple(night_mends(cells, line))
        elif line.code == "contract_nights" and line.verdict is Verdict.IMPOSSIBLE:
            mends = tuple(mends_for_all(cells, line))
        elif trials is not None and line in short:
            mends = tuple(trials.mends(line, short))
        found.append(line.model_copy(update={"mends": mends}))
    return tuple(found)


class Trials:
    """Tries changes of one problem, each only once."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._before = Diagnosis(cells)
        self._after: dict[str, Diagnosis] = {}

    def mends(self, line: Line, short: Sequence[Line]) -> Iterator[Mend]:
        """Yield the changes that mend a line.

        Parameters
        ----------
        short
            All lines on short hours, so that one change can mend several.
        """
        for mend in _candidates(self._cells, line, short):
            key = mend.model_dump_json()
            if key not in self._after:
                self._after[key] = Diagnosis(self._changed(mend))
            if self._helps(line, mend, self._after[key]):
                yield mend

    def _changed(self, mend: Mend) -> Cells:
        problem = mended(self._cells.problem, mend)
        if mend.code in KEEPS_ROWS:
            return self._cells.beside(problem)
        return Cells(problem)

    def _helps(self, line: Line, mend: Mend, after: Diagnosis) -> bool:
        """Tell whether a change removes a line and makes nothing else worse."""
        if after.is_short(line.dates, hours_of(line)):
            return False
        if mend.code in RELAXING:
            return True
        before = self._before
        return not (after.missing - before.missing) and (
            after.impossible <= before.impossible
        )


# -- what could be changed -------------------------------------------------------------


def _candidates(cells: Cells, line: Line, short: Sequence[Line]) -> Iterator[Mend]:
    """Yield the changes to try for a line."""
    yield from _night_band(cells, line, short)
    if cells.problem.office.settings.house_ratio is HouseRatio.MUST:
        yield Mend(code="house_ratio")
    yield from _shift_hours(cells, line)
    yield from _cover_most(cells, line)


def _night_band(cells: Cells, line: Line, short: Sequence[Line]) -> Iterator[Mend]:
    """Yield one longer night band for all short hours that adjoin it, if any do."""
    start, end = band = cells.problem.office.night_band
    spans = [hours_of(one) for one in short]
    for span in sorted(spans, reverse=True):
        if span.end == start:
            start = span.start
    for span in sorted(spans):
        if span.start + DAY == end:
            end = span.end + DAY
    longer = Interval(start, end)
    own = hours_of(line)
    beside = longer.covers(own) or longer.covers(own.shifted(DAY))
    if longer != band and longer.minutes < DAY and beside:
        yield Mend(code="night_band", facts={"begin": start, "end": end})


def _shift_hours(cells: Cells, line: Line) -> Iterator[Mend]:
    """Yield shifts that adjoin the hours, moved to cover them."""
    begin, end = hours_of(line)
    for shift in cells.problem.shifts:
        if shift.on_request or shift.passes_midnight:
            continue
        moves = {shift.start == end: begin - end, shift.end == begin: end - begin}
        if moves.get(True):
            yield Mend(
                code="shift_hours",
                facts={
                    "symbol": shift.symbol,
                    "begin": shift.start + moves[True],
                    "end": shift.end + moves[True],
                },
            )


def _cover_most(cells: Cells, line: Line) -> Iterator[Mend]:
    """Yield the binding cover rules, with their maximum raised to what is needed."""
    for rule in cells.problem.cover_rules:
        if rule.name in line.rules and rule.at_most is not None:
            most = rule.at_most + line.missing
            yield Mend(code="cover_most", facts={"name": rule.name, "most": most})
