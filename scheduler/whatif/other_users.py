"""Other use of services than planned: a user's other week, further visits by time."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from scheduler.domain.forecast import ForecastDay, Service
from scheduler.domain.problem import Problem
from scheduler.domain.registrants import (
    EVERY_DAY,
    ChangeReason,
    Registrant,
    UseChange,
    UsePlan,
    WeeklyUse,
    by_plan,
)
from scheduler.files.workbook.reading.times import parse_weekly
from scheduler.wording.times import runs

WORDS = {
    "day_use": ("通い", "day use"),
    "stays": ("泊まり", "泊り", "宿泊", "stays"),
    "visits": ("訪問", "visits"),
}
"""How the fields of a week are called where one is told in a line."""
NOTHING = ("なし", "無し", "none")
MORE = "+"
"""Before what comes to a service, in place of all of it."""

_FIELD_BY_WORD = {word: field for field, words in WORDS.items() for word in words}
_NAMED = re.compile("({})".format("|".join(_FIELD_BY_WORD)))
_AROUND = " 、,，;；/／:：\n\u3000"


class Told(NamedTuple):
    """What is told of one service of a week."""

    uses: list[dict[str, Any]]
    """As `parse_weekly` returns them."""
    adds: bool
    """Whether the rest of the service stays as it is."""


def parse_services(text: str) -> Mapping[str, Told]:
    """Return the services told in a line, by field: 通い 火木 9:30-16:00、訪問 なし.

    Raises
    ------
    ValueError
        If something else stands there, or a service twice.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    before, *parts = _NAMED.split(plain)
    if before.strip(_AROUND) or not parts:
        raise ValueError("no service")
    found: dict[str, Told] = {}
    for word, rest in zip(parts[::2], parts[1::2], strict=True):
        said, field = rest.strip(_AROUND), _FIELD_BY_WORD[word]
        if field in found or not said:
            raise ValueError("a service twice, or no weekday")
        uses = [] if said in NOTHING else parse_weekly(said.removeprefix(MORE))
        found[field] = Told(uses, said.startswith(MORE))
    return found


def use_changes(
    problem: Problem,
    user: Registrant,
    told: Mapping[str, Told],
    dates: Collection[dt.date],
) -> Iterator[UseChange]:
    """Yield what a user does on some dates, in place of the weekly plan.

    Services not told stay as planned; dates with a change of their own, such as a stay
    in hospital, stay as they are.

    Raises
    ------
    ValidationError
        If a service may not be at such times.
    """
    plan: dict[str, Any] = {field: getattr(user, field) for field in WORDS}
    for field, (uses, adds) in told.items():
        plan[field] = [*(plan[field] if adds else ()), *uses]
    is_any = any(plan.values())
    reason = ChangeReason.OTHER_USE if is_any else ChangeReason.ABSENT
    free = (date for date in dates if problem.attendance.change(user, date) is None)
    for first, last in runs(free):
        span = {"user": user.name, "first": first, "last": last, "reason": reason}
        yield UseChange.model_validate({**plan, **span})


def with_changes(
    problem: Problem, day: ForecastDay, changes: Sequence[UseChange]
) -> ForecastDay:
    """Return a date as users' plans and further changes have it.

    A number that was typed becomes larger or smaller by as many as come or stay away.
    """
    before = problem.attendance
    after = problem.model_copy(
        update={"use_changes": (*problem.use_changes, *changes)}
    ).attendance
    was, now = before.day(day.date), after.day(day.date)
    planned = [one for one in Service if getattr(day, f"{one}_at") is not None]
    other = {
        one.value: max(0, known + now.number(one) - was.number(one))
        for one in Service
        if one not in planned and (known := getattr(day, one)) is not None
    }
    return by_plan(after, day.model_copy(update=other), planned)


def with_visits(day: ForecastDay, uses: Sequence[WeeklyUse]) -> ForecastDay:
    """Return a date with the further visits that are made on its weekday."""
    spans = [
        use.span for use in uses if use.span and day.date.weekday() in use.weekdays
    ]
    known = day.visits_at or ()
    times = tuple(sorted((*known, *spans), key=lambda span: span.start))
    return day.model_copy(
        update={"visits": day.visits + len(spans), "visits_at": times}
    )


def parse_visits(text: str) -> tuple[WeeklyUse, ...]:
    """Return visits told by weekday and time: 火 10:00-10:30.

    Raises
    ------
    ValueError
        If something else stands there, or a visit has no time.
    """
    return UsePlan.model_validate({"visits": parse_weekly(text)}).visits


def goes_on(uses: Sequence[WeeklyUse]) -> bool:
    """Whether weekdays are named, so that it goes on to the end of the month."""
    return any(use.weekdays != EVERY_DAY for use in uses)
