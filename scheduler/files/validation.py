"""Bounded reading of files, JSON and TOML; pydantic errors as `Mistake` objects."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scheduler.domain.clock import HOUR
from scheduler.domain.errors import InputError, Mistake

if TYPE_CHECKING:
    from scheduler.audit.consistency.report import Loc

LIMITS = {
    "greater_than_equal": ("too_small", "ge"),
    "less_than_equal": ("too_large", "le"),
    "string_too_long": ("too_long", "max_length"),
}
"""Code of the mistake, and key of the limit in ``ctx``, by pydantic's error type."""

CODES = {
    "missing": "no_value",
    "string_too_short": "no_value",
    "too_short": "no_value",
    "int_parsing": "not_integer",
    "int_type": "not_integer",
    "int_from_float": "not_integer",
    "string_type": "not_text",
    "bool_type": "not_true_false",
    "bool_parsing": "not_true_false",
    "tuple_type": "not_list",
    "list_type": "not_list",
    "model_type": "not_object",
    "dict_type": "not_object",
    "extra_forbidden": "unknown_field",
    "date_type": "not_iso_date",
    "date_parsing": "not_iso_date",
    "date_from_datetime_parsing": "not_iso_date",
    "date_from_datetime_inexact": "not_iso_date",
}
"""Code of the mistake by pydantic's error type, for errors without a limit."""

OWN = {
    "a period has 1 to 31 dates, first to last": "period_length",
    "the shares add up to 100 percent": "shares",
    "a cover rule says at least, at most, or both": "cover_limits",
    "on top needs a clock band and at least": "task_limits",
    "an event that people come to has a time": "event_time",
    "an event lies between 5:00 and 22:00": "event_hours",
    "the weeks of a month are 1 to 5": "event_weeks",
    "an event has dates or weekdays": "event_dates",
    "a pair is two people": "pair_of_one",
    "a personal limit counts one thing, or one shift": "limit_shape",
    "a personal limit says at least, at most, or both": "limit_shape",
    "not a clock time": "not_clock",
    "clock time after 48:00": "not_clock",
    "a time span ends after it starts": "not_span",
    "the same entry twice": "twice_in_cell",
    "a visit has clock times": "visit_without_time",
    "day use and visits end by midnight": "use_past_midnight",
    "a night passes midnight": "stay_by_day",
    "a change ends on the date it begins, or later": "change_reversed",
    "services are named for another use, and only there": "change_unclear",
}
"""Code of the mistake by the message of the domain's own validators."""

LONGEST_VALUE = 40
"""Characters of a wrong value that a message shows."""


def refused(code: str, sheet: str = "", /, **facts: int | str) -> InputError:
    """Return the error of a single mistake, of a file or a sheet as a whole."""
    return InputError([Mistake.at(code, sheet, **facts)])


def mistakes_of(error: ValidationError) -> Iterator[Mistake]:
    """Yield a mistake, with its path, for each error of a validation."""
    for detail in error.errors(include_url=False):
        yield _mistake(detail)


def shown(value: object, *, whole: bool = False) -> str:
    """Return a value as its cell shows it, cut to `LONGEST_VALUE` unless ``whole``."""
    text = _typed(value)
    too_long = len(text) > LONGEST_VALUE and not whole
    return f"{text[: LONGEST_VALUE - 1]}…" if too_long else text


