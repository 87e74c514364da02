"""Create findings, subtract agreed amounts, tolerate what stood before, and sort them.

The checks do not look at agreements.  At every spot the agreed amount is used up by
the findings there in order of time: a finding that is wholly covered is only reported,
one that is partly covered keeps the rest of its amount.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypedDict, Unpack

from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.base import StaffId
from scheduler.domain.clock import Interval
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule, Rulebook
from scheduler.rulebook.findings import spot_of


def witness(
    problem: Problem,
    rule: Rule,
    facet: str,
    amount: int,
    *,
    required: int,
    actual: int,
    people: tuple[StaffId, ...] = (),
    date: dt.date | None = None,
    span: Interval | None = None,
    facts: Mapping[str, int | str] | None = None,
) -> Finding:
    """Return the finding of one breach of a facet.

    Parameters
    ----------
    amount
        Size of the breach, in the facet's unit.
    required, actual
        The two sides of the comparison that failed.
    span
        Where it fails, in absolute minutes.
    """
    record = rule.facet[facet]
    moment = problem.period.moment
    return Finding(
        rule=rule.id,
        facet=facet,
        stance=record.stance,
        unit=record.unit,
        amount=amount,
        required=required,
        actual=actual,
        people=people,
        date=date,
        begin=moment(span.start) if span else None,
        end=moment(span.end) if span else None,
        facts=dict(facts or {}),
    )


class Where(TypedDict, total=False):
    """Optional arguments of `witness`: where a limit fails, and facts for its text."""

    date: dt.date | None
    span: Interval | None
    facts: Mapping[str, int | str] | None


def below(
    problem: Problem,
    rule: Rule,
    facet: str,
    required: int,
    actual: int,
    *people: StaffId,
    **where: Unpack[Where],
) -> Iterator[Finding]:
    """Yield a finding if ``actual < required``, with the difference as its amount."""
    if actual < required:
        yield witness(
            problem,
            rule,
            facet,
            required - actual,
            required=required,
            actual=actual,
            people=people,
            **where,
        )


def above(
    problem: Problem,
    rule: Rule,
    facet: str,
    limit: int,
    actual: int,
    *people: StaffId,
    **where: Unpack[Where],
) -> Iterator[Finding]:
    """Yield a finding if ``actual > limit``, with the difference as its amount."""
    if actual > limit:
        yield witness(
            problem,
            rule,
            facet,
            actual - limit,
            required=limit,
            actual=actual,
            people=people,
            **where,
        )


def once(
    problem: Problem,
    rule: Rule,
    facet: str,
    *people: StaffId,
    required: int = 0,
    actual: int = 1,
    **where: Unpack[Where],
) -> Finding:
    """Return the finding of a breach whose amount is one, whatever its size."""
    return witness(
        problem,
        rule,
        facet,
        1,
        required=required,
        actual=actual,
        people=people,
        **where,
    )


AGREED = "agreed"
"""Key in `Finding.facts` of the amount that was agreed on."""


def without_agreed(
    findings: Sequence[Finding], agreements: Iterable[Agreement], rulebook: Rulebook
) -> list[Finding]:
    """Subtract agreed amounts from the findings, which keep their order.

    Parameters
    ----------
    findings
        All that the checks found.
    agreements
        Several at one spot add up.  Those at limits that never give way are ignored.
    rulebook
        The rules in force.

    Returns
    -------
    list of Finding
        A finding wholly agreed on keeps its amount, with the stance ``REPORT``; one
        partly agreed on keeps its stance and the rest of its amount.  Both have the
        agreed amount in ``facts["agreed"]``.  All others are unchanged.
    """
    left: Counter[Spot] = Counter()
    for agreement in agreements:
        spot = agreement.spot
        if rulebook[spot.rule].facet[spot.facet].yields is not None:
            left[spot] += agreement.amount
    rest = list(findings)
    for index in sorted(range(len(rest)), key=lambda i: _time(rest[i])):
        finding = rest[index]
        spot = spot_of(finding, rulebook[finding.rule])
        taken = min(left[spot], finding.amount)
        if taken:
            left[spot] -= taken
            rest[index] = _after(finding, taken)
    return rest


def _time(finding: Finding) -> tuple[dt.date, dt.datetime]:
    """Return the sort key: date, then begin; findings without them come first."""
    return finding.date or dt.date.min, finding.begin or dt.datetime.min


def _after(finding: Finding, taken: int) -> Finding:
    facts = {**finding.facts, AGREED: taken}
    if taken == finding.amount:
        return finding.model_copy(update={"stance": Stance.REPORT, "facts": facts})
    rest = finding.amount - taken
    return finding.model_copy(update={"amount": rest, "facts": facts})


def in_order_of_time(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by date and clock time; those without a date come last."""

    def place(finding: Finding) -> tuple[bool, str, str, str, str]:
        date = finding.date.isoformat() if finding.date else ""
        begin = finding.begin.isoformat() if finding.begin else ""
        return not date, date, begin, finding.rule, finding.facet

    return tuple(sorted(findings, key=place))


LAW = (Stance.ENFORCED, Stance.PINNED, Stance.STATUTORY, Stance.MUST)
ALL = (*LAW, Stance.CONTRACT)


class Standard:
    """Amounts by which law, musts, pins and contracts are broken already, by spot.

    Parameters
    ----------
    rulebook
        The rules in force.
    findings
        Those of the roster before the change.
    """

    def __init__(self, rulebook: Rulebook, findings: Iterable[Finding]) -> None:
        self._rulebook = rulebook
        self._known = [one for one in findings if one.stance in ALL]
        self._amounts = self._by_spot(self._known)

    def allow(self, findings: Iterable[Finding]) -> None:
        """Also tolerate these findings, by their amounts."""
        found = [one for one in findings if one.stance in ALL]
        self._known += found
        self._amounts |= self._by_spot(found)

    def allowed(self, spot: Spot) -> int:
        """Return the tolerated amount at a spot, in the unit of its facet."""
        return self._amounts[spot]

    def beyond(
        self, findings: Sequence[Finding], stances: Collection[Stance] = ALL
    ) -> tuple[Finding, ...]:
        """Return the new findings at spots that are broken more than tolerated."""
        found = [one for one in findings if one.stance in stances]
        spots = {
            spot
            for spot, amount in self._by_spot(found).items()
            if amount > self._amounts[spot]
        }
        new = [one for one in found if self._spot(one) in spots]
        return tuple(one for one in new if one not in self._known)

    def _by_spot(self, findings: Iterable[Finding]) -> Counter[Spot]:
        amounts: Counter[Spot] = Counter()
        for finding in findings:
            amounts[self._spot(finding)] += finding.amount
        return amounts

    def _spot(self, finding: Finding) -> Spot:
        return spot_of(finding, self._rulebook[finding.rule])
