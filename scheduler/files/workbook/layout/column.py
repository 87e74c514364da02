"""What a column and a sheet of the input workbook are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scheduler.domain.problem import Problem
from scheduler.wording.translation import N_

if TYPE_CHECKING:
    from scheduler.domain.base import Frozen

KEY_HEADINGS = (N_("Item"), N_("Value"), N_("Unit"), N_("Meaning"))
"""Headings of a sheet of keys and values."""


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    TEXTS = "texts"
    QUALIFICATION = "qualification"
    QUALIFICATIONS = "qualifications"
    SYMBOL = "symbol"
    SYMBOLS = "symbols"
    INTEGER = "integer"
    SIGNED = "signed"
    """A whole number, negative too."""
    HALVES = "halves"
    """Halves in the model, a number with .0 or .5 in the cell."""
    THOUSANDTHS = "thousandths"
    """Thousandths in the model, a number with decimals in the cell."""
    TALLIES = "tallies"
    """How often each of several shifts, of how often would be fair: 計 3/2.5."""
    OVERNIGHT = "overnight"
    """A whole number, or 不明."""
    CLOCK = "clock"
    CLOCKS = "clocks"
    SPAN = "span"
    BREAKS = "breaks"
    MOMENT = "moment"
    """A clock time, or a stretch of time for visits."""
    DURATION = "duration"
    """Minutes in the model, hours and minutes in the cell."""
    DATE = "date"
    DATES = "dates"
    DATE_SPAN = "date span"
    YES_NO = "yes/no"
    FULL_TIME = "full-time/part-time"
    CHOICE = "choice"
    CHOICES = "choices"
    WEEKDAY = "weekday"
    WEEKDAYS = "weekdays"
    EXCEPTION = "exception"
    """A limit that may give way: rule and facet."""
    AMOUNT = "amount"
    """Minutes or a number in the model, as the exception counts; in the cell hours
    and minutes, or the number."""


@dataclass(frozen=True)
class Column:
    """A column of a table, or a line of a sheet of keys and values.

    ``path`` leads to the value in the model of the row (or in the problem); ``note``
    explains it to the person who fills it in; ``unit`` and ``note`` and ``heading``
    are message ids.
    """

    path: str
    heading: str
    kind: Kind
    note: str
    unit: str = ""
    enum: type[StrEnum] | None = None
    width: float = 12
    required: bool | None = None
    """Where the model's types do not say, or say otherwise than the sheet."""
    later: bool = False
    """Came later: workbooks without it are read all the same, by its default."""
    former: tuple[str, ...] = ()
    """Headings that it had before, in workbooks that people still have."""
    shown_only: bool = False
    """Written for people, never read."""
    prose: bool = False
    """Text that may run over several lines; any other is on one."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: ``title`` and ``hint`` are message ids.

    ``model`` is the type of a row, with ``section`` the path to the list of them in
    the problem; a sheet of keys and values has the whole problem as its model.
    """

    title: str
    hint: str
    columns: tuple[Column, ...] = ()
    model: type[Frozen] = Problem
    section: tuple[str, ...] = ()
    keys_given: bool = False
    """Whether keys stand there beforehand, so that a key alone says nothing."""

    labels: tuple[str, ...] = ()
    """Of a grid: rows that are read and are no person's (message ids)."""

    @property
    def key(self) -> Column:
        """The column without which a row is nothing."""
        return self.columns[0]
