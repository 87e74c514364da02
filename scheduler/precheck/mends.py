"""Find single changes of the input that make a sum add up.

Each candidate is tried: the problem is changed and all sums are counted again.  A
change is offered if it removes the line entirely and makes no other sum worse.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from scheduler.domain.clock import DAY, Interval
from scheduler.domain.office import Hold, HouseRatio
from scheduler.domain.precheck import AND, Line, Mend
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Shift
from scheduler.domain.staff import Contract, StaffMember, in_proportion
from scheduler.precheck.by_clock import ClockPiece, by_month, hours_of
from scheduler.precheck.care import (
    hours_by_date,
    moments_by_date,
    night_visits,
    pieces_on,
)
from scheduler.precheck.cells import Cells
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
        return [line for line in lines if line.is_impossible]

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
            if line.is_impossible
            for about in (line.dates or [line.people])
        )


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


# -- the input with one entry changed --------------------------------------------------


RELAXED = {
    "house_ratio": HouseRatio.GUIDELINE,
    "long_nights_apart": Hold.GUIDELINE,
}
"""Values of settings that are relaxed."""

SIGNS = {"less": -1, "more": 1}
"""Beginnings of the codes that change a limit of several contracts by an amount."""


def mended(problem: Problem, mend: Mend) -> Problem:
    """Return a problem with one entry changed."""
    code, facts, office = mend.code, mend.facts, problem.office
    changed: dict[str, object]
    match code:
        case "night_band":
            band = Interval(int(facts["begin"]), int(facts["end"]))
            changed = {"office": office.model_copy(update={code: band})}
        case "house_ratio" | "nights_most" | "long_nights_apart":
            value = RELAXED.get(code) or int(facts["value"])
            others = office.settings.model_copy(update={code: value})
            changed = {"office": office.model_copy(update={"settings": others})}
        case "shift_hours":
            shifts = (_moved(one, facts) for one in problem.shifts)
            changed = {"shifts": tuple(shifts)}
        case "cover_most":
            most = {"at_most": int(facts["most"])}
            rules = (
                one.model_copy(update=most) if one.name == facts["name"] else one
                for one in problem.cover_rules
            )
            changed = {"cover_rules": tuple(rules)}
        case _:
            names = str(facts["name"]).split(AND)
            staff = (
                one.model_copy(update={"contract": _contract(problem, one, mend)})
                if one.name in names
                else one
                for one in problem.staff
            )
            changed = {"staff": tuple(staff)}
    return problem.model_copy(update=changed)


def _contract(problem: Problem, member: StaffMember, mend: Mend) -> Contract:
    """Return a person's contract with one limit changed, or all in proportion."""
    if mend.code == "part_of_month":
        return contract_of_the_part(problem, member)
    way, _, field = mend.code.partition("_")
    if way in SIGNS:
        value = getattr(member.contract, field) + SIGNS[way] * int(mend.facts["by"])
    else:
        field, value = mend.code, int(mend.facts["value"])
    return member.contract.model_copy(update={field: value})


def contract_of_the_part(problem: Problem, member: StaffMember) -> Contract:
    """Return a person's contract in proportion to the dates employed (日割り)."""
    there = sum(date in member.employed for date in problem.period.dates)
    return in_proportion(member.contract, Fraction(there, problem.period.days))


def _moved(shift: Shift, facts: Mapping[str, int | str]) -> Shift:
    """Return a shift at other hours, with its breaks and cuts moved along."""
    if shift.symbol != facts["symbol"]:
        return shift
    by = int(facts["begin"]) - shift.start
    return shift.model_copy(
        update={
            "start": shift.start + by,
            "end": shift.end + by,
            "cuts": tuple(cut + by for cut in shift.cuts),
            "breaks": tuple(
                tuple(pause.shifted(by) for pause in option) for option in shift.breaks
            ),
        }
    )
