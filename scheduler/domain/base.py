"""Base class and identifiers of all domain objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NewType, Self

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler

from scheduler.domain.meanings import meanings

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

StaffId = NewType("StaffId", str)
"""A person's name as the workbook writes it, unique within an office."""

ShiftId = NewType("ShiftId", str)
"""A shift's symbol, as written in a cell of the roster: 早, 日, 遅, 夜."""


class Frozen(BaseModel):
    """An immutable, validated value; an edit makes a new one.

    The string under a field is its description in the JSON Schema.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema with the string under each field as its description.

        Raises
        ------
        KeyError
            If a string stands under what is no field.
        """
        found = handler(schema)
        fields = handler.resolve_ref_schema(found)["properties"]
        for name, meaning in meanings(cls).items():
            fields[name].setdefault("description", meaning)
        return found

    def model_copy(
        self, *, update: Mapping[str, Any] | None = None, deep: bool = False
    ) -> Self:
        """Return a copy with some fields changed and all cached properties dropped."""
        copy = super().model_copy(update=update, deep=deep)
        for derived in set(vars(copy)) - set(type(self).model_fields):
            del vars(copy)[derived]
        return copy
