"""What a roster workbook tells when it is read back."""

from __future__ import annotations

import datetime as dt

from scheduler.domain.base import Frozen
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster


class Change(Frozen):
    """A cell that no longer says what the plan said."""

    sheet: str
    cell: str
    staff: str
    """Whose cell; the label of the on-call row for its cells."""
    date: dt.date
    before: str
    after: str


class RosterFile(Frozen):
    """A roster as its cells stand, the plan it was made as, and the difference.

    A roster with changes has no provenance: nothing is known of its quality until
    it is audited.
    """

    problem: Problem
    roster: Roster
    plan: Roster
    changed: tuple[Change, ...] = ()
