"""Texts that no cell can hold, and names that nobody can tell or call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scheduler.audit.consistency.report import Loc, mistake
from scheduler.domain.likeness import look_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
IN_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Line breaks and tabs too: a name stands on one line of a calendar and of a slip."""
NAMES = frozenset({"name", "symbol"})
"""Fields that name a thing."""
LONGEST = 200
"""Characters; what has a limit of its own is shorter."""


def mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find texts that cannot be written into a workbook, and names that are none."""
    for loc, text in _texts((), problem.model_dump()):
        yield from text_mistakes(loc, text)


def text_mistakes(loc: Loc, text: str) -> Iterator[Mistake]:
    """Find what keeps one text from being written, or from being a name."""
    is_name = loc[-1:] and loc[-1] in NAMES
    if text and is_name and not look_of(text):
        yield mistake("no_name", loc)
        return
    control = IN_NAMES if is_name else CONTROL
    if control.search(text):
        yield mistake("control_character", loc, value=control.sub("?", text))
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
