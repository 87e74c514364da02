"""Layout of the input sheets: their fields, in order, and the column widths.

Heading, kind and meaning of a field are defined on the field of its model
(`scheduler.domain.fields`).  Here is only what a sheet needs in addition, and the
columns that no model has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pydantic import BaseModel

from scheduler.domain.agreements import Agreement
from scheduler.domain.fields import NO_LIMITS, FieldKind
from scheduler.domain.forecast import DayProfile, ForecastDay, ProfileEvent, VisitWindow
from scheduler.domain.kinds import Spell
from scheduler.domain.ledger import LedgerEntry
from scheduler.domain.period import Holiday
from scheduler.domain.problem import DaysOffBefore
from scheduler.domain.requests import CoverRule, Pair, Request
from scheduler.domain.shifts import Shift
from scheduler.files.workbook import words
from scheduler.files.workbook.columns import Column, Sheet, columns_of, lines_of
from scheduler.files.workbook.lists_layout import (
    DESK_TASKS,
    EVENTS,
    EXPERT_SETTINGS,
    FROM_RECORD,
    KINDS,
    KINDS_OF_OFFICE,
    OFFICE_LINES,
    PERSONAL_LIMITS,
    SETTINGS,
    STAFF,
    USE_CHANGES,
    USERS,
)
from scheduler.wording.translation import N_


def _by_line(model: type[BaseModel], widths: Mapping[str, float]) -> Iterator[Column]:
    """Yield columns whose requirement, default and limits are those of their line."""
    for column in columns_of(model, widths):
        yield replace(column, required=False, default=None, limits=NO_LIMITS)


GUIDE = Sheet(N_("Read me"), N_("How to fill in this workbook"))

OFFICE = Sheet(
    N_("Office"),
    N_("Who you are, whom you serve, and the period of the roster."),
    lines_of(OFFICE_LINES, later=(*FROM_RECORD, *KINDS_OF_OFFICE)),
)

PROFILES = Sheet(
    N_("Day profile"),
    N_("When users come, go and are visited: one line for each event of a profile."),
    (
        replace(next(_by_line(DayProfile, {"name": 14})), required=True),
        Column(
            "event",
            N_("Event"),
            FieldKind.CHOICE,
            N_("Arrival, departure, guests leave, guests return, or visits."),
            enum=ProfileEvent,
            width=16,
            required=True,
        ),
        Column(
            "at",
            N_("Time"),
            FieldKind.MOMENT,
            N_("A clock time; for visits a stretch such as 10:00-11:30."),
            width=16,
            required=True,
        ),
        *_by_line(VisitWindow, {"percent": 12, "visits_per_worker": 12, "workers": 12}),
    ),
    section=("office", "profiles"),
)

SHIFTS = Sheet(
    N_("Shifts"),
    N_("The shift table. The times of the next morning are written 翌9:30."),
    tuple(
        columns_of(
            Shift,
            {
                "symbol": 8,
                "name": 16,
                "kind": 10,
                "start": 10,
                "end": 10,
                "breaks": 46,
                "cuts": 14,
                "roles": 20,
                "half_leave": 12,
                "counts": 10,
                "in_a_row_most": 10,
                "in_a_row_by_kind": 12,
                "in_a_row_held": 12,
            },
            later=["counts", "in_a_row_most", "in_a_row_by_kind", "in_a_row_held"],
        )
    ),
    section=("shifts",),
)


_OF_TWO_HOUSES = (
    "satellite_visits",
    "satellite_stays",
    "main_visits",
    "main_stays",
    "fetched_with_help",
)


def _forecast() -> Iterator[Column]:
    date, users, overnight, visits, profile, *others = columns_of(
        ForecastDay,
        {
            "date": 13,
            "day_users": 9,
            "overnight": 9,
            "visits": 9,
            "profile": 14,
            "over_capacity_reason": 36,
            "remark": 24,
            "satellite_overnight": 12,
            **dict.fromkeys(_OF_TWO_HOUSES, 12),
        },
        later=["remark", "satellite_overnight", *_OF_TWO_HOUSES],
        offers={"profile": PROFILES.title},
    )
    (holiday,) = columns_of(Holiday, {"name": 16})
    yield date
    yield Column(
        "weekday",
        N_("Weekday"),
        FieldKind.WEEKDAY,
        N_("For reading only."),
        width=7,
        shown_only=True,
    )
    yield replace(holiday, path="holiday", required=False)
    # If the profile is empty, the first one.
    profile = replace(profile, required=False)
    yield from (users, overnight, visits, profile, *others)


FORECAST = Sheet(
    N_("Forecast"),
    N_(
        "Users expected on every date. A number left empty is that of its weekday's "
        "line below, or else counted from the sheet of users. Names in “Public "
        "holiday” make a date one."
    ),
    tuple(_forecast()),
    section=("forecast", "days"),
)

(PERSON,) = columns_of(Request, {"staff": 12})
"""The first column of a grid of people and dates."""

REQUESTS = Sheet(
    N_("Requests"),
    N_(
        "休 day off, 前休 / 後休 morning / afternoon off, 有 paid leave, a symbol, "
        "日/遅 one of them, ×夜 not this, ×宿 not on call. Behind it ◎ (or 必ず) by "
        "all means, nothing for a wish, △ (or できれば) if possible. Several with 、 "
        "between."
    ),
    (PERSON,),
    section=("requests",),
    labels=(words.HOLIDAY_ROW,),
)

PINS = Sheet(
    N_("Pins"),
    N_(
        "Cells that are settled beforehand: a symbol (日管 with a role), 休, 有, 明, "
        "欠. They are kept unless law or contract forbids it. On top, who is on call."
    ),
    (PERSON,),
    section=("pins",),
    labels=(words.HOLIDAY_ROW, words.ON_CALL_ROW),
)

SPELLS = Sheet(
    N_("Training and leave"),
    N_(
        "Who is at training, on a trip or on leave, from when until when: one line for "
        "all its dates. A cell in the pins takes the place of a line for its date."
    ),
    tuple(
        columns_of(
            Spell,
            {"staff": 18, "kind": 10, "first": 14, "last": 14, "span": 18},
            offers={"staff": STAFF.title, "kind": KINDS.title},
        )
    ),
    section=("spells",),
    later=True,
)

TAIL = Sheet(
    N_("Last month"),
    N_(
        "The last seven dates or more before the period: a symbol (日管 with a role), "
        "休, 有, 明, 欠, ・ not employed; 日（行事 職員会議） if somebody came to an "
        "event. On top, who was on call."
    ),
    (PERSON, *_by_line(DaysOffBefore, {"days": 12})),
    section=("history",),
    labels=(words.HOLIDAY_ROW, words.ON_CALL_ROW),
)

LEDGER = Sheet(
    N_("Ledger"),
    N_(
        "What the months before have left; a workbook made from last month's roster has"
        " it. You may correct it by hand. Empty lines and cells count as 0."
    ),
    tuple(
        columns_of(
            LedgerEntry,
            {
                "staff": 16,
                **{
                    f"{burden}.{part}": width
                    for burden in ("night", "on_call", "rest_day", "early", "late")
                    for part, width in (("times", 9), ("share", 10))
                },
                "shifts": 20,
                "wishes_asked": 8,
                "wishes_granted": 8,
                "paid_leave": 9,
                "days_off_owed": 9,
            },
            offers={"staff": STAFF.title},
        )
    ),
    section=("ledger",),
    keys_given=True,
)

COVER_RULES = Sheet(
    N_("Cover rules"),
    N_(
        "How many people of a kind you want, and when. All that is set must fit. For a "
        "leader of the day give the group and 1, without hours: breaks count too then."
    ),
    tuple(
        columns_of(
            CoverRule,
            {
                "name": 26,
                "role": 10,
                "qualification": 16,
                "group": 10,
                "shift": 8,
                "weekdays": 12,
                "dates": 16,
                "band": 14,
                "at_least": 8,
                "at_most": 8,
                "must": 8,
                "met_by": 14,
                "in_day_hours": 10,
            },
            offers={"shift": SHIFTS.title},
            later=["met_by", "in_day_hours"],
        )
    ),
    section=("cover_rules",),
)

PAIRS = Sheet(
    N_("Pairs"),
    N_(
        "Two people, or groups, whom you keep apart, or let work together. Together: "
        "of each shift of the first, a shift of the other covers half or more."
    ),
    tuple(
        columns_of(
            Pair,
            {"first": 18, "second": 18, "kind": 14, "nights": 8, "must": 8},
            later=["nights"],
            offers={"first": STAFF.title, "second": STAFF.title},
        )
    ),
    section=("pairs",),
)

AGREEMENTS = Sheet(
    N_("Agreements"),
    N_(
        "Exceptions of this period, one a line: such as one more night for a "
        "person. What was agreed on is no breach. The next month keeps those that are "
        "valid until a later date."
    ),
    tuple(
        columns_of(
            Agreement,
            {
                "spot.facet": 36,
                "spot.staff": 18,
                "spot.date": 13,
                "spot.name": 22,
                "amount": 10,
                "until": 13,
            },
            later=["until"],
            offers={"spot.staff": STAFF.title},
        )
    ),
    section=("agreements",),
)

SHEETS = (
    OFFICE,
    PROFILES,
    SHIFTS,
    KINDS,
    STAFF,
    USERS,
    USE_CHANGES,
    FORECAST,
    REQUESTS,
    PINS,
    SPELLS,
    TAIL,
    LEDGER,
    COVER_RULES,
    EVENTS,
    DESK_TASKS,
    PAIRS,
    PERSONAL_LIMITS,
    AGREEMENTS,
    SETTINGS,
    EXPERT_SETTINGS,
)
"""The sheets that are read, in the order of the workbook after the guide."""

PLAIN_LISTS = (
    *(SHIFTS, KINDS, STAFF, SPELLS, USERS, USE_CHANGES, COVER_RULES),
    *(EVENTS, DESK_TASKS, PAIRS, PERSONAL_LIMITS),
)
"""The sheets that are a list of the problem, each line as its fields say."""
