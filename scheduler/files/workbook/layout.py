"""Layout of the input sheets: their fields, in order, and the column widths.

Heading, kind and meaning of a field are defined on the field of its model
(`scheduler.domain.fields`), titles and hints of sheets in
`scheduler/wording/input_sheets.toml`.  Here is only what a sheet needs in addition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pydantic import BaseModel

from scheduler.domain.agreements import Agreement
from scheduler.domain.events import CalendarEvent, DeskTask
from scheduler.domain.fields import NO_LIMITS, FieldKind, input_paths
from scheduler.domain.forecast import DayProfile, ForecastDay, ProfileEvent, VisitWindow
from scheduler.domain.kinds import DayKind, Spell
from scheduler.domain.ledger import LedgerEntry
from scheduler.domain.office import Settings
from scheduler.domain.period import Holiday
from scheduler.domain.problem import DaysOffBefore
from scheduler.domain.registrants import Registrant, UseChange
from scheduler.domain.requests import CoverRule, Pair, PersonalLimit, Request
from scheduler.domain.shifts import Shift
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook import words
from scheduler.files.workbook.columns import (
    TEXTS,
    Column,
    Sheet,
    columns_of,
    lines_of,
    own_column,
)

TITLE_ROW, HINT_ROW, HEAD_ROW, FIRST_ROW = range(1, 5)
"""The last: of values, the first line below the headings of a table."""


def _by_line(model: type[BaseModel], fields: str) -> Iterator[Column]:
    """Yield columns whose requirement, default and limits are those of their line."""
    for column in columns_of(model, fields):
        yield replace(column, required=False, default=None, limits=NO_LIMITS)


GUIDE = Sheet("guide")

FROM_RECORD = (
    "office.users_record.source",
    "office.last_year.certified_percent",
    "office.last_year.full_time_percent",
    "office.last_year.three_months",
    "office.last_closed.month",
    "office.last_closed.visits",
    "office.last_closed.per_week",
)
"""Lines of the sheet of the office that come from the record of the year."""

KINDS_OF_OFFICE = (
    *("office.kind", "office.left_to_main", "office.main_office"),
    *("office.travel", "office.same_premises", "office.group_home_night"),
)
"""Lines on the kind of office."""

OFFICE_LINES = (
    *("office.name", "office.number", "period.first", "period.last"),
    "office.capacity.registered",
    "office.capacity.day_use",
    "office.capacity.overnight",
    "office.capacity_limit.registered",
    "office.capacity_limit.day_use",
    "office.capacity_limit.overnight",
    "office.registered",
    "office.users_record.method",
    "office.users_record.total",
    "office.users_record.days",
    *("office.night_band", "office.contact_system"),
    *("forecast.overnight_before", "office.monthly_revenue"),
    *FROM_RECORD,
    *KINDS_OF_OFFICE,
)
"""Lines of the sheet of the office, by their paths in the problem."""

OFFICE = Sheet(
    "office", tuple(lines_of(OFFICE_LINES, later=(*FROM_RECORD, *KINDS_OF_OFFICE)))
)

IN_SETTINGS = "office.settings."

LATER = {
    IN_SETTINGS + path
    for path in (
        *("standby.break_minutes", "small_office", "manager_nights_percent"),
        *("long_nights_apart", "day_off_after_long_night", "on_call_on_days_off"),
        *("wall_leave", "wall_wishes"),
    )
}
"""Settings that older workbooks do not have."""

DECISIONS: dict[str, str] = TEXTS["asked"]
"""What a manager decides, as the sentences of the sheet of settings, by path."""

SETTINGS = Sheet("settings", tuple(lines_of(DECISIONS, LATER)))

EXPERT_SETTINGS = Sheet(
    "expert_settings",
    tuple(
        line
        for line in lines_of(tuple(input_paths(Settings, IN_SETTINGS)), LATER)
        if not line.asked
    ),
    later=True,
)

ALL_SETTINGS = replace(SETTINGS, columns=SETTINGS.columns + EXPERT_SETTINGS.columns)
"""The one sheet of settings of earlier versions."""

PROFILES = Sheet(
    "profiles",
    (
        replace(next(_by_line(DayProfile, "name 14")), required=True),
        own_column(
            "profiles.event", FieldKind.CHOICE, 16, enum=ProfileEvent, required=True
        ),
        own_column("profiles.at", FieldKind.MOMENT, 16, required=True),
        *_by_line(VisitWindow, "percent 12, visits_per_worker 12, workers 12"),
    ),
    ("office", "profiles"),
)

SHIFTS = Sheet(
    "shifts",
    columns_of(
        Shift,
        "symbol 8, name 16, kind 10, start 10, end 10, breaks 46, cuts 14, roles 20,"
        " half_leave 12, counts 10 later, in_a_row_most 10 later,"
        " in_a_row_by_kind 12 later, in_a_row_held 12 later",
    ),
    ("shifts",),
)

KINDS = Sheet(
    "kinds",
    columns_of(
        DayKind,
        "symbol 8, name 18, hours 10, cover 10, day_off 10, extent 14, start 10,"
        " end 10, breaks 40, elsewhere 26 later, travel 10 later",
    ),
    ("kinds",),
    later=True,
)

LINE = own_column("line", FieldKind.INTEGER, 7, shown_only=True)
"""Ties a line of the staff list to lines elsewhere, whatever order it is brought in."""

_NAME, *_OTHERS = columns_of(
    StaffMember,
    "name 16, contract.full_time 9, roles 16, qualifications 26, groups 12, shifts 18,"
    " on_call 8, contract.day_minutes 8, contract.minutes_min 9,"
    " contract.minutes_max 9, contract.days_off_min 8, contract.days_per_week_max 8,"
    " contract.weekdays 12, contract.public_holidays 8, contract.nights_min 8,"
    " contract.nights_max 8, no_night 22, no_flex 10, contract.short_time_30h 10,"
    " employed 22, other_office 8,"
    " other_job 24 later, other_minutes 9 later, home 24 later, number 10 later,"
    " telephone 16 later, contract.week_minutes_max 9 later, away_on 16 later",
)

STAFF = Sheet("staff", (_NAME, LINE, *_OTHERS), ("staff",))

PLAN = "day_use 34, stays 20, visits 34"
"""Columns of a user's services."""

