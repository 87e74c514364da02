"""Columns and sheets of an input workbook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from scheduler.domain.fields import Input, input_at
from scheduler.domain.problem import Problem
from scheduler.files.workbook.former import known_as
from scheduler.wording.translation import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pydantic import BaseModel

KEY_HEADINGS = (N_("Item"), N_("Value"), N_("Unit"), N_("Meaning"))
"""Headings of a sheet of keys and values."""


@dataclass(frozen=True)
class Column(Input):
    """A field as a column of a table, or a line of a sheet of keys and values."""

    width: float = 12
    later: bool = False
    """Added in a later version: workbooks without it are read with its default."""
    asked: str = ""
    """The sentence that asks for it on the sheet, in place of the heading."""
    offers: str = ""
    """Title of the sheet whose names its drop-down offers."""
    shown_only: bool = False
    """Whether it is written for people only, and never read."""

    @property
    def label(self) -> str:
        """What stands on the sheet: the sentence, or else the heading."""
        return self.asked or self.heading

    @property
    def known_as(self) -> tuple[str, ...]:
        """All texts by which it is found on a sheet."""
        asked = known_as(self.asked) if self.asked else ()
        return (*asked, *known_as(self.heading))


@dataclass(frozen=True)
class Sheet:
    """Layout of a sheet; ``title`` and ``hint`` are message ids."""

    title: str
    hint: str
    columns: tuple[Column, ...] = ()
    later: bool = False
    """Added in a later version: workbooks without it are read as if it were empty."""
    section: tuple[str, ...] = ()
    """Path of the list of its rows in the problem; empty for keys and values."""
    keys_given: bool = False
    """Whether keys are written in advance, so that a row with only a key is empty."""
    lines: int = 20
    """Fewest lines of a table, filled or not, that are written."""
    labels: tuple[str, ...] = ()
    """First cells of a grid's rows that are read and belong to no person (message
    ids)."""

    @property
    def key(self) -> Column:
        """The column that must be filled in for a row to be read."""
        return self.columns[0]

    @property
    def titles(self) -> tuple[str, ...]:
        """All titles under which the sheet is read."""
        return known_as(self.title)

    @property
    def has_keys(self) -> bool:
        """Whether it is a sheet of keys and values, not a table or a grid."""
        return not self.section


NOTHING: Mapping[str, Any] = MappingProxyType({})


def columns_of(
    model: type[BaseModel],
    widths: Mapping[str, float],
    *,
    later: Collection[str] = (),
    offers: Mapping[str, str] = NOTHING,
) -> Iterator[Column]:
    """Yield columns for fields of a model, in the order of ``widths``.

    Parameters
    ----------
    widths
        Widths in characters, by the path of the field.
    later
        Paths of columns added in later versions.
    offers
        Titles of the sheets whose names the drop-downs offer, by path.
    """
    for path, width in widths.items():
        yield Column(
            **vars(input_at(model, path)),
            width=width,
            later=path in later,
            offers=offers.get(path, ""),
        )


def lines_of(
    paths: Collection[str],
    *,
    later: Collection[str] = (),
    asked: Mapping[str, str] = NOTHING,
) -> tuple[Column, ...]:
    """Return the lines of a sheet of keys and values, by their paths in the problem.

    ``asked`` are the sentences that stand in place of headings, by path.
    """
    widths = dict.fromkeys(paths, Column.width)
    return tuple(
        replace(column, asked=asked.get(column.path, ""))
        for column in columns_of(Problem, widths, later=later)
    )
