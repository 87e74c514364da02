"""Visits in the night band, for which a second person must be awake (K-01)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scheduler.audit.users import (
    movement_minutes,
    night_is_needed,
    staff_on_visits,
)
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.office import HouseRatio
from scheduler.domain.precheck import Line, Topic, Verdict
from scheduler.precheck.moments import moments
from scheduler.precheck.nights import in_pool
from scheduler.precheck.obstacles import at_moment

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.domain.base import StaffId
    from scheduler.precheck.ground import Ground

Shortage = tuple[Interval, int, tuple["StaffId", ...]]
"""Hours of the clock, the people that they need, and who could be awake in them."""


def night_visits(ground: Ground) -> Iterator[Line]:
    """Yield the visits for which too few could be awake, all their dates in a line."""
    found: dict[Shortage, list[dt.date]] = defaultdict(list)
    for date in ground.problem.period.dates:
        for shortage in _on_date(ground, date):
            found[shortage].append(date)
    for (span, wanted, able), dates in found.items():
        yield Line(
            topic=Topic.CARE,
            code="care_people",
            verdict=Verdict.IMPOSSIBLE,
            dates=tuple(dates),
            people=able,
            required=wanted,
            possible=len(able),
            obstacles=at_moment(ground, dates[0], span.start, able, in_pool),
            facts={"begin": span.start, "end": span.end},
        )


def is_held(ground: Ground, date: dt.date) -> bool:
    """Tell whether the house rule is a must, and no exception to it agreed on."""
    is_must = ground.problem.office.settings.house_ratio is HouseRatio.MUST
    return is_must and not ground.agreed("K-01", "must", date=date)


def _on_date(ground: Ground, date: dt.date) -> Iterator[Shortage]:
    """Yield the stretches of a date's nights that are short, neighbours joined."""
    before: Shortage | None = None
    for span, wanted, able in _stretches(ground, date):
        if len(able) >= wanted:
            continue
        if before and before[0].end == span.start and before[1:] == (wanted, able):
            before = (Interval(before[0].start, span.end), wanted, able)
            continue
        if before:
            yield before
        before = (span, wanted, able)
    if before:
        yield before


def _stretches(ground: Ground, date: dt.date) -> Iterator[Shortage]:
    """Yield the stretches of a date's nights in which visits are under way."""
    problem = ground.problem
    if not is_held(ground, date):
        return
    stay = ground.rulebook["K-01"].int("stay_min")
    band = problem.office.night_band
    profile = problem.profile_by_name[problem.forecast_by_date[date].profile]
    edges = movement_minutes(profile)
    for night, part in (
        (date - ONE_DAY, Interval(0, band.end - DAY)),
        (date, Interval(band.start, DAY)),
    ):
        staying = stay if night_is_needed(problem, night) else 0
        for piece in moments(problem, part, edges):
            out = staff_on_visits(problem, date, piece.start)
            if out:
                yield piece, staying + out, _able(ground, date, piece.start)


def _able(ground: Ground, date: dt.date, minute: int) -> tuple[StaffId, ...]:
    """Return who could be in the house at a clock minute, on a break or not."""
    return tuple(
        member.name
        for member in ground.problem.staff
        if ground.could_be_there(member, date, minute, in_pool, breaks_count=True)
    )
