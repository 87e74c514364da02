"""Reading JSON typed by hand: size limits, and no duplicate keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scheduler.domain.errors import InputError, Mistake
from scheduler.files.validation import file_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scheduler.audit.consistency.report import Loc

LARGEST_JSON = 20_000_000
"""Largest file, in bytes; a month takes some 100,000."""
LONGEST_LIST = 20_000
MOST_KEYS = 1_000
"""Most entries of a list, most keys of an object; a roster has some 2,000 duties."""

ROSTER_KEYS = frozenset({"problem", "roster", "plan"})
PROBLEM_KEYS = frozenset({"office", "period", "staff", "shifts"})


class Typed(dict[str, object]):
    """A JSON object, with the keys that occur more than once in ``twice``."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        names = [name for name, _value in pairs]
        lost = len(names) - len(self)
        self.twice = {name for name in names if names.count(name) > 1} if lost else ()


def load_problem(path: Path) -> bytes:
    """Return the bytes of a JSON file that may be a problem.

    Raises
    ------
    InputError
        If the file cannot be read, is too large, is not JSON, has duplicate keys, or
        is a finished roster.
    """
    data, found = _load(path)
    if isinstance(found, dict) and found.keys() >= ROSTER_KEYS:
        raise InputError([Mistake(code="is_a_roster")])
    return data


def load_roster(path: Path) -> bytes:
    """Return the bytes of a JSON file that may be a finished roster.

    Raises
    ------
    InputError
        As in `load_problem`, but if it is a problem instead of a roster.
    """
    data, found = _load(path)
    if isinstance(found, dict) and found.keys() >= PROBLEM_KEYS:
        raise InputError([Mistake(code="is_an_input")])
    return data


def _load(path: Path) -> tuple[bytes, object]:
    data = file_bytes(path, LARGEST_JSON)
    if len(data) > LARGEST_JSON:
        raise InputError([Mistake(code="json_too_large")])
    text = _text(data)
    try:
        found = json.loads(text, object_pairs_hook=Typed)
    except json.JSONDecodeError as error:
        facts: dict[str, int | str] = {"line": error.lineno, "column": error.colno}
        raise InputError([Mistake(code="not_json", facts=facts)]) from error
    except RecursionError as error:
        raise InputError([Mistake(code="json_too_deep")]) from error
    except ValueError as error:
        # Python refuses to convert integers with thousands of digits.
        raise InputError([Mistake(code="json_number")]) from error
    mistakes = list(_mistakes((), found))
    if mistakes:
        raise InputError(mistakes)
    return text.encode(), found


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([Mistake(code="json_encoding")]) from error


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
