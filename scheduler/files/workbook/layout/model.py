"""What the domain's types say about a column: required, default, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, get_args

from annotated_types import Ge, Le, MaxLen
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from scheduler.files.workbook.layout.column import Column, Sheet


class Limits(NamedTuple):
    """Least and greatest number, or the longest text; ``None`` where there is none."""

    least: int | None = None
    most: int | None = None
    longest: int | None = None


def is_required(sheet: Sheet, column: Column) -> bool:
    """Tell whether a line cannot do without the value."""
    if column.required is not None:
        return column.required
    chain = _chain(sheet, column)
    return bool(chain) and all(field.is_required() for field in chain)


def default_of(sheet: Sheet, column: Column) -> object:
    """Return the value an empty cell stands for; ``None`` if it is none or required."""
    chain = _chain(sheet, column)
    if not chain or chain[-1].is_required():
        return None
    default = chain[-1].get_default(call_default_factory=True)
    return None if default is PydanticUndefined else default


def limits_of(sheet: Sheet, column: Column) -> Limits:
    """Return the limits of the value."""
    found: dict[str, int] = {}
    for field in _chain(sheet, column)[-1:]:
        for rule in field.metadata:
            if isinstance(rule, Ge) and isinstance(rule.ge, int):
                found["least"] = rule.ge
            if isinstance(rule, Le) and isinstance(rule.le, int):
                found["most"] = rule.le
            if isinstance(rule, MaxLen):
                found["longest"] = rule.max_length
    return Limits(**found)


def _chain(sheet: Sheet, column: Column) -> tuple[FieldInfo, ...]:
    """Return the fields along a path; none if the model does not have it."""
    model: type[BaseModel] | None = sheet.model
    chain: list[FieldInfo] = []
    for name in column.path.split("."):
        field = model.model_fields.get(name) if model else None
        if field is None:
            return ()
        chain.append(field)
        model = _model_in(field.annotation)
    return tuple(chain)


def _model_in(annotation: object) -> type[BaseModel] | None:
    for one in (annotation, *get_args(annotation)):
        if isinstance(one, type) and issubclass(one, BaseModel):
            return one
    return None
