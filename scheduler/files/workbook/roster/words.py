"""Dates and names as the sheets of a roster write them."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from scheduler.domain.finding import Unit
from scheduler.files.workbook.styles import SATURDAY, SUNDAY
from scheduler.rulebook import Rule
from scheduler.wording.findings import UNITS
from scheduler.wording.rules import facet_title, rule_title, source_text
from scheduler.wording.times import month_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from scheduler.domain.base import StaffId
    from scheduler.domain.period import Period
    from scheduler.rulebook import Facet


def full_date_text(date: dt.date) -> str:
    """Write a date with its year."""
    return _("{year}-{month:02}-{day:02}").format(
        year=date.year, month=date.month, day=date.day
    )


def period_text(period: Period) -> str:
    """Write a calendar month by its name, another period by its ends."""
    first, last = period.first, period.last
    if first.day == 1 and last.month == first.month and _ends_month(last):
        return month_text(first)
    return _("{first} – {last}").format(
        first=full_date_text(first), last=full_date_text(last)
    )


def _ends_month(date: dt.date) -> bool:
    return date.day == monthrange(date.year, date.month)[1]


def date_fill(period: Period, date: dt.date) -> str:
    """Return the colour of a date: Saturday, Sunday or holiday, or none."""
    if date in period.holiday_names or date.weekday() == 6:
        return SUNDAY
    return SATURDAY if date.weekday() == 5 else ""


def title(named: Rule | Facet) -> str:
    """Return the title of a rule or of one of its limits, in the language in use."""
    return rule_title(named) if isinstance(named, Rule) else facet_title(named)


def article(rule: Rule, facet: str) -> str:
    """Return where a limit of a rule stands, in the language in use."""
    return source_text(rule, facet)


def amount_text(unit: Unit, number: int) -> str:
    """Write an amount in its unit."""
    match unit:
        case Unit.PERCENT:
            return f"{number}%"
        case Unit.FTE_TENTHS:
            return f"{number / 10:.1f}"
        case _:
            return UNITS[unit](number)


def short_names(names: Iterable[StaffId]) -> dict[StaffId, str]:
    """Return a short name for each person: a beginning that no other name has.

    It is the family name, where a blank sets it apart, and more where people share it.
    """
    everybody = tuple(names)
    return {name: _short(name, everybody) for name in everybody}


def _short(name: StaffId, everybody: tuple[StaffId, ...]) -> str:
    family = len(name.replace("\u3000", " ").split(" ")[0])
    for length in range(max(1, family), len(name)):
        begun = name[:length]
        if not begun.isspace() and not begun.endswith((" ", "\u3000")):
            alike = sum(other.startswith(begun) for other in everybody)
            if alike == 1:
                return begun
    return name