USERS = Sheet(
    "users",
    columns_of(
        Registrant, f"name 12, care_level 10, short_use 10, registered 22, {PLAN}"
    ),
    ("registrants",),
    later=True,
    lines=40,
)

USE_CHANGES = Sheet(
    "use_changes",
    columns_of(
        UseChange,
        f"user 12, first 13, last 13, reason 14, {PLAN}",
        offers={"user": "users"},
    ),
    ("use_changes",),
    later=True,
    lines=40,
)


def _forecast() -> Iterator[Column]:
    date, users, overnight, visits, profile, *others = columns_of(
        ForecastDay,
        "date 13, day_users 9, overnight 9, visits 9, profile 14,"
        " over_capacity_reason 36, remark 24 later, satellite_overnight 12 later,"
        " satellite_visits 12 later, satellite_stays 12 later, main_visits 12 later,"
        " main_stays 12 later, fetched_with_help 12 later",
        offers={"profile": "profiles"},
    )
    (holiday,) = columns_of(Holiday, "name 16")
    yield date
    yield own_column("forecast.weekday", FieldKind.WEEKDAY, 7, shown_only=True)
    yield replace(holiday, path="holiday", required=False)
    # If the profile is empty, the first one.
    profile = replace(profile, required=False)
    yield from (users, overnight, visits, profile, *others)


FORECAST = Sheet("forecast", tuple(_forecast()), ("forecast", "days"))

(PERSON,) = columns_of(Request, "staff 12")
"""The first column of a grid of people and dates."""

