"""Create `Mistake` objects for names, dates and texts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Protocol, TypeVar

from scheduler.domain.errors import Location, Mistake
from scheduler.domain.likeness import look_of, near_misses
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Request
from scheduler.domain.shifts import Duty, OnCall

Loc = tuple[str | int, ...]
"""Path to a value in the problem."""

Line = TypeVar("Line")


class Named(Protocol):
    """A line of a sheet that has a name."""

    @property
    def name(self) -> str:
        """The name."""


def mistake(code: str, loc: Loc, **facts: object) -> Mistake:
    """Return a mistake; facts are converted to text unless they are integers."""
    told = {
        key: fact if type(fact) is int else str(fact) for key, fact in facts.items()
    }
    return Mistake(code=code, loc=loc, facts=told)


def repeated(
    code: str,
    values: Iterable[tuple[Loc, Hashable]],
    alike: Callable[[Hashable], Hashable] = lambda value: value,
    **facts: object,
) -> Iterator[Mistake]:
    """Report every value that repeats an earlier one, with both places.

    Parameters
    ----------
    alike
        Key function: values with equal keys count as the same.
    """
    seen: dict[Hashable, Loc] = {}
    for loc, value in values:
        key = alike(value)
        if key in seen:
            more = () if seen[key] == loc else (Location(loc=seen[key]),)
            again = mistake(code, loc, value=value, **facts)
            yield again.model_copy(update={"more": more})
        seen.setdefault(key, loc)


def repeated_lines(
    code: str, path: Loc, lines: Iterable[Line], key: Callable[[Line], Hashable]
) -> Iterator[Mistake]:
    """Report every line with the key of an earlier one."""
    yield from repeated(code, [((*path, i), key(one)) for i, one in enumerate(lines)])


def repeated_names(code: str, path: Loc, lines: Iterable[Named]) -> Iterator[Mistake]:
    """Report every line whose name looks the same as that of an earlier one."""
    names = [((*path, i, "name"), one.name) for i, one in enumerate(lines)]
    yield from repeated(code, names, look_of)


def mistake_at(code: str, places: Iterable[Loc], **facts: object) -> Mistake:
    """Return one mistake with several places."""
    first, *others = places
    more = tuple(Location(loc=loc) for loc in others)
    return mistake(code, first, **facts).model_copy(update={"more": more})


def reversed_limits(loc: Loc, least: int | None, most: int | None) -> Iterator[Mistake]:
    """Report a least number above the most."""
    if least is not None and most is not None and least > most:
        yield mistake("limits_reversed", loc, least=least, most=most)


def listed(dates: Iterable[dt.date]) -> str:
    """Return dates as a text of days and months."""
    return "、".join(f"{date.month}/{date.day}" for date in dates)


def outside(period: Period, date: object, loc: Loc) -> Iterator[Mistake]:
    """Report a date outside the period."""
    if date not in period:
        span = {"first": period.first, "last": period.last}
        yield mistake("date_outside", loc, date=date, **span)


def all_outside(
    period: Period, dates: Iterable[tuple[Loc, dt.date]]
) -> Iterator[Mistake]:
    """Report the dates outside the period, several of them as one mistake."""
    found = [(loc, date) for loc, date in dates if date not in period]
    if len(found) == 1:
        yield from outside(period, found[0][1], found[0][0])
    elif found:
        span = {"first": period.first, "last": period.last}
        others = [date for _loc, date in found]
        ends = {"from": min(others), "to": max(others)}
        yield mistake("dates_outside", found[0][0], **span, **ends)


def unknown(code: str, value: str, known: Iterable[str], loc: Loc) -> Iterator[Mistake]:
    """Report a name that is not among the known ones."""
    names = tuple(known)
    if value not in names:
        yield mistake(code, loc, **unknown_facts(value, names))


def foreign(
    problem: Problem, loc: Loc, entries: Iterable[Duty | OnCall | Request]
) -> Iterator[Mistake]:
    """Report entries with unknown people, dates outside the period, unknown shifts."""
    people, shifts = problem.member_by_name, problem.shift_by_symbol
    for i, one in enumerate(entries):
        at = (*loc, i)
        yield from unknown("unknown_person", one.staff, people, (*at, "staff"))
        yield from outside(problem.period, one.date, (*at, "date"))
        for j, symbol in enumerate(one.shifts if isinstance(one, Request) else ()):
            yield from unknown("unknown_shift", symbol, shifts, (*at, "shifts", j))


def unknown_facts(value: str, names: Iterable[str]) -> dict[str, str]:
    """Return the facts of an unknown name: the known names, and similar ones."""
    known = tuple(names)
    facts = {"value": value, "known": "、".join(known)}
    near = near_misses(value, known)
    return facts | {"near": "、".join(near)} if near else facts


CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
IN_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Line breaks and tabs too: calendars and slips have a name on one line."""
NAMES = frozenset({"name", "symbol"})
"""Fields that hold a name."""
LONGEST = 200
"""Most characters of a text; some fields have a shorter limit of their own."""


def texts_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find texts that cannot be written into a workbook, and names that look empty."""
    for loc, text in _texts((), problem.model_dump()):
        yield from text_mistakes(loc, text)


def text_mistakes(loc: Loc, text: str) -> Iterator[Mistake]:
    """Find why one text cannot be written into a workbook, or cannot be a name."""
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
