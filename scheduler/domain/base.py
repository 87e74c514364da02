"""Base class and identifiers of all domain objects, and what their fields mean.

What a field means is the string under it in the source of its model.  pydantic would
keep these strings on the fields (``use_attribute_docstrings``), but it parses the
source of every model for that, at every start of every command.  Here a source is
parsed once its texts are asked for: for a JSON Schema, a comment of the workbook, a
page of docs/.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NewType, Self, TypeVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

Model = TypeVar("Model", bound=BaseModel)

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


def narrowed(value: BaseModel, model: type[Model]) -> Model:
    """Return a value as one of a model that its own extends."""
    fields = {name: getattr(value, name) for name in model.model_fields}
    return model.model_construct(**fields)


@cache
def meanings(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the strings under the fields of a model, and of the models it extends."""
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        if issubclass(one, BaseModel) and one is not BaseModel:
            found |= _in_module(one.__module__).get(one.__qualname__, {})
    return found


@cache
def _in_module(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the strings under the fields of a module's classes, by class."""
    tree = ast.parse(inspect.getsource(sys.modules[name]))
    return {
        node.name: dict(_under_fields(node))
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }


def _under_fields(model: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, text in pairwise(model.body):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(meaning))),
            ):
                yield name, inspect.cleandoc(meaning)