REQUESTS = Sheet("requests", (PERSON,), ("requests",), labels=(words.HOLIDAY_ROW,))

PINS = Sheet(
    "pins", (PERSON,), ("pins",), labels=(words.HOLIDAY_ROW, words.ON_CALL_ROW)
)

SPELLS = Sheet(
    "spells",
    columns_of(
        Spell,
        "staff 18, kind 10, first 14, last 14, span 18",
        offers={"staff": "staff", "kind": "kinds"},
    ),
    ("spells",),
    later=True,
)

TAIL = Sheet(
    "tail",
    (PERSON, *_by_line(DaysOffBefore, "days 12")),
    ("history",),
    labels=(words.HOLIDAY_ROW, words.ON_CALL_ROW),
)

_BURDENS = ", ".join(
    f"{burden}.times 9, {burden}.share 10"
    for burden in ("night", "on_call", "rest_day", "early", "late")
)

LEDGER = Sheet(
    "ledger",
    columns_of(
        LedgerEntry,
        f"staff 16, {_BURDENS}, shifts 20, wishes_asked 8, wishes_granted 8,"
        " paid_leave 9, days_off_owed 9",
        offers={"staff": "staff"},
    ),
    ("ledger",),
    keys_given=True,
)

COVER_RULES = Sheet(
    "cover_rules",
    columns_of(
        CoverRule,
        "name 26, role 10, qualification 16, group 10, shift 8, weekdays 12, dates 16,"
        " band 14, at_least 8, at_most 8, must 8, met_by 14 later,"
        " in_day_hours 10 later",
        offers={"shift": "shifts"},
    ),
    ("cover_rules",),
)

EVENTS = Sheet(
    "events",
    columns_of(
        CalendarEvent,
        "name 22, dates 16, weekdays 9, weeks 10, every_months 9, counted_from 13,"
        " span 14, circle 14, group 12, people 24, at_least 8, days_off 10, must 8,"
        " place 14, elsewhere 26 later",
    ),
    ("events",),
    later=True,
)

DESK_TASKS = Sheet(
    "desk_tasks",
    columns_of(
        DeskTask,
        "name 26, minutes 12, per_registrant 14, first_day 10, last_day 10, must 8",
    ),
    ("desk_tasks",),
    later=True,
)

PAIRS = Sheet(
    "pairs",
    columns_of(
        Pair,
        "first 18, second 18, kind 14, nights 8 later, must 8",
        offers={"first": "staff", "second": "staff"},
    ),
    ("pairs",),
)

PERSONAL_LIMITS = Sheet(
    "personal_limits",
    columns_of(
        PersonalLimit,
        "staff 18, counted 22, shift 10, per 10, at_least 9, at_most 9, must 8",
        offers={"staff": "staff", "shift": "shifts"},
    ),
    ("personal_limits",),
    later=True,
    lines=40,
)

AGREEMENTS = Sheet(
    "agreements",
    columns_of(
        Agreement,
        "spot.facet 36, spot.staff 18, spot.date 13, spot.name 22, amount 10,"
        " until 13 later",
        offers={"spot.staff": "staff"},
    ),
    ("agreements",),
)

SHEETS = (
    *(OFFICE, PROFILES, SHIFTS, KINDS, STAFF, USERS, USE_CHANGES, FORECAST),
    *(REQUESTS, PINS, SPELLS, TAIL, LEDGER, COVER_RULES, EVENTS, DESK_TASKS),
    *(PAIRS, PERSONAL_LIMITS, AGREEMENTS, SETTINGS, EXPERT_SETTINGS),
)
"""The sheets that are read, in the order of the workbook after the guide."""

PLAIN_LISTS = (
    *(SHIFTS, KINDS, STAFF, SPELLS, USERS, USE_CHANGES, COVER_RULES),
    *(EVENTS, DESK_TASKS, PAIRS, PERSONAL_LIMITS),
)
"""The sheets that are a list of the problem, each line as its fields say."""
