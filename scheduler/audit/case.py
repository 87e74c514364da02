"""What every check of a rule works with: the roster, and helpers to make findings."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import (
    Callable,
    Collection,
    Container,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from typing import NamedTuple, TypedDict, Unpack

from scheduler.audit.staff_list import Listed, may_do
from scheduler.audit.stints import Stint
from scheduler.audit.timeline import Timeline
from scheduler.domain.base import StaffId
from scheduler.domain.clock import Interval
from scheduler.domain.finding import Finding
from scheduler.domain.office import Settings
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import RESTS, Role
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule

Findings = Iterator[Finding]


class Where(TypedDict, total=False):
    """Optional arguments of findings: where a limit fails, and facts for its text."""

    date: dt.date | None
    span: Interval | None
    """In absolute minutes."""
    facts: Mapping[str, int | str] | None
    there: Collection[StaffId]
    """Who was counted, where a finding speaks of others or of nobody."""


class Compared(NamedTuple):
    """A limit and what there is, at one place, whether it is broken or not."""

    required: int
    actual: int
    """Both in the unit in which the facet compares."""
    people: tuple[StaffId, ...]
    date: dt.date | None
    begin: dt.datetime | None
    end: dt.datetime | None
    at_most: bool
    """Whether ``required`` is an upper limit; if not, a lower one."""

    @property
    def margin(self) -> int:
        """Distance to the limit, negative if it is broken."""
        surplus = self.actual - self.required
        return -surplus if self.at_most else surplus


class RuleCase(NamedTuple):
    """A roster to be judged by one rule."""

    timeline: Timeline
    problem: Problem
    """The month as the rule reads it (`Problem.judged_by`)."""
    rule: Rule
    tightest: dict[str, Compared] | None = None
    """By facet the comparison with the least margin, the first of several such, as
    the check says them; ``None``: nobody asks."""

    @property
    def staff(self) -> tuple[StaffMember, ...]:
        """The people of the month."""
        return self.problem.staff

    @property
    def period(self) -> Period:
        """The period of the roster."""
        return self.problem.period

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The dates of the period."""
        return self.problem.period.dates

    @property
    def settings(self) -> Settings:
        """The settings of the office."""
        return self.problem.office.settings

    def within(self, dates: Sequence[dt.date]) -> Where:
        """Return where a limit on a week, or another stretch of dates, is told."""
        day = self.period.day
        return {
            "date": max(dates[0], self.period.first),
            "span": Interval(day(dates[0]).start, day(dates[-1]).end),
        }

    def finding(
        self,
        facet: str,
        amount: int,
        *people: StaffId,
        required: int,
        actual: int,
        **where: Unpack[Where],
    ) -> Finding:
        """Return the finding of one breach of a facet.

        Parameters
        ----------
        amount
            Size of the breach, in the facet's unit.
        required, actual
            The two sides of the comparison that failed.
        """
        record = self.rule.facet[facet]
        date, begin, end = self._when(where)
        return Finding(
            rule=self.rule.id,
            facet=facet,
            stance=record.stance,
            unit=record.unit,
            amount=amount,
            required=required,
            actual=actual,
            people=people,
            date=date,
            begin=begin,
            end=end,
            facts=dict(where.get("facts") or {}),
        )

    def _when(
        self, where: Where
    ) -> tuple[dt.date | None, dt.datetime | None, dt.datetime | None]:
        """Return date, begin and end of a place."""
        moment, span = self.problem.period.moment, where.get("span")
        if span is None:
            return where.get("date"), None, None
        return where.get("date"), moment(span.start), moment(span.end)

    def compare(
        self,
        facet: str,
        required: int,
        actual: int,
        *people: StaffId,
        at_most: bool = False,
        **where: Unpack[Where],
    ) -> int:
        """Return by how much a limit is broken, 0 if it is kept.

        Whoever asks for the tightest places hears of every comparison made here.
        """
        margin = required - actual if at_most else actual - required
        if self.tightest is not None:
            known = self.tightest.get(facet)
            if known is None or margin < known.margin:
                who = tuple(where.get("there") or people)
                when = self._when(where)
                self.tightest[facet] = Compared(required, actual, who, *when, at_most)
        return max(0, -margin)

    def below(
        self,
        facet: str,
        required: int,
        actual: int,
        *people: StaffId,
        amount: int | None = None,
        **where: Unpack[Where],
    ) -> Findings:
        """Yield a finding if ``actual < required``.

        Parameters
        ----------
        amount
            Size of the breach; ``None``: the difference.
        """
        short = self.compare(facet, required, actual, *people, **where)
        if short:
            size = short if amount is None else amount
            yield self.finding(
                facet, size, *people, required=required, actual=actual, **where
            )

    def on_list(self, least: int, listed: Listed) -> Findings:
        """Find that fewer than so many people are there, and from when to when.

        It is one breach: somebody who comes on a date in between makes no second one.
        """
        short = listed.below(least)
        if len(short) in (0, len(self.dates)):
            there = listed.names
            yield from self.below("on_list", least, listed.fewest, there=there)
            return
        where = Where(**self.within(short), there=listed.of(short).names)
        yield from self.below("on_list", least, listed.fewest, **where)

    def above(
        self,
        facet: str,
        limit: int,
        actual: int,
        *people: StaffId,
        amount: int | None = None,
        **where: Unpack[Where],
    ) -> Findings:
        """Yield a finding if ``actual > limit``; its amount as in `below`."""
        beyond = self.compare(facet, limit, actual, *people, at_most=True, **where)
        if beyond:
            size = beyond if amount is None else amount
            yield self.finding(
                facet, size, *people, required=limit, actual=actual, **where
            )

    def once(
        self,
        facet: str,
        *people: StaffId,
        required: int = 0,
        actual: int = 1,
        **where: Unpack[Where],
    ) -> Finding:
        """Return the finding of a breach whose amount is one, whatever its size."""
        return self.finding(
            facet, 1, *people, required=required, actual=actual, **where
        )

    def missing(self, facet: str, *people: StaffId, **where: Unpack[Where]) -> Finding:
        """Return the finding of one thing that is asked for and is not there."""
        return self.once(facet, *people, required=1, actual=0, **where)


