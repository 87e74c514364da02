"""Description of the input fields: kind of value, unit, heading, meaning and limits.

Everything is read from the pydantic field: the heading is its ``title``, the meaning
the string under it (`meanings`), the limits are its constraints and the choices those
of its type.  Kind and unit are given by an `Entry` where the type does not imply them.
The sheets of the workbook, their reader, docs/workbook.md and the JSON Schema are made
from this.  Headings and meanings are message ids.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import (
    Annotated,
    Any,
    NamedTuple,
    NewType,
    get_args,
    get_origin,
)

from annotated_types import Ge, Le, MaxLen
from pydantic import AfterValidator, BaseModel, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticUndefined

from scheduler.domain import N_
from scheduler.domain.base import ShiftId, meanings
from scheduler.domain.likeness import neat


class FieldKind(StrEnum):
    """The kind of value of a field, as people type it."""

    TEXT = "text"
    PROSE = "prose"
    """Text that may have several lines; all other text has one."""
    TEXTS = "texts"
    QUALIFICATION = "qualification"
    QUALIFICATIONS = "qualifications"
    SYMBOL = "symbol"
    SYMBOLS = "symbols"
    INTEGER = "integer"
    INTEGERS = "integers"
    SIGNED = "signed"
    """A whole number that may be negative."""
    HALVES = "halves"
    """Halves in the model; typed as a number with .0 or .5."""
    THOUSANDTHS = "thousandths"
    """Thousandths in the model; typed as a number with decimals."""
    TALLIES = "tallies"
    """For each of several shifts, times borne / fair share: 計 3/2.5."""
    WEEKLY = "weekly"
    """A service by weekdays and clock times: 月水金 9:30-16:00、土."""
    OVERNIGHT = "overnight"
    """A whole number, or 不明."""
    CLOCK = "clock"
    CLOCKS = "clocks"
    SPAN = "span"
    BREAKS = "breaks"
    MOMENT = "moment"
    """A clock time, or a time span for visits."""
    DURATION = "duration"
    """Minutes in the model; typed as hours and minutes."""
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
    """Minutes or a count, depending on the exception; minutes are typed as hours and
    minutes."""


IN_JSON = {
    FieldKind.DURATION: N_("minutes"),
    FieldKind.HALVES: N_("halves"),
    FieldKind.THOUSANDTHS: N_("thousandths"),
}
"""Units in JSON of the kinds whose numbers are typed in another unit."""


@dataclass(frozen=True)
class Entry:
    """Kind and unit (a message id) of a field, where its type does not imply them."""

    kind: FieldKind
    unit: str = ""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema with the unit of the number in JSON added."""
        found = handler(schema)
        unit = IN_JSON.get(self.kind, self.unit)
        return {**found, "unit": unit} if unit else found


class FieldPart(NamedTuple):
    """Heading and meaning of one part of a compound field, if not the part's own."""

    heading: str
    meaning: str = ""


@dataclass(frozen=True, eq=False)
class Parts:
    """Headings of a field's parts, where the field's type is used in several fields."""

    by_name: dict[str, FieldPart]


Minutes = Annotated[int, Entry(FieldKind.DURATION, N_("h:min"))]
"""Typed as hours and minutes: 160:00."""
People = Annotated[int, Entry(FieldKind.INTEGER, N_("people"))]
Days = Annotated[int, Entry(FieldKind.INTEGER, N_("days"))]
DaysOwed = Annotated[int, Entry(FieldKind.SIGNED, N_("days"))]
"""Negative if more were given than owed."""
HalfDays = Annotated[int, Entry(FieldKind.HALVES, N_("days"))]
"""Half days in the model, typed as days with .0 or .5."""
Times = Annotated[int, Entry(FieldKind.INTEGER, N_("times"))]
Thousandths = Annotated[int, Entry(FieldKind.THOUSANDTHS, N_("times"))]
"""Thousandths of a time in the model, typed with decimals."""
DayOfMonth = Annotated[int, Entry(FieldKind.INTEGER, N_("day of the month"))]
Months = Annotated[int, Entry(FieldKind.INTEGER, N_("months"))]
Visits = Annotated[int, Entry(FieldKind.INTEGER, N_("visits"))]
Percent = Annotated[int, Entry(FieldKind.INTEGER, N_("%"))]
Yen = Annotated[int, Entry(FieldKind.INTEGER, N_("yen"))]

Weekday = Annotated[int, Entry(FieldKind.WEEKDAY)]
"""0 for Monday to 6 for Sunday."""
Guests = Annotated[int | None, Entry(FieldKind.OVERNIGHT, N_("people"))]
"""``None``: not known (不明)."""
Qualification = Annotated[str, Entry(FieldKind.QUALIFICATION)]
Number = Annotated[str, AfterValidator(neat)]
"""A number that nobody calculates with, such as a telephone number: plain digits."""
Prose = Annotated[str, Entry(FieldKind.PROSE)]
FullTime = Annotated[bool, Entry(FieldKind.FULL_TIME)]
"""常勤, or else 非常勤."""


def unset(value: object) -> bool:
    """Tell whether a field of few offices holds nothing, and need not be stored."""
    return not value


