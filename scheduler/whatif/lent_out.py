"""Somebody is lent to another office: a cell, and a kind of day for the work there."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable

from scheduler.domain.base import StaffId
from scheduler.domain.between_houses import plain_role
from scheduler.domain.clock import Interval, parse_span
from scheduler.domain.homes import at_home
from scheduler.domain.kinds import lent_kind
from scheduler.domain.likeness import on_one_line
from scheduler.domain.problem import Problem
from scheduler.domain.scenario import Lending
from scheduler.domain.shifts import Duty

LENT_TO = re.compile(r"([0-9:]+\s*[-~〜–]\s*[0-9:]+)[\s@]+(.*\S)\s*")
"""From when to when, and to which office: 9:00-18:00 ひだまり."""

LONGEST_OFFICE = 60
"""Most characters of an office's name."""


def times_and_office(text: str) -> tuple[Interval, str] | None:
    """Parse from when to when somebody is lent, and where; ``None`` if it says not."""
    found = LENT_TO.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    try:
        span = parse_span(found[1].replace(" ", ""))
    except ValueError:
        return None
    office = on_one_line(found[2])
    return (span, office) if len(office) <= LONGEST_OFFICE else None


def lend(
    problem: Problem,
    staff: StaffId,
    dates: Iterable[dt.date],
    span: Interval,
    office: str,
) -> list[Lending]:
    """Return what somebody's home is to know of work in another office."""
    home = at_home(problem, staff)
    kinds = home.problem.kinds
    taken = [home.mark, *home.problem.shift_by_symbol, *(one.symbol for one in kinds)]
    kind = lent_kind(kinds, taken, office, span)
    breaks = kind.shift(kind.symbol, span).breaks
    cell = Duty(
        staff=staff,
        date=problem.period.first,
        shift=kind.symbol,
        roles=(plain_role(home.problem.member_by_name[staff]),),
        breaks=breaks[0] if breaks else (),
    )
    return [
        Lending(
            house=home.number, kind=kind, duty=cell.model_copy(update={"date": date})
        )
        for date in dates
    ]
