"""Texts that no cell can hold: control characters, or too many of any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scheduler.consistency.report import Loc, mistake

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST = 200
"""Characters; what has a limit of its own is shorter."""


def mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find texts that cannot be written into a workbook."""
    for loc, text in _texts((), problem.model_dump()):
        yield from text_mistakes(loc, text)


def text_mistakes(loc: Loc, text: str) -> Iterator[Mistake]:
    """Find what keeps one text from being written into a workbook."""
    if CONTROL.search(text):
        yield mistake("control_character", loc, value=CONTROL.sub("?", text))
    if len(text) > LONGEST:
        yield mistake("too_long", loc, limit=LONGEST)


def _texts(loc: Loc, value: object) -> Iterator[tuple[Loc, str]]:
    match value:
        case str():
            yield loc, value
        case dict():
            for name, inner in value.items():
                yield from _texts((*loc, name), inner)
        case list() | tuple():
            for index, inner in enumerate(value):
                yield from _texts((*loc, index), inner)
