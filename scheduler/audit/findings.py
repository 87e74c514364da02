"""Findings less what was agreed on, beyond what was broken before, new ones, in order.

The checks do not look at agreements.  At every spot the agreed amount is used up by
the findings there in order of time: a finding that is wholly covered is only reported,
one that is partly covered keeps the rest of its amount.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.finding import Finding, Stance
from scheduler.rulebook import Rulebook

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
        if rulebook.facet_of(spot).yields is not None:
            left[spot] += agreement.amount
    rest = list(findings)
    for index in sorted(range(len(rest)), key=lambda i: _time(rest[i])):
        finding = rest[index]
        spot = rulebook.spot_of(finding)
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


def new_findings(
    findings: Iterable[Finding], known: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield the findings that are not known; of equal ones those that are more."""
    left = Counter(one.model_dump_json() for one in known)
    for one in findings:
        key = one.model_dump_json()
        if left[key]:
            left[key] -= 1
        else:
            yield one


LAW = tuple(stance for stance in Stance if stance.is_hard)
ALL = (*LAW, Stance.CONTRACT)


class Tolerated:
    """Amounts by which law, musts, pins and contracts are broken already, by spot.

    Parameters
    ----------
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
        return self._rulebook.spot_of(finding)
