"""Making mistakes out of what the checks see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.errors import Mistake

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

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
    code: str, values: Iterable[tuple[Loc, Hashable]], **facts: object
) -> Iterator[Mistake]:
    """Report every value that stood before, where it stands again."""
    seen: set[Hashable] = set()
    for loc, value in values:
        if value in seen:
            yield mistake(code, loc, value=value, **facts)
        seen.add(value)


def outside(period: Period, date: object, loc: Loc) -> Iterator[Mistake]:
    """Report a date that is none of the period's."""
    if date not in period:
        span = {"first": period.first, "last": period.last}
        yield mistake("date_outside", loc, date=date, **span)


def unknown(code: str, value: str, known: Iterable[str], loc: Loc) -> Iterator[Mistake]:
    """Report a name that is none of the known ones."""
    names = tuple(known)
    if value not in names:
        yield mistake(code, loc, value=value, known="、".join(names))
