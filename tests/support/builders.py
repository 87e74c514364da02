"""Builders of domain objects with defaults, so that a test states only what matters.

Defaults: 7 dates from 1 December 2026, one care worker ``A``, no users expected, upper
limits of the office as wide as their types allow, lower limits zero, nights on call
permitted, no history.  Shifts are 早, 日, 遅 and 夜 of `SHIFTS`.

A month is drawn as a text grid, one row a person and one symbol a date::

    A 早日遅夜明休有
    B ・・休休日日日
    宿 B--A--B

A row is a name and its symbols, separated by blanks where a symbol has several
characters.  ``・`` is AWAY, ``?`` leaves the cell empty.  The row ``宿`` names the
person on call, ``-`` for nobody.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scheduler.domain.base import ShiftId
from scheduler.domain.forecast import DayProfile, Forecast, ForecastDay
from scheduler.domain.office import Office, Settings
from scheduler.domain.period import Holiday, Period
from scheduler.domain.problem import DaysOffBefore, History, Pins, Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import Duty, OffKind, OnCall, Role, Shift, ShiftKind
from scheduler.domain.staff import Contract, StaffMember

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scheduler.domain.agreements import Agreement
    from scheduler.domain.events import CalendarEvent, DeskTask
    from scheduler.domain.kinds import DayKind, Spell
    from scheduler.domain.ledger import LedgerEntry
    from scheduler.domain.requests import CoverRule, Pair, PersonalLimit, Request
    from scheduler.domain.roster import Roster

FIRST = dt.date(2026, 12, 1)
"""First date of a period unless a test says otherwise: a Tuesday."""

OFF_SYMBOLS = {
    "休": OffKind.DAY_OFF,
    "有": OffKind.PAID_LEAVE,
    "明": OffKind.AFTER_NIGHT,
    "欠": OffKind.ABSENT,
    "・": OffKind.AWAY,
}
ON_CALL_ROW = "宿"
NOBODY = "-"
EMPTY = "?"

KINDS = {
    "早": ShiftKind.EARLY,
    "日": ShiftKind.DAY,
    "遅": ShiftKind.LATE,
    "夜": ShiftKind.NIGHT,
}

GENEROUS: dict[str, Any] = {
    "standby": {"permission": True, "from_home": True},
    "rest_wished": 0,
    "rest_least": 0,
    "days_in_a_row_wished": 12,
    "days_in_a_row_most": 12,
    "nights_in_a_row_most": 6,
    "long_nights_apart": "off",
    "day_off_after_long_night": "off",
    "nights_wished": 31,
    "on_call_on_days_off": "off",
    "nurse_shifts": 0,
    "planner_desk": 0,
    "planner_desk_early": 0,
    "planner_desk_late": 0,
    "manager_desk": 0,
}
"""Settings under which no limit of the office binds."""


def make_shift(
    symbol: str = "日",
    span: str = "9:00-18:00",
    breaks: Sequence[str | Sequence[str]] = ("12:00-13:00",),
    **fields: Any,
) -> Shift:
    """Return a shift; each entry of ``breaks`` is an option of one span or several."""
    start, end = span.split("-")
    options = [[entry] if isinstance(entry, str) else list(entry) for entry in breaks]
    defaults = {"kind": KINDS.get(symbol, ShiftKind.DAY), "start": start, "end": end}
    return Shift.model_validate(
        {**defaults, "symbol": symbol, "breaks": options, **fields}
    )


SHIFTS = (
    make_shift("早", "7:00-16:00", ["11:00-12:00", "12:00-13:00"]),
    make_shift("日", "9:00-18:00", ["12:00-13:00", "13:00-14:00"]),
    make_shift("遅", "12:00-21:00", ["15:00-16:00", "16:00-17:00"]),
    make_shift("夜", "16:30-33:30", ["24:00-26:00"]),
)
"""Early, day and late of 8 hours of work, and a 17-hour night with 15."""


def make_contract(**fields: Any) -> Contract:
    """Return a full-time contract without limits."""
    return Contract.model_validate({"full_time": True, **fields})


def make_staff(name: str = "A", **fields: Any) -> StaffMember:
    """Return a care worker for all four shifts and nights on call.

    ``fields`` may be those of the person and of the contract.
    """
    inner = {key: fields.pop(key) for key in list(fields) if key in _CONTRACT_FIELDS}
    defaults: dict[str, Any] = {
        "contract": make_contract(**inner),
        "roles": [Role.CARE],
        "shifts": [shift.symbol for shift in SHIFTS],
        "on_call": True,
    }
    return StaffMember.model_validate({**defaults, "name": name, **fields})


_CONTRACT_FIELDS = frozenset(Contract.model_fields)


def make_profile(**fields: Any) -> DayProfile:
    """Return a day profile: all arrive at 9:00 and leave at 16:00."""
    defaults = {
        "name": "通常",
        "arrivals": [{"at": "9:00", "percent": 100}],
        "departures": [{"at": "16:00", "percent": 100}],
        "guests_leave": "9:00",
        "guests_return": "16:00",
    }
    return DayProfile.model_validate({**defaults, **fields})


def make_settings(**fields: Any) -> Settings:
    """Return settings under which no limit binds; ``standby`` may be a mapping."""
    return Settings.model_validate({**GENEROUS, **fields})


def make_office(**fields: Any) -> Office:
    """Return an office with capacities 29 / 18 / 9 and night band 21:00-30:00.

    Its record of users is zero.  ``fields`` may be those of the office and of the
    settings.
    """
    inner = {key: fields.pop(key) for key in list(fields) if key in _SETTINGS_FIELDS}
    defaults: dict[str, Any] = {
        "name": "見本",
        "capacity": {"registered": 29, "day_use": 18, "overnight": 9},
        "registered": 20,
        "users_record": {"method": "previous_year", "total": 0, "days": 365},
        "night_band": "21:00-30:00",
        "profiles": [make_profile()],
        "settings": make_settings(**inner),
    }
    return Office.model_validate({**defaults, **fields})


_SETTINGS_FIELDS = frozenset(Settings.model_fields)


def make_period(
    days: int = 7,
    first: dt.date = FIRST,
    holidays: Iterable[dt.date] = (),
) -> Period:
    """Return a period of ``days`` dates."""
    return Period(
        first=first,
        last=first + dt.timedelta(days=days - 1),
        holidays=tuple(Holiday(date=date, name="祝日") for date in holidays),
    )


def make_forecast(
    period: Period,
    day_users: int | Sequence[int] = 0,
    overnight: int | Sequence[int | None] | None = 0,
    visits: int | Sequence[int] = 0,
    *,
    overnight_before: int = 0,
    changes: Mapping[dt.date, Mapping[str, Any]] | None = None,
) -> Forecast:
    """Return a forecast; a single number holds on every date.

    ``changes`` sets further fields of some dates, such as the profile.
    """
    days = [
        ForecastDay.model_validate(
            {
                "date": date,
                "day_users": _nth(day_users, i),
                "overnight": _nth(overnight, i),
                "visits": _nth(visits, i),
                "profile": "通常",
                **(changes or {}).get(date, {}),
            }
        )
        for i, date in enumerate(period.dates)
    ]
    return Forecast(days=tuple(days), overnight_before=overnight_before)


def _nth(value: Any, index: int) -> Any:
    return value[index] if isinstance(value, (list, tuple)) else value


def make_problem(
    staff: Iterable[StaffMember | str] = ("A",),
    *,
    days: int = 7,
    first: dt.date = FIRST,
    period: Period | None = None,
    office: Office | None = None,
    shifts: Iterable[Shift] = SHIFTS,
    forecast: Forecast | None = None,
    requests: Iterable[Request] = (),
    cover_rules: Iterable[CoverRule] = (),
    pairs: Iterable[Pair] = (),
    personal_limits: Iterable[PersonalLimit] = (),
    events: Iterable[CalendarEvent] = (),
    desk_tasks: Iterable[DeskTask] = (),
    tail: str = "",
    days_off_before: Mapping[str, int] | None = None,
    pins: Mapping[str, Any] | None = None,
    ledger: Iterable[LedgerEntry] = (),
    agreements: Iterable[Agreement] = (),
    kinds: Iterable[DayKind] = (),
    spells: Iterable[Spell] = (),
) -> Problem:
    """Return a problem; a name in ``staff`` stands for a default care worker.

    ``tail`` is a grid whose last column is the date before the period.
    """
    period = period or make_period(days, first)
    people = tuple(make_staff(one) if isinstance(one, str) else one for one in staff)
    bare = Problem(
        period=period,
        office=office or make_office(),
        shifts=tuple(shifts),
        staff=people,
        forecast=forecast or make_forecast(period),
        requests=tuple(requests),
        cover_rules=tuple(cover_rules),
        pairs=tuple(pairs),
        personal_limits=tuple(personal_limits),
        events=tuple(events),
        desk_tasks=tuple(desk_tasks),
        pins=Pins.model_validate(pins or {}),
        ledger=tuple(ledger),
        agreements=tuple(agreements),
        kinds=tuple(kinds),
        spells=tuple(spells),
    )
    duties, on_call = _read_tail(bare, tail)
    counted = (days_off_before or {}).items()
    history = History(
        duties=duties,
        on_call=on_call,
        days_off_before=tuple(
            DaysOffBefore.model_validate({"staff": name, "days": number})
            for name, number in counted
        ),
    )
    return bare.model_copy(update={"history": history})


def make_roster(problem: Problem, grid: str) -> Roster:
    """Return the roster of a text grid, with first break options and fitting roles.

    Raises
    ------
    ValueError
        If a row is not as long as the period, or a symbol is unknown.
    """
    rows = read_rows(grid)
    for name, symbols in rows.items():
        if len(symbols) != problem.period.days:
            raise ValueError(f"{name}: {len(symbols)} symbols")
    first = problem.period.first
    return RosterRecord(
        duties=tuple(_duties(problem, rows, first)),
        on_call=tuple(_on_call(rows, first)),
    )


def make_duty(
    problem: Problem,
    name: str,
    date: dt.date,
    symbol: str,
    **fields: Any,
) -> Duty:
    """Return the duty of one cell; ``breaks`` and ``roles`` replace the defaults."""
    cell: dict[str, Any] = {"staff": name, "date": date}
    kind = problem.kind_by_symbol.get(ShiftId(symbol))
    if symbol in OFF_SYMBOLS:
        cell["off"] = OFF_SYMBOLS[symbol]
    elif kind and kind.off:
        cell |= {"off": kind.off, "kind": symbol}
    else:
        shift = next((one for one in problem.all_shifts if one.symbol == symbol), None)
        if shift is None:
            raise ValueError(f"unknown symbol {symbol}")
        member = next((one for one in problem.staff if one.name == name), None)
        own = member.roles if member else (Role.CARE,)
        role = next((one for one in own if one in (shift.roles or own)), own[0])
        cell["shift"] = symbol
        cell["breaks"] = shift.break_options[0]
        cell["roles"] = (role,) * len(shift.segments)
    return Duty.model_validate({**cell, **fields})


def with_duties(roster: Roster, *duties: Duty) -> Roster:
    """Return the roster with ``duties`` put into their cells."""
    cells = {(duty.staff, duty.date): duty for duty in (*roster.duties, *duties)}
    return RosterRecord(duties=tuple(cells.values()), on_call=roster.on_call)


def without_duty(roster: Roster, name: str, date: dt.date) -> Roster:
    """Return the roster with one cell left empty."""
    left = tuple(d for d in roster.duties if (d.staff, d.date) != (name, date))
    return RosterRecord(duties=left, on_call=roster.on_call)


def with_on_call(roster: Roster, date: dt.date, name: str | None) -> Roster:
    """Return the roster with another person, or nobody, on call on ``date``."""
    nights = [one for one in roster.on_call if one.date != date]
    if name is not None:
        nights.append(OnCall.model_validate({"staff": name, "date": date}))
    return RosterRecord(duties=roster.duties, on_call=tuple(nights))


def read_rows(grid: str) -> dict[str, list[str]]:
    """Return the symbols of a grid's rows by the name of the row."""
    rows: dict[str, list[str]] = {}
    for line in grid.splitlines():
        name, *symbols = line.split() or [""]
        if name:
            rows[name] = list(symbols[0]) if len(symbols) == 1 else symbols
    return rows


def _read_tail(
    problem: Problem, grid: str
) -> tuple[tuple[Duty, ...], tuple[OnCall, ...]]:
    rows = read_rows(grid)
    length = max((len(symbols) for symbols in rows.values()), default=0)
    start = problem.period.first - dt.timedelta(days=length)
    return tuple(_duties(problem, rows, start)), tuple(_on_call(rows, start))


def _duties(
    problem: Problem, rows: Mapping[str, Sequence[str]], start: dt.date
) -> Iterator[Duty]:
    for name, symbols in rows.items():
        for i, symbol in enumerate(symbols):
            if name != ON_CALL_ROW and symbol != EMPTY:
                yield make_duty(problem, name, start + dt.timedelta(days=i), symbol)


def _on_call(rows: Mapping[str, Sequence[str]], start: dt.date) -> Iterator[OnCall]:
    for i, name in enumerate(rows.get(ON_CALL_ROW, ())):
        if name != NOBODY:
            date = start + dt.timedelta(days=i)
            yield OnCall.model_validate({"staff": name, "date": date})
