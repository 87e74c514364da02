"""The month as it was worked (実績): stamps of the clock, and what was decided on them.

A stamp changes nothing by itself.  It is held against the roster, and where the two
differ, somebody accepts the difference or leaves the roster as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Clock, Span
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import BreakOption, Role

GRACE = 5
"""Minutes at the clock before a shift begins, or after it has ended, that are no work
unless the office says otherwise."""


class StampPair(Frozen):
    """Coming and going, in clock minutes of the date on which the work begins."""

    start: Clock | None = None
    """``None`` if the stamp is missing."""
    end: Clock | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start is None and self.end is None:
            raise ValueError("a pair of stamps has at least one")
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError("a pair of stamps ends after it begins")
        return self


class StampedDay(Frozen):
    """All stamps of one person and date, in order of time."""

    staff: StaffId
    date: dt.date
    pairs: tuple[StampPair, ...] = Field(min_length=1)
    rest: int | None = Field(default=None, ge=0)
    """Minutes of break that the file names; ``None`` if it names none."""


class DifferenceKind(StrEnum):
    """In what the stamps of a date differ from its cell."""

    LATE = "late"
    CAME_EARLY = "came_early"
    LEFT_EARLY = "left_early"
    STAYED = "stayed"
    """At work beyond the end of the shift."""
    BREAK = "break"
    """A longer or shorter break."""
    MISSING_IN = "missing_in"
    MISSING_OUT = "missing_out"
    MISSING_BETWEEN = "missing_between"
    """Of several pairs one in the middle lacks a stamp."""
    NO_STAMPS = "no_stamps"
    """A shift without any stamp."""
    OTHER_SHIFT = "other_shift"
    """Work at other times, as those of another shift."""
    UNPLANNED = "unplanned"
    """Work on a date without a shift."""


BESIDE_THE_SHIFT = frozenset({DifferenceKind.CAME_EARLY, DifferenceKind.STAYED})
"""Minutes before and after a shift: many, and most are minutes of changing clothes."""


class Difference(Frozen):
    """One difference between the stamps and the roster, and what accepting it does."""

    staff: StaffId
    date: dt.date
    kind: DifferenceKind
    planned: ShiftId | None = None
    """The shift of the cell that the stamps were held against."""
    at: Clock | None = None
    """The stamp that differs, or the other one of the pair where it is missing."""
    minutes: int = 0
    """By how many minutes; for work that was not planned, its length with breaks."""
    breaks: BreakOption | None = None
    """The breaks as taken, where they differ."""
    shift: ShiftId | None = None
    """The shift whose times are nearest, for other and unplanned work."""
    roles: tuple[Role, ...] = ()
    worked: Span | None = None
    """From coming to going, for other and unplanned work."""

    @property
    def by_itself(self) -> bool:
        """Whether it is never accepted with all others, but by itself alone.

        Nobody knows whether somebody without a stamp was absent or forgot it, nor what
        was worked where one stamp stands alone on a date without a shift.
        """
        missing = (DifferenceKind.MISSING_IN, DifferenceKind.MISSING_OUT)
        alone = self.planned is None and self.kind in missing
        return alone or self.kind is DifferenceKind.NO_STAMPS


class Decision(Frozen):
    """What somebody decided about one difference."""

    difference: Difference
    accepted: bool
    """Whether the month was worked as the stamps say; else as the roster says."""


class Actual(Frozen):
    """What is known of how the month of one roster was worked, beside the roster."""

    office: str
    first: dt.date
    last: dt.date
    grace: int = Field(default=GRACE, ge=0, le=60)
    """Minutes before a shift and after it that are no difference."""
    sources: tuple[str, ...] = ()
    """Names of the files of stamps that were read, in order."""
    stamps: tuple[StampedDay, ...] = ()
    decisions: tuple[Decision, ...] = ()
    closed: bool = False
    """Whether the month was closed with it; only opened on purpose."""

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        days = [(day.staff, day.date) for day in self.stamps]
        if len(set(days)) != len(days):
            raise ValueError("stamps of one person and date twice")
        return self

    @cached_property
    def decided(self) -> dict[Difference, bool]:
        """What was decided, by difference."""
        return {one.difference: one.accepted for one in self.decisions}

    @property
    def stamped_until(self) -> dt.date | None:
        """The last date with a stamp; ``None`` without any."""
        return max((day.date for day in self.stamps), default=None)

    def with_stamps(self, days: Iterable[StampedDay], source: str) -> Self:
        """Return the record with the stamps of one more file.

        Dates and people of the file take the place of what was known of them, unless
        the file goes on where that ends; all others, and what was decided, stay.
        """
        known = {(day.staff, day.date): day for day in self.stamps}
        for day in sorted(days, key=lambda one: one.date):
            _add(known, day)
        ordered = sorted(known.values(), key=lambda day: (day.date, day.staff))
        sources = (*(one for one in self.sources if one != source), source)
        return self.model_copy(update={"stamps": tuple(ordered), "sources": sources})

    def deciding(self, differences: Iterable[Difference], *, accepted: bool) -> Self:
        """Return the record with a decision on each of some differences.

        Earlier decisions stay, also where the stamps now say something else: they hold
        again as soon as stamps and roster are as they were.
        """
        decided = self.decided | dict.fromkeys(differences, accepted)
        return self.model_copy(
            update={
                "decisions": tuple(
                    Decision(difference=one, accepted=said)
                    for one, said in decided.items()
                )
            }
        )

    def leaving_open(self, differences: Iterable[Difference]) -> Self:
        """Return the record without any decision on some differences."""
        given_up = set(differences)
        kept = tuple(one for one in self.decisions if one.difference not in given_up)
        return self.model_copy(update={"decisions": kept})

    def before(self, difference: Difference) -> tuple[Decision, ...]:
        """Return what was decided on other stamps of the same person and date."""
        return tuple(
            one
            for one in self.decisions
            if (one.difference.staff, one.difference.date)
            == (difference.staff, difference.date)
            and one.difference != difference
        )


def _add(known: dict[tuple[StaffId, dt.date], StampedDay], day: StampedDay) -> None:
    """Add the stamps of a date, which may go on with work that was open before.

    A file may begin in the middle of a date or of a night: its first stamp is then the
    going of who came before it.
    """
    cell, eve = (day.staff, day.date), (day.staff, day.date - ONE_DAY)
    first, *others = day.pairs
    had = known.get(cell)
    if had is not None and _last(had.pairs) < _first(day.pairs):
        known[cell] = had.model_copy(update={"pairs": _joined(had.pairs, day.pairs)})
        return
    known[cell] = day
    night = known.get(eve)
    if first.start is not None or night is None or night.pairs[-1].end is not None:
        return
    going = first.model_copy(update={"end": (first.end or 0) + DAY})
    joined = _joined(night.pairs, (going,))
    if len(joined) == len(night.pairs):
        known[eve] = night.model_copy(update={"pairs": joined})
        del known[cell]
        if others:
            known[cell] = day.model_copy(update={"pairs": tuple(others)})


def _joined(
    before: tuple[StampPair, ...], after: tuple[StampPair, ...]
) -> tuple[StampPair, ...]:
    """Return pairs that follow each other, the two halves of one made whole."""
    last, first = before[-1], after[0]
    if last.start is None or last.end is not None or first.start is not None:
        return (*before, *after)
    if (first.end or 0) - last.start > DAY:
        return (*before, *after)
    return (*before[:-1], StampPair(start=last.start, end=first.end), *after[1:])


def _first(pairs: tuple[StampPair, ...]) -> int:
    one = pairs[0]
    return one.end or 0 if one.start is None else one.start


def _last(pairs: tuple[StampPair, ...]) -> int:
    one = pairs[-1]
    return one.start or 0 if one.end is None else one.end


class AsWorked(Frozen):
    """A month as it was worked: the roster with all that was accepted of the stamps."""

    problem: Problem
    plan: Roster
    """The roster that was fixed when the period began."""
    cells: Roster
    """The roster as its cells stand: plan, accepted changes and hand edits."""
    roster: Roster
    """Plan, accepted changes, hand edits and accepted stamps; duties that were not
    worked at the shift's times have their own (`Duty.worked`)."""
    actual: Actual
    differences: tuple[Difference, ...] = ()
    """All differences between stamps and roster, decided or not, by date."""

    @property
    def is_actual(self) -> bool:
        """Whether there are stamps at all; else the roster is what was planned."""
        return bool(self.actual.stamps)

    @property
    def is_worked(self) -> bool:
        """Whether anything is known beside the plan: stamps, or other cells since."""
        return self.is_actual or self.plan.fingerprint != self.roster.fingerprint

    @property
    def accepted(self) -> tuple[Difference, ...]:
        """The differences that were accepted, and so count."""
        decided = self.actual.decided
        return tuple(one for one in self.differences if decided.get(one))

    @property
    def undecided(self) -> tuple[Difference, ...]:
        """The differences on which nothing was decided, which count as planned."""
        decided = self.actual.decided
        return tuple(one for one in self.differences if one not in decided)

    def decided_by_all(
        self, *, accepted: bool, kind: DifferenceKind | None = None
    ) -> tuple[Difference, ...]:
        """Return what a decision on all that is undecided, or on a kind, is about.

        Whether somebody was absent is accepted for each by itself.
        """
        return tuple(
            one
            for one in self.undecided
            if kind in (None, one.kind) and not (accepted and one.by_itself)
        )
