"""What people type for a shift: its symbol, its name, or the word of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import ShiftKind
from scheduler.files.workbook import words

ENDINGS = ("勤", "番")
"""What people say behind a symbol: 夜勤 for 夜, 早番 for 早."""
ShiftWords = Mapping[str, Sequence[str]]
"""What may be typed for shifts, each word with the symbols that it means."""


def shift_words(lines: Iterable[tuple[str, str, str]]) -> ShiftWords:
    """Return what may be typed for shifts and kinds of work.

    A symbol comes first, then what people make of it, then names.  The word of a kind
    of shift stands for all shifts of that kind: 夜勤 for either kind of night.

    Parameters
    ----------
    lines
        Symbol, name and kind of shift of each; the latter two may be empty.
    """
    known = tuple(lines)
    found: dict[str, list[str]] = {}
    for said in (
        lambda symbol, _name, _kind: (symbol,),
        lambda symbol, _name, _kind: [symbol + ending for ending in ENDINGS],
        lambda _symbol, name, _kind: (name,) if name else (),
        lambda _symbol, _name, kind: (
            words.names_of_kind(ShiftKind(kind)) if kind else ()
        ),
    ):
        taken = frozenset(map(look_of, found))
        for line in known:
            for word in said(*line):
                if look_of(word) not in taken:
                    found.setdefault(word, []).append(line[0])
    return found


def words_of(problem: Problem) -> ShiftWords:
    """Return what may be typed for the shifts and kinds of work of a problem."""
    shifts = [(str(one.symbol), one.name, one.kind.value) for one in problem.shifts]
    work = [(str(one.symbol), one.name, "") for one in problem.kinds if one.hours]
    return shift_words([*shifts, *work])


def words_in(data: Mapping[str, Any], symbols: Sequence[str]) -> ShiftWords:
    """Return what may be typed, by lines that were read and are not validated yet.

    Parameters
    ----------
    symbols
        Those of shifts that can be used.
    """
    lines = [one for one in data["shifts"] if one["symbol"] in symbols]
    lines += [kind for kind in data["kinds"] if kind.get("hours")]
    return shift_words(
        (one["symbol"], one.get("name", ""), one.get("kind", "")) for one in lines
    )
