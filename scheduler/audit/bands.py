"""Day and night bands: who is present in them piece by piece, and tasks beside."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.stints import merged
from scheduler.audit.timeline import Timeline
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval, total_minutes
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule, MetBy
from scheduler.domain.shifts import Shift
from scheduler.domain.staff import StaffMember

Key = TypeVar("Key")
Heads = tuple[tuple[Interval, int], ...]


def sweep(
    window: Interval,
    presences: Iterable[tuple[Interval, Key]],
    events: Iterable[int] = (),
) -> Iterator[tuple[Interval, frozenset[Key]]]:
    """Divide a window at every event, and yield who is present in each piece.

    Parameters
    ----------
    window
        The absolute minutes to cover.
    presences
        Intervals with who is present in them; of overlapping ones of the same key
        one counts.

    Yields
    ------
    tuple
        A piece of the window and the keys present throughout it.
    """
    changes: dict[int, list[tuple[Key, int]]] = {window.start: [], window.end: []}
    for minute in events:
        if window.start < minute < window.end:
            changes.setdefault(minute, [])
    for interval, key in presences:
        start, end = interval.intersection(window)
        if start < end:
            changes.setdefault(start, []).append((key, 1))
            changes.setdefault(end, []).append((key, -1))
    there: Counter[Key] = Counter()
    for start, end in pairwise(sorted(changes)):
        for key, step in changes[start]:
            there[key] += step
        yield Interval(start, end), frozenset(key for key in there if there[key] > 0)


class Level(NamedTuple):
    """Required and actual people over an interval in which neither changes."""

    span: Interval
    required: int
    actual: int
    people: tuple[StaffId, ...] = ()

    @property
    def missing(self) -> int:
        """Person-minutes below the requirement."""
        return max(0, self.required - self.actual) * self.span.minutes

    @property
    def surplus(self) -> int:
        """Person-minutes above the requirement."""
        return max(0, self.actual - self.required) * self.span.minutes


def joined(levels: Iterable[Level]) -> Iterator[Level]:
    """Join adjacent levels with equal numbers; their people are united."""
    last: Level | None = None
    for level in levels:
        if last is None:
            last = level
        elif last.span.end == level.span.start and last[1:3] == level[1:3]:
            span = Interval(last.span.start, level.span.end)
            people = tuple(sorted({*last.people, *level.people}))
            last = Level(span, last.required, last.actual, people)
        else:
            yield last
            last = level
    if last is not None:
        yield last


def night_band(problem: Problem, date: dt.date) -> Interval:
    """Return the night band that begins on ``date``, in absolute minutes."""
    return problem.office.night_band.shifted(problem.period.offset(date))


def day_band(problem: Problem, date: dt.date) -> Interval:
    """Return the interval from the end of last night's band to tonight's (A-08)."""
    return day_clock(problem).shifted(problem.period.offset(date))


def day_clock(problem: Problem) -> Interval:
    """Return the same interval in clock minutes of its date."""
    night = problem.office.night_band
    return Interval(night.end - DAY, night.start)


def pool(timeline: Timeline, window: Interval) -> Iterator[tuple[Interval, StaffId]]:
    """Yield intervals of work in a role of the care pool, with the person.

    Breaks are left out; intervals may lie outside ``window``.
    """
    for stint in timeline.around(window):
        for piece, role in stint.at_work:
            if role is not None and role.in_care_pool:
                yield piece, stint.person


def pool_minutes(timeline: Timeline, problem: Problem, date: dt.date) -> int:
    """Return the care pool's minutes in the day band of a date (A-03).

    A person's overlapping work counts once (A-15).
    """
    band = day_band(problem, date)

    def found() -> int:
        pieces: dict[StaffId, list[Interval]] = defaultdict(list)
        for piece, person in pool(timeline, band):
            pieces[person].append(piece.intersection(band))
        return sum(total_minutes(merged(own)) for own in pieces.values())

    return timeline.once((pool_minutes, band), found)


def in_the_house(
    timeline: Timeline, window: Interval
) -> Iterator[tuple[Interval, StaffId]]:
    """Yield intervals of presence in a role of the care pool, with the person.

    Breaks are included; intervals may lie outside ``window``.
    """
    for stint in timeline.around(window):
        for segment, role in stint.present:
            if role is not None and role.in_care_pool:
                yield segment, stint.person


def heads_in_the_house(timeline: Timeline, window: Interval) -> Heads:
    """Return the pieces of a window with the number of people `in_the_house`."""

    def found() -> Heads:
        pieces = sweep(window, in_the_house(timeline, window))
        return tuple((piece, len(people)) for piece, people in pieces)

    return timeline.once((heads_in_the_house, window), found)


def stretches_below(
    case: RuleCase,
    facet: str,
    levels: Iterable[Level],
    date: dt.date,
    there: Collection[StaffId] = (),
) -> Findings:
    """Yield a finding for each interval with fewer people than required, joined."""
    for level in joined(levels):
        yield from case.below(
            facet,
            level.required,
            level.actual,
            *level.people,
            amount=level.missing,
            date=date,
            span=level.span,
            there=there,
        )


# -- tasks beside the need by the clock (K-02) -----------------------------------------


Work = tuple[Interval, StaffId]
"""An interval in which a person counts."""
Able = tuple[CoverRule, frozenset[StaffId]]
"""A task with those who could do it."""
Piece = tuple[Interval, frozenset[StaffId], list[Able]]
"""An interval, who counts in it, and the tasks under way."""


def task_spans(problem: Problem, window: Interval) -> list[tuple[Interval, int]]:
    """Return the tasks that share a minute with a window, as lines of the sheet.

    Spans are in absolute minutes.
    """
    found = []
    for line, cover in enumerate(problem.cover_rules):
        if not cover.is_on_top or cover.band is None:
            continue
        for date in problem.period.dates:
            span = cover.band.shifted(problem.period.offset(date))
            if cover.applies_on(date) and span.overlaps(window):
                found.append((span, line))
    return found


def under_way(problem: Problem, at: int) -> list[CoverRule]:
    """Return the tasks under way at an absolute minute."""
    found = task_spans(problem, Interval(at, at + 1))
    return [problem.cover_rules[line] for line in dict.fromkeys(n for _, n in found)]


def heads(tasks: Iterable[CoverRule]) -> int:
    """Return the people that tasks take together."""
    return sum(task.at_least or 0 for task in tasks)


def anybody_out(tasks: Iterable[CoverRule]) -> bool:
    """Tell whether a task takes people out of the house."""
    return any(task.met_by is MetBy.OUT for task in tasks)


def at_work_for(
    timeline: Timeline,
    problem: Problem,
    cover: CoverRule,
    window: Interval,
    *,
    breaks_count: bool = False,
) -> Iterator[Work]:
    """Yield intervals of work of the people whom a cover rule counts."""
    for stint in timeline.around(window):
        if fits(cover, problem.member_by_name[stint.person], stint.shift):
            for piece in stint.stretches:
                there = piece.counts and (breaks_count or not piece.on_break)
                if there and cover.role in (None, piece.role):
                    yield piece.interval, stint.person


def fits(cover: CoverRule, member: StaffMember, shift: Shift) -> bool:
    """Tell whether person and shift match a cover rule, whatever the role."""
    return (
        shift.counts
        and cover.qualification in (None, *member.qualifications)
        and cover.group in (None, *member.groups)
        and cover.shift in (None, shift.symbol)
    )


def narrowest(
    span: Interval,
    required: int,
    there: frozenset[StaffId],
    tasks: Sequence[Able],
) -> Level:
    """Return required and actual people for the set of tasks that leaves least.

    Parameters
    ----------
    required, there
        The people needed beside the tasks, and who counts for them.
    tasks
        Each with those who could do it.
    """
    best = Level(span, required, len(there), tuple(sorted(there)))
    for chosen in range(1, 2 ** len(tasks)):
        some = [task for index, task in enumerate(tasks) if chosen >> index & 1]
        people = there.union(*(able for _, able in some))
        level = Level(
            span,
            required + heads(task for task, _ in some),
            len(people),
            tuple(sorted(people)),
        )
        if level.actual - level.required < best.actual - best.required:
            best = level
    return best


def pieces_with(
    timeline: Timeline,
    problem: Problem,
    window: Interval,
    counted: Iterable[Work],
    *,
    moments: Iterable[int] = (),
    breaks_count: bool = False,
) -> Iterator[Piece]:
    """Divide a window; yield who counts, and the tasks with those able, in each piece.

    Parameters
    ----------
    counted
        Intervals in which people count for what is not a task.
    breaks_count
        Whether those on a break could do a task.
    """
    spans = task_spans(problem, window)
    keyed = [(piece, (person, -1)) for piece, person in counted]
    for line in {line for _, line in spans}:
        task = problem.cover_rules[line]
        able = at_work_for(timeline, problem, task, window, breaks_count=breaks_count)
        keyed += [(piece, (person, line)) for piece, person in able]
    edges = [edge for span, _ in spans for edge in span]
    for piece, keys in sweep(window, keyed, [*moments, *edges]):
        who: dict[int, set[StaffId]] = defaultdict(set)
        for person, line in keys:
            who[line].add(person)
        at = piece.start
        now = sorted({line for span, line in spans if span.start <= at < span.end})
        tasks = [(problem.cover_rules[line], frozenset(who[line])) for line in now]
        yield piece, frozenset(who[-1]), tasks


def in_the_way(
    problem: Problem, cover: CoverRule, tasks: Sequence[CoverRule]
) -> list[CoverRule]:
    """Return those of the tasks under way whose people a rule may not count as well.

    For a task: those above it in the sheet; for people present: those out of the house;
    only if somebody could do both.
    """
    if cover.is_on_top:
        place = problem.cover_rules.index(cover)
        others = [one for one in tasks if problem.cover_rules.index(one) < place]
    else:
        others = [one for one in tasks if one.met_by is MetBy.OUT]

    def shared(other: CoverRule) -> bool:
        return any(
            {cover.group, other.group} - {None} <= set(member.groups)
            and {cover.qualification, other.qualification} - {None}
            <= set(member.qualifications)
            for member in problem.staff
        )

    return [one for one in others if shared(one)]


def hours_beside(problem: Problem, date: dt.date) -> int:
    """Return the day-band minutes of a date that tasks need besides (A-03)."""
    day, total = day_band(problem, date), 0
    for cover in problem.cover_rules:
        if cover.is_on_top and not cover.in_day_hours and cover.band is not None:
            for held in (date - ONE_DAY, date):
                if held in problem.period and cover.applies_on(held):
                    span = cover.band.shifted(problem.period.offset(held))
                    total += span.intersection(day).minutes * heads([cover])
    return total
