"""What has happened in a month, as told on the command line of `whatif`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields

from scheduler.cli import options
from scheduler.cli.arguments import start_of
from scheduler.domain.between_houses import MAIN
from scheduler.domain.errors import Mistake
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.scenario import Case, Event, Happening, Scenario, Words
from scheduler.whatif.scenario_parser import parse_scenario

OPTIONS = (
    ("--absent", "absent", Event.ABSENCE, "{name}={first}..{day}"),
    ("--leave", "leave", Event.LEAVING, "{name}={first}"),
    ("--join", "join", Event.JOINING, "鈴木={first}:{name}"),
    ("--shift", "shift", Event.DUTY, "{name}={first}:{symbol}"),
    ("--overnight", "overnight", Event.OVERNIGHT, "{first}=6"),
    ("--day-users", "day_users", Event.DAY_USERS, "{first}=6"),
    ("--visits", "visits", Event.VISITS, "{first}=6"),
)
"""For each option its name, its field of `Events`, the kind of event, an example."""

NAMED = (Event.ABSENCE, Event.LEAVING, Event.JOINING, Event.DUTY)
"""Events with a name before the equals sign; others have the date there."""

COLON = (Event.JOINING, Event.DUTY)
"""Events with a colon and a further value after the date."""

DATES = (Event.ABSENCE, Event.DUTY, Event.OVERNIGHT, Event.DAY_USERS, Event.VISITS)
"""Events that may have a range of dates."""

RANGE = re.compile(r"\.{2,}|[~〜]")


@dataclass(frozen=True)
class Events:
    """The events given on the command line: the values of each option, in order."""

    absent: list[str] | None = None
    leave: list[str] | None = None
    join: list[str] | None = None
    shift: list[str] | None = None
    overnight: list[str] | None = None
    day_users: list[str] | None = None
    visits: list[str] | None = None
    start: options.StartDate = None

    @property
    def is_empty(self) -> bool:
        """Whether no event is given; the first date that may change is not one."""
        return not any(
            getattr(self, one.name) for one in fields(self) if one.name != "start"
        )


def read_events(
    told: Events, problem: Problem, roster: Roster, house: int = MAIN
) -> Scenario:
    """Return the scenario that the options describe, in the words of a house.

    Raises
    ------
    InputError
        With every mistake in them; its place is the option and its value.
    """
    found: list[Mistake] = []
    happenings: list[Happening] = []
    for option, field, event, example in OPTIONS:
        for text in getattr(told, field) or ():
            happening = _happening(option, event, text)
            if happening is None:
                facts = {"value": text, "example": _example(example, problem)}
                found.append(
                    Mistake(code="not_told", facts=facts, sheet=option, cell=text)
                )
            else:
                happenings.append(happening)
    case = Case(tuple(happenings), start_of(told.start))
    return parse_scenario(case, problem, roster, found, house)


def _example(text: str, problem: Problem) -> str:
    """Return an example of an option's value, with names and dates of the month."""
    dates = problem.period.dates
    last = dates[2 * len(dates) // 3]
    return text.format(
        name=problem.staff[0].name.split()[0],
        first=dates[len(dates) // 3],
        day=f"{last.month}-{last.day}",
        symbol=problem.shifts[0].symbol,
    )


def _happening(option: str, event: Event, text: str) -> Happening | None:
    """Return the event in an option's value; ``None`` if a part is missing."""
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
        # Anything but one range of dates is kept whole, and refused later as no date.
        ends = [when, ""]
    words = (Words(part, option, text) for part in (name, *ends, what))
    return Happening(event, *words)
