"""Sums by the clock: hours at which too few people could be there (A-04, K-01)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from scheduler.audit.bands import heads, under_way
from scheduler.audit.users import staff_on_visits, users_in_house
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.precheck import AND, Line, Topic, line_of
from scheduler.domain.problem import Problem
from scheduler.precheck.cells import Cells
from scheduler.precheck.nights import Watch, room_of, watch_at
from scheduler.precheck.presence import (
    Crowd,
    crowd,
    not_there,
    those_there,
    ways_by_contract,
    ways_on,
)
from scheduler.precheck.work_dates import most_by_last


class ClockPiece(NamedTuple):
    """A piece of a date's clock during which nothing changes."""

    date: dt.date
    span: Interval
    wanted: int
    people: tuple[StaffId, ...]
    """People who could be there."""
    crowd: Crowd
    """How many of them can be there at once."""

    @property
    def missing(self) -> int:
        """How many people are missing; zero or less if nobody is."""
        return self.wanted - self.crowd.most


class Squeeze(NamedTuple):
    """Hours short by shift table and cover rules alone, even with nobody on leave."""

    wanted: int
    crowd: Crowd
    """How many people could be there if nobody had leave."""
    shifts: tuple[str, ...]
    """Symbols of the shifts at these hours."""


Moments = dict[dt.date, list[ClockPiece]]
"""Pieces of the clock, by date."""


def day_of(
    cells: Cells, date: dt.date, wanted: Iterable[tuple[Interval, int]]
) -> list[ClockPiece]:
    """Return the pieces of a date with the people who could be there.

    Parameters
    ----------
    wanted
        The pieces, and how many people each needs.
    """
    ways = ways_on(cells, date)
    day = []
    for span, number in wanted:
        people = those_there(ways, span.start)
        possible = crowd(cells, date, span.start, people)
        day.append(ClockPiece(date, span, number, tuple(people), possible))
    return day


def by_clock(cells: Cells, moments: Moments) -> Iterator[Line]:
    """Yield the hours that are short or tight, or else those nearest to it.

    Where shift table and cover rules alone leave hours short, all dates make one line.
    """
    lasting: dict[tuple[Squeeze, Interval], list[ClockPiece]] = defaultdict(list)
    short: list[Line] = []
    tight: list[Line] = []
    for date, of_date in moments.items():
        missing = [one for one in of_date if one.missing > 0]
        for stretch, cause in join_pieces(_with_causes(cells, date, missing)):
            if cause is None:
                line = _people(cells, stretch, obstacles=True)
                line = line.model_copy(update={"rules": stretch.crowd.rules})
                short.append(line)
            else:
                lasting[cause, stretch.span].append(stretch)
        # Only a lack of people is tight: a cover rule's maximum is the office's will.
        bare = [one for one in of_date if len(one.people) == one.wanted]
        if bare and not missing:
            tight.append(_people(cells, _longest(bare[0], of_date), obstacles=True))
    for (cause, _), found in lasting.items():
        yield _of_cause(cells, cause, found)
    yield from short
    yield from tight
    if not (lasting or short or tight):
        every = [one for of_date in moments.values() for one in of_date]
        open_ones = [one for one in every if not one.crowd.rules] or every
        nearest = max(open_ones, key=lambda one: one.missing)
        yield _people(cells, _longest(nearest, moments[nearest.date]), obstacles=False)


def hours_of(line: Line) -> Interval:
    """Return the hours of a line by the clock."""
    return Interval(int(line.facts["begin"]), int(line.facts["end"]))


