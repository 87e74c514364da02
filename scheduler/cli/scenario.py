"""What has changed, as it is told on the line: 佐藤=2026-12-14..16."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.errors import Mistake
from scheduler.domain.scenario import Case, Event, Happening, Words
from scheduler.whatif.scenario_parser import scenario_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.scenario import Scenario

FROM = "--from"

EXAMPLES = {
    "--absent": "{name}={first}..{day}",
    "--leave": "{name}={first}",
    "--join": "鈴木={first}:{name}",
    "--shift": "{name}={first}:{symbol}",
    **dict.fromkeys(("--overnight", "--day-users", "--visits"), "{first}=6"),
}
"""How each option is written, with a name and dates of the month."""

RANGE = re.compile(r"\.{2,}|[~〜]")


class Told(NamedTuple):
    """What was said on the line: the values of each option, in order."""

    absent: Sequence[str] = ()
    leave: Sequence[str] = ()
    join: Sequence[str] = ()
    shift: Sequence[str] = ()
    overnight: Sequence[str] = ()
    day_users: Sequence[str] = ()
    visits: Sequence[str] = ()
    start: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said to happen; from when plans begin is no happening."""
        return not any(self._replace(start=""))


OPTIONS = (
    ("--absent", "absent", Event.ABSENCE),
    ("--leave", "leave", Event.LEAVING),
    ("--join", "join", Event.JOINING),
    ("--shift", "shift", Event.DUTY),
    ("--overnight", "overnight", Event.OVERNIGHT),
    ("--day-users", "day_users", Event.DAY_USERS),
    ("--visits", "visits", Event.VISITS),
)
"""Each option, the field of `Told`, and what its values tell of."""

NAMED = (Event.ABSENCE, Event.LEAVING, Event.JOINING, Event.DUTY)
"""A name stands before the equals sign, or else the date."""

COLON = (Event.JOINING, Event.DUTY)
"""The date is followed by something behind a colon."""

DATES = (Event.ABSENCE, Event.DUTY, Event.OVERNIGHT, Event.DAY_USERS, Event.VISITS)
"""A last date may follow the first."""


def read_scenario(told: Told, problem: Problem, roster: Roster) -> Scenario:
    """Return what has changed, or say all that is wrong with how it was told.

    Raises
    ------
    InputError
        With every mistake; its place is the option and its value.
    """
    found: list[Mistake] = []
    happenings: list[Happening] = []
    for option, field, event in OPTIONS:
        for text in getattr(told, field):
            happening = _happening(option, event, text)
            if happening is None:
                facts = {"value": text, "example": _example(option, problem)}
                found.append(
                    Mistake(code="not_told", facts=facts, sheet=option, cell=text)
                )
            else:
                happenings.append(happening)
    case = Case(tuple(happenings), start_of(told))
    return scenario_of(case, problem, roster, found)


def start_of(told: Told) -> Words:
    """Return from when plans begin, as it was told."""
    return Words(told.start, FROM, told.start) if told.start else Words()


def _example(option: str, problem: Problem) -> str:
    """Return how an option is written, in the words of the month."""
    dates = problem.period.dates
    last = dates[2 * len(dates) // 3]
    return EXAMPLES[option].format(
        name=problem.staff[0].name.split()[0],
        first=dates[len(dates) // 3],
        day=f"{last.month}-{last.day}",
        symbol=problem.shifts[0].symbol,
    )


def _happening(option: str, event: Event, text: str) -> Happening | None:
    """Take a value apart; ``None`` if a part is missing."""
    before, sign, after = unicodedata.normalize("NFKC", text).rpartition("=")
    if not (sign and before.strip() and after.strip()):
        return None
    name, when, what = (before, after, "") if event in NAMED else ("", before, after)
    if event in COLON:
        when, sign, what = after.partition(":")
        if not (sign and when.strip() and what.strip()):
            return None
    ends = RANGE.split(when)
    if event not in DATES or len(ends) != 2 or not all(map(str.strip, ends)):
        # What is not one stretch of dates is refused as no date.
        ends = [when, ""]
    words = (Words(part, option, text) for part in (name, *ends, what))
    return Happening(event, *words)
