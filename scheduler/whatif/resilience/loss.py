"""Somebody who does not come: the roster without them, and how the story can end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scheduler.audit import audit
from scheduler.domain.errors import Disagreement
from scheduler.domain.plan import changes
from scheduler.domain.scenario import Absence, Scenario
from scheduler.domain.stance import Stance
from scheduler.solver.standing.standard import Standard
from scheduler.solver.standing.taking import without
from scheduler.whatif.resilience.cases import dropout

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.plan import Change
    from scheduler.domain.problem import Problem
    from scheduler.domain.resilience import Dropout, Outcome
    from scheduler.domain.roster import Roster
    from scheduler.rulebook import Rulebook

OWN = (Stance.PINNED, Stance.MUST, Stance.CONTRACT)
"""What may be broken of somebody who does not come, and of nobody else: pins, wishes
by all means, contract."""


@dataclass(frozen=True)
class Loss:
    """An absence of one person on one date, and nothing else changed.

    Attributes
    ----------
    scenario
        The absence; what lies before its date is past.
    problem
        The month in which it is so.
    before, alone
        The roster as it stood, and with the absence put in.
    standard
        What no way out may fall short of.
    breaches
        What the absence alone breaks.
    """

    staff: StaffId
    date: dt.date
    scenario: Scenario
    problem: Problem
    before: Roster
    alone: Roster
    rulebook: Rulebook
    standard: Standard
    breaches: tuple[Finding, ...]

    @classmethod
    def of(
        cls,
        problem: Problem,
        roster: Roster,
        staff: StaffId,
        date: dt.date,
        *,
        rulebook: Rulebook,
        known: Sequence[Finding],
    ) -> Loss:
        """Return the absence of a person on a date.

        Parameters
        ----------
        rulebook
            The rules in force.
        known
            What the audit finds in the roster as it stands.
        """
        absence = Absence(staff=staff, first=date, last=date)
        scenario = Scenario(now=date, absences=(absence,))
        now = scenario.applied_to(problem, roster)
        alone = without(problem, roster, staff, date)
        found = audit(now, alone, rulebook)
        standard = Standard(rulebook, known)
        standard.allow(
            one for one in found if one.people == (staff,) and one.stance in OWN
        )
        return cls(
            staff=staff,
            date=date,
            scenario=scenario,
            problem=now,
            before=roster,
            alone=alone,
            rulebook=rulebook,
            standard=standard,
            breaches=standard.beyond(found),
        )

    def remaining(
        self, roster: Roster, held: Collection[Stance]
    ) -> tuple[Finding, ...]:
        """Return what a way out breaks more than before.

        Parameters
        ----------
        held
            Whose limits it was to keep.

        Raises
        ------
        Disagreement
            If the audit finds one of these broken.  Our bug.
        """
        beyond = self.standard.beyond(audit(self.problem, roster, self.rulebook))
        for finding in beyond:
            if finding.stance in held:
                raise Disagreement(f"{finding.rule} {finding.facet}")
        return beyond

    def changes(self, roster: Roster) -> tuple[Change, ...]:
        """Return what a way out changes beside the absence and what follows from it."""
        return tuple(changes(self.problem, self.alone, roster))

    def ends(
        self, outcome: Outcome, roster: Roster | None = None, **facts: Any
    ) -> Dropout:
        """Tell the outcome, and what changes if there is a way."""
        changed = () if roster is None else self.changes(roster)
        asked = {change.staff for change in changed}
        return dropout(
            self.before,
            (self.staff, self.date),
            outcome,
            changes=changed,
            asked=tuple(m.name for m in self.problem.staff if m.name in asked),
            breaches=self.breaches,
            **facts,
        )