def _typed(value: object) -> str:
    """Return a value as text, as somebody would have typed it."""
    match value:
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case dt.datetime():
            date = f"{value.year}/{value.month}/{value.day}"
            clock = f" {value.hour}:{value.minute:02d}"
            return date if value.time() == dt.time() else date + clock
        case dt.date():
            return f"{value.year}/{value.month}/{value.day}"
        case dt.time():
            return f"{value.hour}:{value.minute:02d}"
        case dt.timedelta():
            hours, minutes = divmod(round(value.total_seconds()) // HOUR, HOUR)
            return f"{hours}:{minutes:02d}"
    return str(value)


def _mistake(detail: ErrorDetails) -> Mistake:
    kind, loc, context = detail["type"], detail["loc"], detail.get("ctx", {})
    facts: dict[str, int | str] = {"value": shown(detail["input"])}
    if kind in LIMITS:
        code, name = LIMITS[kind]
        return Mistake(code=code, loc=loc, facts=facts | {"limit": context[name]})
    if kind in CODES:
        return Mistake(code=CODES[kind], loc=loc, facts=facts)
    if kind == "value_error":
        reason = str(context["error"])
        if reason in OWN:
            return Mistake(code=OWN[reason], loc=loc, facts=facts)
    if kind == "enum":
        choices = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        return Mistake(code="not_choice", loc=loc, facts=facts | {"choices": choices})
    return Mistake(code="wrong_shape", loc=loc, facts=facts)


MOMENT = 1.0 if os.name == "nt" else 0.0
"""Seconds for which another program may have a file before that is told."""
TICK = 0.05

LOCK = "~$"
"""How the file begins that Excel keeps beside a workbook that is open."""


def file_bytes(path: Path, most: int) -> bytes:
    """Return the bytes of a file, at most ``most`` + 1, to tell that it is longer.

    Raises
    ------
    InputError
        If there is no such file, or it cannot be read.
    """
    if path.name.startswith(LOCK):
        raise refused("file_is_lock", path=str(path))
    if os.path.isdir(path):
        raise refused("file_is_folder", path=str(path))
    try:
        with patiently(lambda: path.open("rb")) as file:
            return file.read(most + 1)
    except FileNotFoundError as error:
        raise refused("file_missing", path=str(path)) from error
    except (OSError, ValueError) as error:
        raise refused("file_unreadable", path=str(path)) from error


Done = TypeVar("Done")


def patiently(act: Callable[[], Done]) -> Done:
    """Open or rename a file; on Windows again and again for `MOMENT`.

    There a virus scanner that looks into a file keeps all others from it.
    """
    until = time.monotonic() + MOMENT
    while True:
        try:
            return act()
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(TICK)


ENCODINGS = ("utf-8-sig", "cp932")
"""In the order in which they are tried: Shift_JIS is no valid UTF-8."""


def table_text(path: Path, largest: int, too_large: str, no_text: str) -> str:
    """Return the text of a table (CSV) in UTF-8 or Shift_JIS.

    Parameters
    ----------
    largest
        Most bytes of the file.
    too_large, no_text
        Codes of the mistakes if it is larger, or in another encoding.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    data = file_bytes(path, largest)
    if len(data) > largest:
        raise refused(too_large, path.name)
    # Bytes of UTF-16 would pass for Shift_JIS.
    for encoding in ENCODINGS if b"\0" not in data else ():
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused(no_text, path.name)


Model = TypeVar("Model", bound=BaseModel)


def toml_read(
    data: bytes,
    name: str,
    model: type[Model],
    unreadable: str,
    fields: Mapping[str, str] = {},
) -> Model:
    """Return what a TOML file says that people may have written.

    Parameters
    ----------
    name
        The file's name, for messages.
    unreadable
        Code of the mistake if it is no TOML.
    fields
        Fields of the model by the keys of the file, where these are other words.

    Raises
    ------
    InputError
        With every mistake, each at its key as the file has it.
    """
    try:
        said = tomllib.loads(data.decode("utf-8-sig"))
        return model.model_validate({fields.get(key, key): said[key] for key in said})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise refused(unreadable, path=name) from error
    except ValidationError as error:
        keys = {field: key for key, field in fields.items()}
        mistakes = []
        for one in mistakes_of(error):
            first, *inside = map(str, one.loc or ("",))
            cell = ".".join((keys.get(first, first), *inside))
            place = {"sheet": name, "cell": cell, "loc": ()}
            mistakes.append(one.model_copy(update=place))
        raise InputError(mistakes) from error


JSON = ".json"
LARGEST_JSON = 20_000_000
"""Largest file, in bytes; a month takes some 100,000."""
LONGEST_LIST = 20_000
MOST_KEYS = 1_000
"""Most entries of a list, most keys of an object; a roster has some 2,000 duties."""

KEYS = {
    "is_a_roster": frozenset({"problem", "roster", "plan"}),
    "is_an_input": frozenset({"office", "period", "staff", "shifts"}),
}
"""Keys by which a document is known that somebody took for another."""


class Typed(dict[str, object]):
    """A JSON object, with the keys that occur more than once in ``twice``."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        names = [name for name, _value in pairs]
        lost = len(names) - len(self)
        self.twice = {name for name in names if names.count(name) > 1} if lost else ()


def read_json(path: Path, model: type[Model], other: str = "is_a_roster") -> Model:
    """Return what a JSON file says.

    Parameters
    ----------
    other
        Code of the mistake if it is a document of another kind (`KEYS`).

    Raises
    ------
    InputError
        If the file cannot be read, is too large, is not JSON, has duplicate keys, or is
        of another kind; or with every mistake, by path.
    """
    if path.suffix.lower() != JSON:
        raise refused("wrong_suffix", path=str(path))
    data, found = _load(path)
    if isinstance(found, dict) and found.keys() >= KEYS[other]:
        raise refused(other)
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        raise InputError(tuple(mistakes_of(error))) from error


def _load(path: Path) -> tuple[bytes, object]:
    data = file_bytes(path, LARGEST_JSON)
    if len(data) > LARGEST_JSON:
        raise refused("json_too_large")
    text = _text(data)
    try:
        found = json.loads(text, object_pairs_hook=Typed)
    except json.JSONDecodeError as error:
        raise refused("not_json", line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise refused("json_too_deep") from error
    except ValueError as error:
        # Python refuses to convert integers with thousands of digits.
        raise refused("json_number") from error
    mistakes = list(_mistakes((), found))
    if mistakes:
        raise InputError(mistakes)
    return text.encode(), found


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused("json_encoding") from error


def _mistakes(loc: Loc, value: object) -> Iterator[Mistake]:
    """Yield duplicate keys, and lists and objects with more entries than allowed."""
    if isinstance(value, Typed):
        for name in sorted(value.twice):
            yield Mistake(code="key_twice", loc=(*loc, name), facts={"name": name})
        inside: list[tuple[str | int, object]] = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    else:
        return
    limit = LONGEST_LIST if isinstance(value, list) else MOST_KEYS
    if len(inside) > limit:
        yield Mistake(code="list_too_long", loc=loc, facts={"limit": limit})
        return
    for key, one in inside:
        yield from _mistakes((*loc, key), one)
