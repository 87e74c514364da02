"""What the columns of a file of stamps mean, asked with drop-downs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scheduler.domain.actual import GRACE
from scheduler.domain.errors import InputError
from scheduler.files.actual.columns import KEYS, SPOKEN, read_columns
from scheduler.wording.actual import column_meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from starlette.datastructures import FormData

    from scheduler.files.actual.clock import ClockQuestions
    from scheduler.files.actual.columns import ClockColumns

MEANINGS = tuple(field for field in KEYS.values() if field not in SPOKEN)
MOST_MINUTES = 60
"""Most minutes before and after a shift that are no difference."""


class ChosenColumns(NamedTuple):
    """What columns and words mean as it was chosen, by heading and word."""

    meanings: dict[str, str]
    words: dict[str, str]
    grace: int


def picked_columns(form: FormData, questions: ClockQuestions) -> ChosenColumns:
    """Return what a form says of columns and words."""
    return ChosenColumns(
        _picked(form, "c", questions.examples, MEANINGS),
        _picked(form, "w", questions.all_words, SPOKEN),
        _grace(form),
    )


def _picked(
    form: FormData, sign: str, named: Iterable[str], fields: Sequence[str]
) -> dict[str, str]:
    """Return what was chosen for columns or words, for those that mean something."""
    told = ((one, form.get(f"{sign}{n}")) for n, one in enumerate(named))
    return {one: str(field) for one, field in told if field in fields}


def _grace(form: FormData) -> int:
    given = str(form.get("grace", ""))
    return min(int(given), MOST_MINUTES) if given.isdecimal() else GRACE


def asked_values(
    questions: ClockQuestions, path: Path, chosen: ChosenColumns | None
) -> dict[str, Any]:
    """Return what is asked about the columns, with what they seem to mean.

    Parameters
    ----------
    path
        The file that says what the office's columns mean, if there is one.
    chosen
        What was chosen just now, and refused.
    """
    meanings, words, grace = chosen or _likely(path, questions)
    kinds = [one for one in questions.examples if meanings.get(one) == "kind"]
    asked = {one for heading in kinds for one in questions.words.get(heading, ())}
    return {
        "columns": [
            (heading, "、".join(examples), meanings.get(heading, ""))
            for heading, examples in questions.examples.items()
        ],
        "words": [
            (number, one, words.get(one, ""))
            for number, one in enumerate(questions.all_words)
            if one in asked
        ],
        "meanings": [(field, column_meaning(field)) for field in MEANINGS],
        "spoken": [(field, column_meaning(field)) for field in SPOKEN],
        "grace": grace,
    }


def _likely(path: Path, questions: ClockQuestions) -> ChosenColumns:
    """Return what columns mean as it is kept, or else as their headings say."""
    try:
        known = read_columns(path)
    except InputError:
        known = None
    is_other = known is None or not questions.examples.keys() >= {*known.headings}
    columns = questions.guess if is_other else known
    return ChosenColumns(
        _fields(columns, MEANINGS),
        _fields(columns, SPOKEN),
        known.grace if known else GRACE,
    )


def _fields(columns: ClockColumns | None, fields: Iterable[str]) -> dict[str, str]:
    """Return the field of each heading or word."""
    found: dict[str, str] = {}
    for field in fields:
        value = getattr(columns, field, "")
        named = value if isinstance(value, tuple) else (value,)
        found |= dict.fromkeys(filter(None, named), field)
    return found
