"""The shift table: symbols, clock times, breaks and cuts."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.audit.consistency.report import mistake, repeated_name
from scheduler.domain.clock import DAY, format_span, total_minutes
from scheduler.domain.likeness import look_of
from scheduler.domain.shifts import ShiftKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import BreakOption, Shift
    from scheduler.rulebook import Rule

RESERVED = ("休", "有", "明", "欠", "・", "希", "宿", "前休", "後休")
"""Marks that mean something else where a symbol may stand."""

SEPARATORS = frozenset(" /、,:×✕✖✗✘❌◎△○◯@+()")
"""What the grids put between symbols, or before and after them."""


def mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find repeated or unusable symbols, impossible times, breaks and cuts."""
    yield from repeated_name(
        "duplicate_symbol",
        [(("shifts", i, "symbol"), s.symbol) for i, s in enumerate(problem.shifts)],
    )
    for i, shift in enumerate(problem.shifts):
        if is_reserved(shift.symbol):
            loc = ("shifts", i, "symbol")
            yield mistake("reserved_symbol", loc, symbol=shift.symbol)
        yield from _times(i, shift)


def is_reserved(symbol: str) -> bool:
    """Tell whether a symbol says something else in a cell, or holds what parts them."""
    plain = unicodedata.normalize("NFKC", symbol)
    return look_of(symbol) in RESERVED or bool(SEPARATORS & set(plain))


def short_breaks(problem: Problem, rule: Rule) -> Iterator[Mistake]:
    """Find shifts whose breaks are shorter than their work asks for (F-05)."""
    for i, shift in enumerate(problem.shifts):
        for j, option in enumerate(shift.break_options):
            given = total_minutes(option)
            work = shift.interval.minutes - given
            needed = max(
                (least for above, least in rule.table("break_table") if work > above),
                default=0,
            )
            if given < needed:
                loc = ("shifts", i, "breaks", j) if shift.breaks else ("shifts", i)
                yield mistake("break_short", loc, given=given, needed=needed)


def _times(i: int, shift: Shift) -> Iterator[Mistake]:
    if shift.end <= shift.start:
        yield mistake("shift_ends_early", ("shifts", i, "end"))
        return
    if shift.start >= DAY:
        yield mistake("shift_starts_late", ("shifts", i, "start"))
    if shift.kind is ShiftKind.NIGHT and not shift.counts:
        yield mistake("night_uncounted", ("shifts", i, "counts"))
    if shift.interval.minutes > DAY:
        yield mistake("shift_too_long", ("shifts", i, "end"))
    for j, option in enumerate(shift.breaks):
        yield from _breaks(i, j, shift, option)
    points = (shift.start, *shift.cuts, shift.end)
    if any(late <= early for early, late in pairwise(points)):
        yield mistake("cut_outside", ("shifts", i, "cuts"))


def _breaks(i: int, j: int, shift: Shift, option: BreakOption) -> Iterator[Mistake]:
    loc = ("shifts", i, "breaks", j)
    for pause in option:
        if not shift.interval.covers(pause):
            spans = {"pause": format_span(pause), "shift": format_span(shift.interval)}
            yield mistake("break_outside", loc, **spans)
    if any(late.start < early.end for early, late in pairwise(option)):
        yield mistake("breaks_overlap", loc)
    if total_minutes(option) != total_minutes(shift.breaks[0]):
        yield mistake("breaks_unequal", loc)