def one_line_a_cause(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Merge lines on the same hours that the same change of the input would mend.

    On a Sunday another number of people is short, by another cover rule, than on a
    Monday; what somebody must change is the same.
    """
    in_order: dict[object, list[Line]] = defaultdict(list)
    for number, line in enumerate(lines):
        is_short = line.code == "hours_short"
        in_order[hours_of(line) if is_short else number].append(line)
    return tuple(one for alike in in_order.values() for one in _merged(alike))


DATED = ("night_date", "on_call_date", "care_people", "cover_date", "event_few")
"""Codes of lines on what single dates need, with why each person cannot."""


def once_a_reason(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines, those that fail for the reasons of an earlier one merged with it.

    Where nobody can work a night, its evening and morning are short as well, and every
    cover rule on it: the same people cannot, for the same reasons.
    """
    leads: list[list[Line]] = []
    for line in lines:
        for lead in leads:
            if _is_led_by(lead[0], line):
                lead.append(line)
                break
        else:
            leads.append([line])
    for first, *others in leads:
        merged = (first, *others) if others else first.merged
        yield first.model_copy(update={"merged": merged})


def _is_led_by(lead: Line, line: Line) -> bool:
    """Tell whether a line says of a date, or the morning after, what another says."""
    if not all(one.code in DATED and one.obstacles for one in (lead, line)):
        return False
    near = {date + days * ONE_DAY for date in lead.dates for days in (0, 1)}
    return (
        lead.verdict is line.verdict
        and line.mends in ((), lead.mends)
        and near.issuperset(line.dates)
        and set(lead.obstacles).issubset(line.obstacles)
    )


def _merged(lines: Sequence[Line]) -> Sequence[Line]:
    """Return one line for several, or these if no change would mend them all."""
    mends = [mend for mend in lines[0].mends if all(mend in one.mends for one in lines)]
    if len(lines) == 1 or not mends:
        return lines
    worst = max(lines, key=lambda one: (one.missing, one.required))
    named = dict.fromkeys(name for one in lines for name in one.rules)
    merged = {
        "code": "hours_short_merged",
        "dates": tuple(sorted(date for one in lines for date in one.dates)),
        "rules": tuple(named),
        "mends": tuple(mends),
        "merged": tuple(lines),
    }
    return [worst.model_copy(update=merged)]


def _with_causes(
    cells: Cells, date: dt.date, missing: Sequence[ClockPiece]
) -> Iterator[tuple[ClockPiece, Squeeze | None]]:
    """Yield each short piece, with its cause if it is so even with nobody on leave."""
    ways = ways_by_contract(cells, date) if missing else []
    for moment in missing:
        minute = moment.span.start
        people = those_there(ways, minute)
        possible = crowd(cells, date, minute, people)
        cause = None
        if possible.most < moment.wanted:
            symbols = {way.shift.symbol for own in people.values() for way in own}
            shifts = tuple(
                s.symbol for s in cells.problem.all_shifts if s.symbol in symbols
            )
            cause = Squeeze(moment.wanted, possible, shifts)
        yield moment, cause


def join_pieces(
    found: Iterable[tuple[ClockPiece, Squeeze | None]],
) -> list[tuple[ClockPiece, Squeeze | None]]:
    """Join neighbouring pieces at which as many are missing for the same cause."""
    together: list[tuple[ClockPiece, Squeeze | None]] = []
    for moment, cause in found:
        if together and _goes_on(*together[-1], moment, cause):
            before, _ = together.pop()
            span = Interval(before.span.start, moment.span.end)
            moment = before._replace(span=span)
        together.append((moment, cause))
    return together


def _goes_on(
    before: ClockPiece,
    cause_before: Squeeze | None,
    moment: ClockPiece,
    cause: Squeeze | None,
) -> bool:
    if before.span.end != moment.span.start or cause_before != cause:
        return False
    alike = before._replace(date=moment.date, span=moment.span) == moment
    return cause is not None or alike


def _of_cause(cells: Cells, cause: Squeeze, found: Sequence[ClockPiece]) -> Line:
    problem, (begin, end) = cells.problem, found[0].span
    users = [users_in_house(problem, one.date, begin) for one in found]
    return line_of(
        Topic.CARE,
        "hours_short",
        cause.wanted,
        cause.crowd.most,
        dates=tuple(one.date for one in found),
        rules=cause.crowd.rules,
        facts={
            "begin": begin,
            "end": end,
            "shifts": "/".join(cause.shifts),
            "eve": "/".join(_of_the_eve(cells, found)),
            "always": cells.rulebook["A-04"].int("present_min"),
            "users_least": min(users),
            "users_most": max(users),
            "out": max(_elsewhere(problem, one.date, begin) for one in found),
        },
    )


def _of_the_eve(cells: Cells, found: Sequence[ClockPiece]) -> Iterator[str]:
    """Yield the nights that reach into short hours of the first date alone.

    Last month's tail has none of them: perhaps it was only not written down.
    """
    problem = cells.problem
    eve = cells.first - ONE_DAY
    tail = [duty for duty in problem.history.duties if duty.date == eve and duty.shift]
    if [one.date for one in found] != [cells.first] or any(
        cells.shifts[duty.shift].passes_midnight for duty in tail if duty.shift
    ):
        return
    hours = found[0].span.shifted(DAY)
    for shift in problem.shifts:
        if shift.interval.covers(hours) and not shift.on_request:
            yield shift.symbol


def _elsewhere(problem: Problem, date: dt.date, minute: int) -> int:
    """Return the people out on visits or at tasks beside the need."""
    tasks = under_way(problem, problem.period.offset(date) + minute)
    return staff_on_visits(problem, date, minute) + heads(tasks)


def _longest(moment: ClockPiece, of_date: Sequence[ClockPiece]) -> ClockPiece:
    """Join a piece with those that follow, as long as nothing changes."""
    after = [one for one in of_date if one.span.start >= moment.span.start]
    return join_pieces([(one, None) for one in after])[0][0]


def _people(cells: Cells, moment: ClockPiece, *, obstacles: bool) -> Line:
    """Return the line of some hours: who can be there, and why others cannot."""
    minute = moment.span.start
    others = not_there(cells, moment.date, minute, moment.people) if obstacles else ()
    return line_of(
        Topic.CARE,
        "care_people",
        moment.wanted,
        moment.crowd.most,
        tight=obstacles,
        dates=(moment.date,),
        people=moment.people,
        obstacles=others,
        facts={"begin": moment.span.start, "end": moment.span.end},
    )


# -- hours that only nights cover, compared with the nights people can work ------------


class ShortHours(NamedTuple):
    """Hours with the shifts that cover them, and the people needed on each date."""

    watch: Watch
    wanted: tuple[tuple[dt.date, int], ...]
    """People needed, by date."""
    span: Interval

    @property
    def key(self) -> tuple[object, ...]:
        """Neighbouring hours with the same key make one line."""
        symbols = [shift.symbol for shift in self.watch.shifts]
        return (self.watch.begins, *symbols, self.wanted)


def by_month(cells: Cells, moments: Moments) -> Iterator[Line]:
    """Yield the hours that need more nights in all than people can work.

    Dates that are short by themselves are left out at their hours.
    """
    for _, group in groupby(_stretches(cells, moments), key=lambda one: one.key):
        first, *others = group
        last = others[-1] if others else first
        dates = tuple(date for date, number in first.wanted if number)
        rooms = {
            member.name: room_of(cells, member, first.watch, dates)
            for member in cells.problem.staff
        }
        caps = {name: most_by_last(room)[-1] for name, room in rooms.items()}
        required = sum(number for _, number in first.wanted)
        if sum(caps.values()) < required:
            yield line_of(
                Topic.CARE,
                "hours_span",
                required,
                sum(caps.values()),
                dates=dates,
                shares={name: number for name, number in caps.items() if number},
                facts={
                    "begin": first.span.start,
                    "end": last.span.end,
                    "shifts": "/".join(shift.symbol for shift in first.watch.shifts),
                    "carried": AND.join(name for name in rooms if rooms[name].tail),
                },
            )


def _stretches(cells: Cells, moments: Moments) -> Iterator[ShortHours]:
    """Yield the hours covered only by nights that all begin on the same date."""
    every = [one for of_date in moments.values() for one in of_date]
    edges = sorted({edge for one in every for edge in one.span})
    for start, end in pairwise(edges):
        watch = watch_at(cells, start)
        if watch is None or any(not s.is_night for s in watch.shifts):
            continue
        wanted = tuple(
            (one.date, one.wanted)
            for one in every
            if one.missing <= 0 and one.span.start <= start < one.span.end
        )
        yield ShortHours(watch, wanted, Interval(start, end))
