"""Check the office's kinds of day, and the spells entered of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from scheduler.audit.consistency.office import breaks_too_short, times_mistakes
from scheduler.audit.consistency.report import Loc, mistake, unknown
from scheduler.domain.errors import Mistake
from scheduler.domain.kinds import DayKind, Extent, Spell
from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def kind_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find kinds whose ticks and times contradict each other."""
    for i, kind in enumerate(problem.kinds):
        for field, code in _contradictions(kind):
            yield mistake(code, ("kinds", i, field), symbol=kind.symbol)


def _contradictions(kind: DayKind) -> Iterator[tuple[str, str]]:
    """Yield the fields of a kind that contradict others, each with its code."""
    times = (kind.start, kind.end)
    if kind.hours:
        if kind.day_off:
            yield "day_off", "kind_work_and_off"
        if kind.extent is Extent.PERIOD:
            yield "extent", "kind_work_by_period"
        if times.count(None) == 1:
            yield "start" if kind.start is None else "end", "kind_one_time"
        return
    if kind.cover:
        yield "cover", "kind_nobody_there"
    if kind.extent in (Extent.HALF, Extent.CLOCK):
        yield "extent", "kind_leave_in_part"
    for field in ("start", "end", "breaks"):
        if getattr(kind, field) not in (None, ()):
            yield field, "kind_leave_with_times"


def spell_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find spells of unknown people or kinds, without a date, or on the same dates."""
    for i, spell in enumerate(problem.spells):
        loc: Loc = ("spells", i)
        people, kinds = problem.member_by_name, problem.kind_by_symbol
        yield from unknown("unknown_person", spell.staff, people, (*loc, "staff"))
        yield from unknown("unknown_kind", spell.kind, kinds, (*loc, "kind"))
        if spell.last < spell.first:
            yield mistake("dates_reversed", (*loc, "last"))
        kind = kinds.get(spell.kind)
        if kind is None:
            continue
        if spell.span and not kind.hours:
            yield mistake("kind_leave_with_times", (*loc, "span"), symbol=kind.symbol)
        if kind.hours and spell.span is None and kind.interval is None:
            yield mistake("spell_without_times", (*loc, "span"), symbol=kind.symbol)
        inside = any(date in spell for date in problem.period.dates)
        if inside and kind.hours and not _has_a_date(problem, spell):
            name = spell.staff
            yield mistake("spell_on_no_date", (*loc, "first"), name=name)
    for (i, one), (j, other) in combinations(enumerate(problem.spells), 2):
        meet = one.first <= other.last and other.first <= one.last
        if one.staff == other.staff and meet:
            loc = ("spells", j, "first")
            yield mistake("spells_overlap", loc, name=one.staff, number=i + 1)


def _has_a_date(problem: Problem, spell: Spell) -> bool:
    """Tell whether a spell of work has a date on which its person may work."""
    member = problem.member_by_name.get(spell.staff)
    return member is None or any(
        date in spell
        and date in member.employed
        and member.contract.allows(date, problem.period)
        for date in problem.period.dates
    )


def spell_shifts(problem: Problem, rule: Rule) -> Iterator[Mistake]:
    """Find kinds and spells of work with impossible times, or too short a break (F-05).

    Also the symbol that the times of a spell would get, where the shift table has it.
    """
    taken = {look_of(shift.symbol) for shift in problem.shifts}
    for (symbol, interval), shift in problem.kind_shifts.items():
        kind = problem.kind_by_symbol[symbol]
        loc: Loc = ("kinds", problem.kinds.index(kind))
        for i, spell in enumerate(problem.spells):
            if kind.interval != interval and (spell.kind, spell.span) == (
                symbol,
                interval,
            ):
                loc = ("spells", i)
        found = (*times_mistakes(loc, shift), *breaks_too_short(loc, shift, rule))
        for one in found:
            # A spell has no field for breaks or single times.
            at = loc if loc[0] == "spells" else one.loc
            yield one.model_copy(update={"loc": at})
        if shift.symbol != symbol and look_of(shift.symbol) in taken:
            yield mistake("duplicate_symbol", loc, value=shift.symbol)


def spell_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find spells that lie wholly outside the period and last month's tail."""
    start = min((*problem.history.dates, problem.period.first))
    for i, spell in enumerate(problem.spells):
        if spell.last < start or spell.first > problem.period.last:
            yield mistake("spell_outside", ("spells", i, "first"), name=spell.staff)
