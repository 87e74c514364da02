"""A roster before one rule: what a check reads, and how it says what it found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypedDict, Unpack

from scheduler.audit.timeline import Timeline
from scheduler.domain.base import StaffId
from scheduler.domain.clock import Interval
from scheduler.domain.finding import Finding
from scheduler.domain.office import Settings
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule, Rulebook

Findings = Iterator[Finding]


class Where(TypedDict, total=False):
    """Optional arguments of findings: where a limit fails, and facts for its text."""

    date: dt.date | None
    span: Interval | None
    """In absolute minutes."""
    facts: Mapping[str, int | str] | None


class RuleCase(NamedTuple):
    """A roster to be judged by one rule."""

    timeline: Timeline
    problem: Problem
    """The month as the rule reads it (`Problem.judged_by`)."""
    rule: Rule

    @property
    def rulebook(self) -> Rulebook:
        """The rules in force, for a number of another rule."""
        return self.timeline.rulebook

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

    def witness(
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
        moment = self.problem.period.moment
        span = where.get("span")
        return Finding(
            rule=self.rule.id,
            facet=facet,
            stance=record.stance,
            unit=record.unit,
            amount=amount,
            required=required,
            actual=actual,
            people=people,
            date=where.get("date"),
            begin=moment(span.start) if span else None,
            end=moment(span.end) if span else None,
            facts=dict(where.get("facts") or {}),
        )

    def below(
        self,
        facet: str,
        required: int,
        actual: int,
        *people: StaffId,
        **where: Unpack[Where],
    ) -> Findings:
        """Yield a finding if ``actual < required``, with the difference as amount."""
        if actual < required:
            amount = required - actual
            yield self.witness(
                facet, amount, *people, required=required, actual=actual, **where
            )

    def above(
        self,
        facet: str,
        limit: int,
        actual: int,
        *people: StaffId,
        **where: Unpack[Where],
    ) -> Findings:
        """Yield a finding if ``actual > limit``, with the difference as amount."""
        if actual > limit:
            yield self.witness(
                facet, actual - limit, *people, required=limit, actual=actual, **where
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
        return self.witness(
            facet, 1, *people, required=required, actual=actual, **where
        )

    def missing(self, facet: str, *people: StaffId, **where: Unpack[Where]) -> Finding:
        """Return the finding of one thing that is asked for and is not there."""
        return self.once(facet, *people, required=1, actual=0, **where)


Check = Callable[[RuleCase], Findings]
"""Finds the breaches of one rule."""
