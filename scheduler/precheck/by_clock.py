"""Hours of the day at which too few people could be there (A-04, K-01)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.users import staff_on_visits, users_in_house
from scheduler.domain.clock import Interval
from scheduler.domain.precheck import Line, Topic, Verdict
from scheduler.precheck.at_most import (
    Crowd,
    crowd,
    there,
    ways_by_contract,
    ways_on,
)
from scheduler.precheck.nights import in_pool
from scheduler.precheck.obstacles import at_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scheduler.domain.base import StaffId
    from scheduler.precheck.ground import Ground


class Moment(NamedTuple):
    """A piece of a date's day during which nothing changes."""

    date: dt.date
    span: Interval
    wanted: int
    people: tuple[StaffId, ...]
    """Who could be there."""
    crowd: Crowd
    """How many of them at once."""

    @property
    def missing(self) -> int:
        """How many are wanting; zero or less where nobody is."""
        return self.wanted - self.crowd.most


class Cause(NamedTuple):
    """What leaves hours short whoever has leave: shift table and cover rules."""

    wanted: int
    crowd: Crowd
    """How many could be there if nobody had leave."""
    shifts: tuple[str, ...]
    """Symbols of the shifts at these hours."""


Moments = dict[dt.date, list[Moment]]
"""The day of each date, piece by piece."""


def day_of(
    ground: Ground, date: dt.date, wanted: Iterable[tuple[Interval, int]]
) -> list[Moment]:
    """Work out who could be there during the pieces of a date.

    Parameters
    ----------
    wanted
        The pieces, and how many people each needs.
    """
    ways = ways_on(ground, date)
    day = []
    for span, number in wanted:
        people = there(ways, span.start)
        possible = crowd(ground, date, span.start, people)
        day.append(Moment(date, span, number, tuple(people), possible))
    return day


def by_clock(ground: Ground, moments: Moments) -> Iterator[Line]:
    """Yield the hours that are short, or tight, or else those that come nearest.

    Where shift table and cover rules alone leave hours short, all dates make one line.
    """
    lasting: dict[tuple[Cause, Interval], list[Moment]] = defaultdict(list)
    short: list[Line] = []
    tight: list[Line] = []
    for _date, of_date in moments.items():
        wanting = [(one, _cause(ground, one)) for one in of_date if one.missing > 0]
        for stretch, cause in _joined(wanting):
            if cause is None:
                short.append(_of_date(ground, stretch))
            else:
                lasting[cause, stretch.span].append(stretch)
        if not wanting:
            tight += _tight(ground, of_date)
    for (cause, _), found in lasting.items():
        yield _of_cause(ground, cause, found)
    yield from short
    yield from tight
    if not (lasting or short or tight):
        yield _nearest(moments)


def hours_of(line: Line) -> Interval:
    """Return the hours that a line speaks of."""
    return Interval(int(line.facts["begin"]), int(line.facts["end"]))


def _cause(ground: Ground, moment: Moment) -> Cause | None:
    """Return why hours would be short even with everybody there, if they would."""
    minute = moment.span.start
    people = there(ways_by_contract(ground, moment.date), minute)
    possible = crowd(ground, moment.date, minute, people)
    if possible.most >= moment.wanted:
        return None
    symbols = {way.shift.symbol for ways in people.values() for way in ways}
    in_order = tuple(s.symbol for s in ground.problem.shifts if s.symbol in symbols)
    return Cause(moment.wanted, possible, in_order)


def _joined(
    wanting: Sequence[tuple[Moment, Cause | None]],
) -> Iterator[tuple[Moment, Cause | None]]:
    """Join neighbouring moments at which as many are missing for the same reason."""
    before: tuple[Moment, Cause | None] | None = None
    for moment, cause in wanting:
        if before is not None and _goes_on(*before, moment, cause):
            span = Interval(before[0].span.start, moment.span.end)
            before = (before[0]._replace(span=span), cause)
            continue
        if before is not None:
            yield before
        before = (moment, cause)
    if before is not None:
        yield before


def _goes_on(
    before: Moment, cause_before: Cause | None, moment: Moment, cause: Cause | None
) -> bool:
    if before.span.end != moment.span.start or cause_before != cause:
        return False
    return cause is not None or (
        before.wanted == moment.wanted
        and before.crowd == moment.crowd
        and before.people == moment.people
    )


def _of_cause(ground: Ground, cause: Cause, found: Sequence[Moment]) -> Line:
    begin, end = found[0].span
    users = [users_in_house(ground.problem, one.date, begin) for one in found]
    out = max(staff_on_visits(ground.problem, one.date, begin) for one in found)
    always = ground.rulebook["A-04"].int("present_min")
    return Line(
        topic=Topic.CARE,
        code="hours_short",
        verdict=Verdict.IMPOSSIBLE,
        dates=tuple(one.date for one in found),
        required=cause.wanted,
        possible=cause.crowd.most,
        rules=cause.crowd.rules,
        facts={
            "begin": begin,
            "end": end,
            "shifts": "/".join(cause.shifts),
            "always": always,
            "users_least": min(users),
            "users_most": max(users),
            "out": out,
        },
    )


def _of_date(ground: Ground, stretch: Moment) -> Line:
    """Say of a date who cannot be there at some hours."""
    return _people(stretch, Verdict.IMPOSSIBLE).model_copy(
        update={
            "rules": stretch.crowd.rules,
            "obstacles": at_moment(
                ground, stretch.date, stretch.span.start, stretch.people, in_pool
            ),
        }
    )


def _tight(ground: Ground, of_date: Sequence[Moment]) -> Iterator[Line]:
    """Yield the first hours of a date at which everybody who could come is wanted.

    Where a cover rule keeps the number down, that is as the office wants it.
    """
    for moment in of_date:
        if len(moment.people) == moment.wanted:
            stretch = _longest(moment, of_date)
            obstacles = at_moment(
                ground, moment.date, moment.span.start, moment.people, in_pool
            )
            line = _people(stretch, Verdict.TIGHT)
            yield line.model_copy(update={"obstacles": obstacles})
            return


def _nearest(moments: Moments) -> Line:
    """Return the hours with fewest to spare of those that no cover rule keeps down."""
    every = [one for of_date in moments.values() for one in of_date]
    open_ones = [one for one in every if not one.crowd.rules] or every
    nearest = max(open_ones, key=lambda one: one.missing)
    return _people(_longest(nearest, moments[nearest.date]), Verdict.FINE)


def _longest(moment: Moment, of_date: Sequence[Moment]) -> Moment:
    """Join a moment with those that follow, as long as nothing changes."""
    for following in of_date:
        if _goes_on(moment, None, following, None):
            span = Interval(moment.span.start, following.span.end)
            moment = moment._replace(span=span)
    return moment


def _people(moment: Moment, verdict: Verdict) -> Line:
    begin, end = moment.span
    return Line(
        topic=Topic.CARE,
        code="care_people",
        verdict=verdict,
        dates=(moment.date,),
        people=moment.people,
        required=moment.wanted,
        possible=moment.crowd.most,
        facts={"begin": begin, "end": end},
    )
