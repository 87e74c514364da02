"""Hours of the day that nights alone cover, held against the nights of the month."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.clock import Interval
from scheduler.domain.precheck import Line, Share, Topic, Verdict
from scheduler.domain.shifts import ShiftKind
from scheduler.precheck.by_clock import hours_of
from scheduler.precheck.nights import Watch, room_of, watch_at
from scheduler.precheck.runs import most_by_last

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from scheduler.precheck.by_clock import Moments
    from scheduler.precheck.ground import Ground


class Stretch(NamedTuple):
    """Hours at which the same shifts are worked and as many people wanted."""

    watch: Watch
    wanted: tuple[tuple[dt.date, int], ...]
    """By date."""
    span: Interval

    @property
    def key(self) -> tuple[object, ...]:
        """What it has in common with neighbours that are told with it."""
        symbols = [shift.symbol for shift in self.watch.shifts]
        return (self.watch.begins, *symbols, self.wanted)


def by_month(ground: Ground, moments: Moments, short: Sequence[Line]) -> Iterator[Line]:
    """Yield the hours that want more nights in all than people can pass.

    Parameters
    ----------
    short
        What is told of single dates: they are left out at the hours concerned.
    """
    stretches_of_all = _stretches(ground, moments, short)
    for _, group in groupby(stretches_of_all, key=lambda one: one.key):
        stretches = list(group)
        span = Interval(stretches[0].span.start, stretches[-1].span.end)
        line = _line(ground, stretches[0]._replace(span=span))
        if line.missing > 0:
            yield line


def _stretches(
    ground: Ground, moments: Moments, short: Sequence[Line]
) -> Iterator[Stretch]:
    """Yield the hours at which only nights begun on the same date are worked."""
    spans = {one.span for of_date in moments.values() for one in of_date}
    edges = sorted({edge for span in spans for edge in span})
    for start, end in pairwise(edges):
        watch = watch_at(ground, start)
        if watch is None or any(s.kind is not ShiftKind.NIGHT for s in watch.shifts):
            continue
        told = {
            date
            for line in short
            if hours_of(line).start <= start < hours_of(line).end
            for date in line.dates
        }
        wanted = tuple(
            (date, one.wanted)
            for date, of_date in moments.items()
            if date not in told
            for one in of_date
            if one.span.start <= start < one.span.end
        )
        yield Stretch(watch, wanted, Interval(start, end))


def _line(ground: Ground, stretch: Stretch) -> Line:
    dates = [date for date, number in stretch.wanted if number]
    caps = {
        member.name: most_by_last(room_of(ground, member, stretch.watch, dates))[-1]
        for member in ground.problem.staff
    }
    able = {name: number for name, number in caps.items() if number}
    begin, end = stretch.span
    return Line(
        topic=Topic.CARE,
        code="hours_span",
        verdict=Verdict.IMPOSSIBLE,
        dates=tuple(dates),
        people=tuple(able),
        required=sum(number for _, number in stretch.wanted),
        possible=sum(able.values()),
        shares=tuple(Share(staff=name, amount=number) for name, number in able.items()),
        facts={
            "begin": begin,
            "end": end,
            "shifts": "/".join(shift.symbol for shift in stretch.watch.shifts),
        },
    )
