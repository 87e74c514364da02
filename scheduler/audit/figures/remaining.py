"""What is left on the levels below law, place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.order import in_order_of_time
from scheduler.domain.base import Frozen
from scheduler.domain.finding import LEVELS, Finding, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.record import LevelOutcome

COUNTED = LEVELS[LEVELS.index(Stance.MUST) :]
"""Levels whose values add up what people do not add: they are told the places."""

BELOW = LEVELS[LEVELS.index(Stance.CONTRACT) + 1 :]
"""Levels on which nothing that is left is a breach."""


class Remaining(Frozen):
    """What is left on one level."""

    level: Stance
    findings: tuple[Finding, ...]
    """One for each place, in order of time; of evenness for each person and burden."""
    is_least: bool = False
    """Whether no roster is better while the levels above are kept as they are."""
    is_proven: bool = False
    """Whether that is proven."""

    @property
    def count(self) -> int:
        """Places that are left; of evenness the people, each once for a burden."""
        return len(self.findings)


def remaining(
    findings: Iterable[Finding], outcomes: Iterable[LevelOutcome]
) -> tuple[Remaining, ...]:
    """Return what is left on every level below law on which something is.

    Parameters
    ----------
    findings
        All the audit found.
    outcomes
        What the search reached; none of a roster made elsewhere.
    """
    reached = {outcome.level: outcome for outcome in outcomes}
    found = places(in_order_of_time(findings))
    left = []
    for level in COUNTED:
        own = tuple(one for one in found if one.stance is level)
        outcome = reached.get(level)
        if own:
            left.append(
                Remaining(
                    level=level,
                    findings=own,
                    is_least=outcome is not None and outcome.is_best,
                    is_proven=outcome is not None and outcome.is_proven,
                )
            )
    return tuple(left)


def places(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings, of a share that is missed by several steps the first."""
    told: set[tuple[object, ...]] = set()
    first = []
    for finding in findings:
        share = _share(finding)
        if not share or share not in told:
            first.append(finding)
        told.add(share)
    return tuple(first)


def _share(finding: Finding) -> tuple[object, ...]:
    """Return whose share of which burden a finding is about; empty if of none."""
    burden, shift = finding.facts.get("burden"), finding.facts.get("shift")
    if finding.stance is not Stance.FAIR or burden is None:
        return ()
    return finding.people, burden, shift
