"""Making mistakes out of what the checks see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.errors import Mistake, Spot
from scheduler.domain.likeness import look_of, near_misses

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from scheduler.domain.period import Period

Loc = tuple[str | int, ...]
"""Path to a value in the problem."""


def mistake(code: str, loc: Loc, **facts: object) -> Mistake:
    """Return a mistake; facts are written as text unless they are numbers."""
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
    """Report every value that stood before, where it stands again and where it did.

    Parameters
    ----------
    alike
        What two values share that count as the same.
    """
    seen: dict[Hashable, Loc] = {}
    for loc, value in values:
        key = alike(value)
        if key in seen:
            more = () if seen[key] == loc else (Spot(loc=seen[key]),)
            again = mistake(code, loc, value=value, **facts)
            yield again.model_copy(update={"more": more})
        seen.setdefault(key, loc)


def repeated_name(code: str, names: Iterable[tuple[Loc, str]]) -> Iterator[Mistake]:
    """Report every name that cannot be told from one that stood before."""
    yield from repeated(code, names, look_of)


def outside(period: Period, date: object, loc: Loc) -> Iterator[Mistake]:
    """Report a date that is none of the period's."""
    if date not in period:
        span = {"first": period.first, "last": period.last}
        yield mistake("date_outside", loc, date=date, **span)


def all_outside(
    period: Period, dates: Iterable[tuple[Loc, dt.date]]
) -> Iterator[Mistake]:
    """Report the dates that are none of the period's: several in one line."""
    found = [(loc, date) for loc, date in dates if date not in period]
    if len(found) == 1:
        yield from outside(period, found[0][1], found[0][0])
    elif found:
        span = {"first": period.first, "last": period.last}
        others = [date for _loc, date in found]
        ends = {"from": min(others), "to": max(others)}
        yield mistake("dates_outside", found[0][0], **span, **ends)


def unknown(code: str, value: str, known: Iterable[str], loc: Loc) -> Iterator[Mistake]:
    """Report a name that is none of the known ones."""
    names = tuple(known)
    if value not in names:
        yield mistake(code, loc, **unknown_facts(value, names))


def unknown_facts(value: str, names: Iterable[str]) -> dict[str, str]:
    """Return the facts of a name that is none of several: these, and those near it."""
    known = tuple(names)
    facts = {"value": value, "known": "、".join(known)}
    near = near_misses(value, known)
    return facts | {"near": "、".join(near)} if near else facts