Check = Callable[[RuleCase], Findings]
"""Finds the breaches of one rule."""


# -- what several checks look for -----------------------------------------------------


def without_overlap(
    case: RuleCase,
    facet: str,
    stint: Stint,
    others: Iterable[StaffId],
    facts: Mapping[str, str] | None = None,
) -> Findings:
    """Yield a finding if no single shift of ``others`` overlaps ``stint`` enough.

    Shifts that do not count for cover are not checked, and overlap nobody.
    """
    if not stint.shift.counts:
        return
    required = -(-stint.span.minutes * case.rule.int("half_percent") // 100)
    covered = max(
        (
            stint.span.intersection(other.span).minutes
            for name in others
            for other in case.timeline.stints[name]
            if other.shift.counts
        ),
        default=0,
    )
    if covered < required:
        yield case.once(
            facet,
            stint.person,
            required=required,
            actual=covered,
            date=stint.date,
            span=stint.span,
            facts=facts,
        )


def desk_hours(
    case: RuleCase,
    facet: str,
    role: Role,
    required: int,
    dates: Container[dt.date],
    **where: Unpack[Where],
) -> Findings:
    """Yield a finding if duties of some dates have too few minutes in ``role``.

    Only the hours of people who may do the role count.
    """
    minutes: Counter[StaffId] = Counter()
    for member in case.staff:
        if may_do(case.problem, member, role):
            for stint in case.timeline.stints_of_period(member.name):
                if stint.date in dates:
                    minutes[member.name] += stint.minutes_as(role)
    where["there"] = [name for name in minutes if minutes[name]]
    yield from case.below(facet, required, minutes.total(), **where)


def is_rest(timeline: Timeline, person: StaffId, date: dt.date) -> bool:
    """Tell whether a date is a day off, leave or absence without a night on call."""
    return timeline.off(person, date) in RESTS and timeline.on_call(date) != person


def there_all_period(problem: Problem) -> Iterator[StaffMember]:
    """Yield the people who work shifts and are employed during the whole period."""
    for member in problem.staff:
        since, until = member.employed.first, member.employed.last
        if (
            member.shifts
            and (since is None or since <= problem.period.first)
            and (until is None or until >= problem.period.last)
        ):
            yield member
