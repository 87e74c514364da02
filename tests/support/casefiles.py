"""Reader of hand-worked cases: tests/cases/<rule>.toml, mostly one file a rule.

The ``rule`` is named by the file or by each case; ``given`` holds entries shared by all
cases of the file.  A case draws its month as `tests.support.builders` does and states
the amount it expects for each facet of the rule; facets that it does not name must have
no breach::

    rule = "F-07"

    [[case]]
    name = "a day off on the morning after"
    roster = "A 夜休"
    expect = { after_night = 1 }

Optional entries of a case: ``staff`` by name, ``office`` with the fields of its
settings beside its own, ``profile``, ``shifts``, ``forecast``, ``requests``,
``cover_rules``, ``pairs``, ``personal_limits``, ``events``, ``desk_tasks``, ``pins``,
``ledger``, ``kinds``, ``spells``, ``tail``, ``days_off_before``, ``first``,
``holidays``, ``edits`` of single cells, ``witness`` with values that the findings must
have, and ``agreed`` with facet, person, date or name of the only spot it breaks: with
an agreement there, no breach may be left.

A file may also list changes, ``spoilt``, of the legal month of `tests.support.legal`:
settings of the ``office`` or lines of the ``shifts`` table, and the facets that this
``breaks``.
"""

from __future__ import annotations

import tomllib
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.audit import audit
from scheduler.domain.agreements import Spot
from scheduler.domain.events import CalendarEvent, DeskTask
from scheduler.domain.kinds import DayKind, Spell
from scheduler.domain.ledger import LedgerEntry
from scheduler.domain.requests import CoverRule, Pair, PersonalLimit, Request
from tests.support import builders

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.finding import Finding
    from scheduler.domain.forecast import Forecast
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember

FOLDER = Path(__file__).parents[1] / "cases"
UNKNOWN = "?"
"""An unknown number of guests in a case file."""


@dataclass(frozen=True)
class Case:
    """A problem, a roster, and the findings that a rule must have in it."""

    rule: str
    name: str
    problem: Problem
    roster: Roster
    grid: str
    expect: dict[str, int]
    witness: tuple[dict[str, Any], ...]
    agreed: Spot | None

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"

    @cached_property
    def found(self) -> tuple[Finding, ...]:
        """What the audit finds in it; several tests look at that."""
        return audit(self.problem, self.roster)


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """Return the cases of all files, in order."""
    return tuple(
        case for path in sorted(FOLDER.glob("*.toml")) for case in read_cases(path)
    )


def read_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of one file."""
    record = tomllib.loads(path.read_text(encoding="utf-8"))
    given = record.get("given", {})
    return tuple(
        _case(entry.pop("rule", record.get("rule")), _over(given, entry))
        for entry in record["case"]
    )


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Return two tables merged at all depths; entries of ``above`` take precedence."""
    laid = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(laid.get(key), dict)
        laid[key] = _over(laid[key], value) if both else value
    return laid


def _case(rule: str, entry: dict[str, Any]) -> Case:
    entry = deepcopy(entry)
    name, grid = entry.pop("name"), entry.pop("roster")
    expect, witness = entry.pop("expect"), tuple(entry.pop("witness", ()))
    agreed = entry.pop("agreed", None)
    spot = Spot(rule=rule, **agreed) if agreed else None
    edits = entry.pop("edits", ())
    problem = _problem(grid, entry)
    roster = builders.make_roster(problem, grid)
    for edit in edits:
        roster = _edited(problem, roster, dict(edit))
    return Case(rule, name, problem, roster, grid, expect, witness, spot)


def _edited(problem: Problem, roster: Roster, edit: dict[str, Any]) -> Roster:
    name, date = edit.pop("staff"), edit.pop("date")
    old = next(d for d in roster.duties if (d.staff, d.date) == (name, date))
    symbol = edit.pop("symbol", old.shift)
    duty = builders.make_duty(problem, name, date, symbol, **edit)
    return builders.with_duties(roster, duty)


def _problem(grid: str, entry: dict[str, Any]) -> Problem:
    rows = builders.read_rows(grid)
    first = entry.pop("first", builders.FIRST)
    days = max(len(symbols) for symbols in rows.values())
    period = builders.make_period(days, first, entry.pop("holidays", ()))
    profile = builders.make_profile(**entry.pop("profile", {}))
    office = {"profiles": [profile], **entry.pop("office", {})}
    problem = builders.make_problem(
        _staff(rows, entry.pop("staff", {})),
        period=period,
        office=builders.make_office(**office),
        shifts=_shifts(entry.pop("shifts", ())),
        forecast=_forecast(period, entry.pop("forecast", {})),
        requests=[Request.model_validate(one) for one in entry.pop("requests", ())],
        cover_rules=[
            CoverRule.model_validate(one) for one in entry.pop("cover_rules", ())
        ],
        pairs=[Pair.model_validate(one) for one in entry.pop("pairs", ())],
        personal_limits=[
            PersonalLimit.model_validate(one)
            for one in entry.pop("personal_limits", ())
        ],
        events=[CalendarEvent.model_validate(one) for one in entry.pop("events", ())],
        desk_tasks=[
            DeskTask.model_validate(one) for one in entry.pop("desk_tasks", ())
        ],
        tail=entry.pop("tail", ""),
        days_off_before=entry.pop("days_off_before", None),
        pins=entry.pop("pins", None),
        ledger=[LedgerEntry.model_validate(one) for one in entry.pop("ledger", ())],
        kinds=[DayKind.model_validate(one) for one in entry.pop("kinds", ())],
        spells=[Spell.model_validate(one) for one in entry.pop("spells", ())],
    )
    if entry:
        raise ValueError(f"no such key in a case: {', '.join(entry)}")
    return problem


def _staff(
    rows: dict[str, list[str]], fields: dict[str, dict[str, Any]]
) -> list[StaffMember]:
    names = dict.fromkeys([name for name in rows if name != builders.ON_CALL_ROW])
    names |= dict.fromkeys(fields)
    return [builders.make_staff(name, **fields.get(name, {})) for name in names]


def _shifts(entries: list[dict[str, Any]]) -> list[Shift]:
    table = {str(shift.symbol): shift for shift in builders.SHIFTS}
    table |= {entry["symbol"]: builders.make_shift(**entry) for entry in entries}
    return list(table.values())


def _forecast(period: Period, entry: dict[str, Any]) -> Forecast:
    guests = entry.pop("overnight", 0)
    numbers = [guests] * period.days if not isinstance(guests, list) else guests
    changes: dict[dt.date, dict[str, Any]] = {
        change.pop("date"): change for change in map(dict, entry.pop("changes", ()))
    }
    return builders.make_forecast(
        period,
        overnight=[None if number == UNKNOWN else number for number in numbers],
        changes=changes,
        **entry,
    )