class Limits(NamedTuple):
    """Least and greatest number, or the longest text; ``None`` where there is none."""

    least: int | None = None
    most: int | None = None
    longest: int | None = None


NO_LIMITS = Limits()


@dataclass(frozen=True)
class Input:
    """The description of one input field, collected from its model."""

    path: str
    """Dotted path of the value in its model."""
    heading: str
    kind: FieldKind
    explained: str = ""
    """Explanation for whoever fills it in, where none stands under a field of a model;
    like heading and unit a message id."""
    unit: str = ""
    enum: type[StrEnum] | None = None
    """Type of a choice, or of several choices."""
    required: bool = False
    """Whether the field must not be empty."""
    default: Any = None
    """The value of an empty field."""
    limits: Limits = NO_LIMITS
    field: tuple[type[BaseModel], str] | None = None
    """Model and name of the field that it describes, if it is one of a model."""

    @property
    def meaning(self) -> str:
        """Explanation for whoever fills it in; a message id."""
        if self.explained or self.field is None:
            return self.explained
        model, name = self.field
        return " ".join(meanings(model).get(name, "").split())


def input_at(model: type[BaseModel], path: str) -> Input:
    """Return the input field at a dotted path of a model.

    Raises
    ------
    KeyError
        If the model has no such field.
    """
    chain: list[FieldInfo] = []
    part = FieldPart("")
    holder = model
    inside: type[BaseModel] | None = model
    for name in path.split("."):
        part = _named(chain[-1], name) if chain else part
        if inside is None:
            raise KeyError(path)
        holder = inside
        chain.append(holder.model_fields[name])
        inside = _model_in(chain[-1].annotation)
    field = chain[-1]
    entry = _entry(field)
    default = field.get_default(call_default_factory=True)
    return Input(
        path,
        part.heading or field.title or "",
        entry.kind,
        part.meaning or field.description or "",
        entry.unit,
        _enum_in(field.annotation),
        all(one.is_required() for one in chain),
        None if default is PydanticUndefined else default,
        _limits(field),
        (holder, name),
    )


def input_paths(model: type[BaseModel], above: str = "") -> Iterator[str]:
    """Yield the dotted paths of all fields of a model with a heading, in order.

    ``above`` is put before each path.
    """
    for name, field in model.model_fields.items():
        inside = _model_in(field.annotation)
        if field.title:
            yield above + name
        elif inside is not None:
            yield from input_paths(inside, f"{above}{name}.")


_PLAIN: dict[object, FieldKind] = {
    bool: FieldKind.YES_NO,
    int: FieldKind.INTEGER,
    str: FieldKind.TEXT,
    ShiftId: FieldKind.SYMBOL,
    dt.date: FieldKind.DATE,
}
_LISTS = {
    FieldKind.TEXT: FieldKind.TEXTS,
    FieldKind.QUALIFICATION: FieldKind.QUALIFICATIONS,
    FieldKind.SYMBOL: FieldKind.SYMBOLS,
    FieldKind.CLOCK: FieldKind.CLOCKS,
    FieldKind.DATE: FieldKind.DATES,
    FieldKind.CHOICE: FieldKind.CHOICES,
    FieldKind.WEEKDAY: FieldKind.WEEKDAYS,
    FieldKind.INTEGER: FieldKind.INTEGERS,
}


def _entry(field: FieldInfo) -> Entry:
    given = (one for one in field.metadata if isinstance(one, Entry))
    return next(given, None) or _entry_of(field.annotation)


def _entry_of(annotation: Any) -> Entry:
    """Return kind and unit of the values of a type.

    Raises
    ------
    TypeError
        If the type corresponds to no kind of field.
    """
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        given = (one for one in args[1:] if isinstance(one, Entry))
        return next(given, None) or _entry_of(args[0])
    if origin is tuple:
        one = _entry_of(args[0])
        return Entry(_LISTS[one.kind], one.unit)
    if args:
        return _entry_of(args[0])
    if annotation in _PLAIN:
        return Entry(_PLAIN[annotation])
    if isinstance(annotation, NewType):
        return _entry_of(annotation.__supertype__)
    if issubclass(annotation, StrEnum):
        return Entry(FieldKind.CHOICE)
    raise TypeError(annotation)


def _enum_in(annotation: Any) -> type[StrEnum] | None:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return annotation
    return next(filter(None, map(_enum_in, get_args(annotation))), None)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    for one in (annotation, *get_args(annotation)):
        if isinstance(one, type) and issubclass(one, BaseModel):
            return one
    return None


def _named(field: FieldInfo, name: str) -> FieldPart:
    """Return heading and meaning that a compound field gives one of its parts."""
    given = (one.by_name for one in field.metadata if isinstance(one, Parts))
    return next(given, {}).get(name, FieldPart(""))


def _limits(field: FieldInfo) -> Limits:
    found: dict[str, int] = {}
    for rule in field.metadata:
        if isinstance(rule, Ge) and isinstance(rule.ge, int):
            found["least"] = rule.ge
        if isinstance(rule, Le) and isinstance(rule.le, int):
            found["most"] = rule.le
        if isinstance(rule, MaxLen):
            found["longest"] = rule.max_length
    return Limits(**found)
