"""Base class and identifiers of all domain objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NewType, Self

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Mapping

StaffId = NewType("StaffId", str)
"""A person's name as the workbook writes it, unique within an office."""

ShiftId = NewType("ShiftId", str)
"""A shift's symbol, as written in a cell of the roster: 早, 日, 遅, 夜."""


class Frozen(BaseModel):
    """An immutable, validated value; an edit makes a new one.

    The string under a field is its description in the JSON Schema.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True
    )

    def model_copy(
        self, *, update: Mapping[str, Any] | None = None, deep: bool = False
    ) -> Self:
        """Return a copy with some fields changed and all cached properties dropped."""
        copy = super().model_copy(update=update, deep=deep)
        for derived in set(vars(copy)) - set(type(self).model_fields):
            del vars(copy)[derived]
        return copy
