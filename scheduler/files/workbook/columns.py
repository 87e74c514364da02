"""What a column and a sheet of a workbook are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.fields import Input, input_at
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
    """Came later: workbooks without it are read all the same, by its default."""
    former: tuple[str, ...] = ()
    """Headings that it had before, in workbooks that people still have."""
    shown_only: bool = False
    """Written for people, never read."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: ``title`` and ``hint`` are message ids."""

    title: str
    hint: str
    columns: tuple[Column, ...] = ()
    section: tuple[str, ...] = ()
    """Path to the list of its rows in the problem; a sheet of keys has none."""
    keys_given: bool = False
    """Whether keys stand there beforehand, so that a key alone says nothing."""
    labels: tuple[str, ...] = ()
    """Of a grid: rows that are read and are no person's (message ids)."""

    @property
    def key(self) -> Column:
        """The column without which a row is nothing."""
        return self.columns[0]


def columns_of(
    model: type[BaseModel],
    widths: Mapping[str, float],
    *,
    later: Collection[str] = (),
    former: Mapping[str, str] | None = None,
) -> Iterator[Column]:
    """Yield columns of a model's fields, in the order of their widths.

    Parameters
    ----------
    widths
        In characters, by the path of the field.
    later, former
        Paths of those that came later, and former headings by path.
    """
    for path, width in widths.items():
        before = (former or {}).get(path)
        yield Column(
            **vars(input_at(model, path)),
            width=width,
            later=path in later,
            former=(before,) if before else (),
        )
