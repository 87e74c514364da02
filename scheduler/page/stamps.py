"""Stamps on the page: what the columns of a file mean, and the differences by kind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scheduler.domain.actual import GRACE, AsWorked, Difference, DifferenceKind
from scheduler.domain.errors import InputError
from scheduler.files.actual.columns import KEYS, SPOKEN, ClockColumns, read_columns
from scheduler.wording.actual import column_meaning

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from scheduler.files.actual.clock import ClockQuestions

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


ACCEPT, PLANNED, OPEN = "accept", "planned", "open"


class KindOfDifference(NamedTuple):
    """The differences of one kind; ``takable`` of them can be accepted at once."""

    kind: DifferenceKind
    lines: tuple[Difference, ...]
    undecided: int
    takable: int


def key_of(one: Difference) -> str:
    """Return what a difference is called in forms: no name, and stays as it does."""
    return hashlib.sha256(one.model_dump_json().encode()).hexdigest()[:16]


def kinds_of(month: AsWorked) -> Iterator[KindOfDifference]:
    """Yield the differences by kind, each kind by date."""
    order = list(DifferenceKind)
    by_kind = sorted(month.differences, key=lambda one: order.index(one.kind))
    undecided, takable = month.undecided, month.decided_by_all(accepted=True)
    for kind, own in groupby(by_kind, key=lambda one: one.kind):
        yield KindOfDifference(
            kind,
            tuple(own),
            sum(one.kind is kind for one in undecided),
            sum(one.kind is kind for one in takable),
        )
