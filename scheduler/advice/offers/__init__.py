"""What can be offered around the dates on which a month is not legal.

Temporary workers, shifts with other clock times, days with fewer or other users, limits
that give way: what a manager would think of, where it could help.  Which of it is used,
and at what price, is for `scheduler.advice.elastic` to find out.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.advice.offers.days import other_days
from scheduler.advice.offers.help import Help, help_on
from scheduler.advice.offers.limits import extra_duties
from scheduler.advice.offers.shifts import moved_shifts
from scheduler.domain.agreements import Concession
from scheduler.domain.shifts import OffKind
from scheduler.domain.stance import Stance
from scheduler.rulebook import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scheduler.domain.agreements import Spot
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Duty
    from scheduler.domain.staff import StaffMember

__all__ = ["Help", "Offers", "to_be_mended"]

ONE_DAY = dt.timedelta(days=1)

EXTRA_NIGHTS = 4
"""Nights more that one person may be asked for."""


def to_be_mended(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings for which causes and repairs are looked for."""
    return tuple(
        finding
        for finding in findings
        if finding.stance.is_hard or finding.stance is Stance.CONTRACT
    )


class Offers:
    """Everything offered for one problem and what an audit found in its best roster.

    Parameters
    ----------
    problem
        The month.
    broken
        The findings to be mended.
    since
        First date that can change, where the month has begun.  What was enough before
        something happened on a date is then enough on the others, but for sums over
        the month on which nobody can agree.

    Attributes
    ----------
    broken_on
        Dates of the breaches; none, where one has no date.
    dates
        These and the dates next to them; all, where there is none.
    help
        Temporary workers, by date and kind.
    shifts
        Shifts of the table with other clock times.
    days
        Days that may come instead of those expected.
    absent
        Pins of absence that the roster keeps: nobody who is ill is asked to come.
    """

    def __init__(
        self,
        problem: Problem,
        broken: Sequence[Finding],
        since: dt.date | None = None,
    ) -> None:
        self._rulebook = load(problem.period)
        self._overtime = problem.office.settings.overtime_most or 0
        found = {finding.date for finding in broken}
        everywhere = any(
            finding.date is None and not (since and self._can_yield(finding))
            for finding in broken
        )
        dates = [d for d in problem.period.dates if since is None or d >= since]
        self.broken_on = tuple(d for d in dates if d in found and not everywhere)
        near = {date + n * ONE_DAY for date in self.broken_on for n in (-1, 0, 1)}
        self.dates = tuple(date for date in dates if everywhere or date in near)
        self.help = dict(help_on(problem, broken, self.broken_on or dates))
        self.shifts = tuple(moved_shifts(problem, broken))
        days = other_days(problem, self.dates)
        self.days = tuple(day for day in days if day.date in dates)
        self.absent = tuple(_absent(problem, broken))
        self._extra = frozenset(extra_duties(problem, self.dates, self.shifts))

    def _can_yield(self, finding: Finding) -> bool:
        return self._rulebook[finding.rule].facet[finding.facet].yields is not None

    @property
    def helpers(self) -> tuple[StaffMember, ...]:
        """All temporary workers, each for one date."""
        return tuple(one for members in self.help.values() for one in members)

    def gives(self, spot: Spot) -> int:
        """Return how much an enforced limit may give way at a spot."""
        match self._rulebook[spot.rule].facet[spot.facet].yields:
            case Concession.EXTRA_NIGHT:
                return EXTRA_NIGHTS
            case Concession.OVERTIME_HOUR:
                return self._overtime
            case Concession.LONGER_RUN:
                return 1
            case Concession.EXTRA_DAY:
                return int(spot.rule == "L-04" or spot in self._extra)
            case _:
                return 0


def _absent(problem: Problem, broken: Sequence[Finding]) -> Iterator[Duty]:
    """Yield the pins of absence that neither law nor an agreement has changed."""
    changed = {
        (spot.staff, spot.date)
        for spot in (agreement.spot for agreement in problem.agreements)
        if spot.rule == "W-02"
    }
    changed |= {
        (finding.people[0], finding.date)
        for finding in broken
        if finding.rule == "W-02"
    }
    for pin in problem.pins.duties:
        if pin.off is OffKind.ABSENT and (pin.staff, pin.date) not in changed:
            yield pin
