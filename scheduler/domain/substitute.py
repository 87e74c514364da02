"""Who could take a shift, and what it would take."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.finding import Finding
from scheduler.domain.plan import Change
from scheduler.domain.requests import Request
from scheduler.domain.shares import Burden
from scheduler.domain.shifts import OffKind


class Gap(Frozen):
    """A shift, or a night on call, that somebody is to take.

    Names and dates are checked by `scheduler.whatif.gaps.find_gap`.
    """

    date: dt.date
    shift: ShiftId | None = None
    """``None`` for the night on call."""
    instead_of: StaffId | None = None
    """Who is released from it and gets a day off; ``None``: one more person."""


class Verdict(StrEnum):
    """Whether a person can take a shift, the best first."""

    AS_IS = "as_is"
    """Nothing else has to change."""
    WITH_CHANGES = "with_changes"
    """Some other cells have to change as well."""
    UNDECIDED = "undecided"
    """No way was found in time, which does not mean that there is none."""
    STOPPED = "stopped"
    """Whatever else changes from now on, a rule is broken: proven."""
    NEVER = "never"
    """Contract, law or what the person does on the date leaves no question."""


class Bearing(Frozen):
    """How a burden that the shift is would then lie on the person (M-01)."""

    burden: Burden
    before: int
    """Borne beyond the fair share, in thousandths of a time; negative for less."""
    after: int


class Substitute(Frozen):
    """One person, held against a shift that somebody is to take."""

    staff: StaffId
    verdict: Verdict
    own: tuple[Change, ...] = ()
    """Cells of the person that the shift itself takes: its date, and 明."""
    changes: tuple[Change, ...] = ()
    """Knock-on changes, in order of time; of the person's own cells too."""
    is_least: bool = True
    """Whether it is proven that no other way disturbs fewer people and cells; whoever
    is released is asked for other days only where nobody else is enough."""
    stopped_by: tuple[Finding, ...] = ()
    """What the shift alone would newly break: law, musts, pins and contracts."""
    leave: OffKind | None = None
    """Leave or absence that it would take, which nobody asks for."""
    has_it: bool = False
    """Whether the person has the same shift on the date anyway."""
    rest_before: int | None = None
    """Minutes from the work before; ``None`` where none is known, and of a night on
    call that is no work."""
    rest_after: int | None = None
    """Minutes to the work after; ``None`` where none is planned."""
    minutes: int = 0
    """Hours of the month with the shift, as the contract counts them (L-03)."""
    bearings: tuple[Bearing, ...] = ()
    wishes_lost: tuple[Request, ...] = ()
    """Wishes, anybody's, that would be granted no more."""

    @property
    def can(self) -> bool:
        """Whether a way was found that keeps what was kept before."""
        return self.verdict in (Verdict.AS_IS, Verdict.WITH_CHANGES)

    @property
    def asked(self) -> tuple[StaffId, ...]:
        """Whom else to ask, in order of their first change."""
        names = dict.fromkeys(change.staff for change in self.changes)
        return tuple(name for name in names if name != self.staff)
