"""The differences between stamps and roster as lines of the page, by kind."""

from __future__ import annotations

import hashlib
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.changes.clocked import stamps_by_night
from scheduler.audit.timeline import Timeline
from scheduler.domain.actual import DifferenceKind
from scheduler.wording.actual import (
    amount_text,
    decision_text,
    difference_name,
    doubled_text,
    effect_text,
    kind_meaning,
    planned_text,
    stamps_text,
)
from scheduler.wording.times import date_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.actual import AsWorked, Difference, StampedDay

ACCEPT, PLANNED, OPEN = "accept", "planned", "open"


class StampedLine(NamedTuple):
    """A difference as a line of the list.

    Attributes
    ----------
    key
        What the line is called in forms: no name, and no number that may shift.
    doubled
        Which stamps stand there twice.
    before
        What was decided on other stamps of that date.
    choice
        What is decided: one of ``accept``, ``planned`` and ``open``.
    """

    key: str
    date: str
    name: str
    amount: str
    planned: str
    stamps: str
    doubled: str
    effect: str
    before: str
    choice: str


class KindOfDifference(NamedTuple):
    """The differences of one kind; ``takable`` of them can be accepted at once."""

    kind: DifferenceKind
    title: str
    meaning: str
    lines: tuple[StampedLine, ...]
    undecided: int
    takable: int


def key_of(one: Difference) -> str:
    """Return what a difference is called in forms; it stays as long as it does."""
    return hashlib.sha256(one.model_dump_json().encode()).hexdigest()[:16]


def kinds_of(month: AsWorked) -> Iterator[KindOfDifference]:
    """Yield the differences by kind, each kind by date."""
    order = list(DifferenceKind)
    stamps = stamps_by_night(Timeline(month.problem, month.cells), month.actual.stamps)
    by_kind = sorted(month.differences, key=lambda one: order.index(one.kind))
    undecided, takable = month.undecided, month.decided_by_all(accepted=True)
    for kind, own in groupby(by_kind, key=lambda one: one.kind):
        yield KindOfDifference(
            kind,
            difference_name(kind),
            kind_meaning(kind),
            tuple(_line(one, month, stamps.get((one.staff, one.date))) for one in own),
            sum(one.kind is kind for one in undecided),
            sum(one.kind is kind for one in takable),
        )


def _line(one: Difference, month: AsWorked, day: StampedDay | None) -> StampedLine:
    said = month.actual.decided.get(one)
    before = [] if said is not None else map(decision_text, month.actual.before(one))
    return StampedLine(
        key_of(one),
        date_text(one.date),
        one.staff,
        amount_text(one),
        planned_text(one, month.problem),
        stamps_text(day),
        doubled_text(day),
        effect_text(one),
        "、".join(before),
        {True: ACCEPT, False: PLANNED, None: OPEN}[said],
    )
