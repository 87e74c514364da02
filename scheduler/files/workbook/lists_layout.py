"""Layouts of the staff list, the settings, and the sheets that are plain lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scheduler.domain.desk import DeskTask
from scheduler.domain.events import CalendarEvent
from scheduler.domain.fields import FieldKind, input_paths
from scheduler.domain.kinds import DayKind
from scheduler.domain.limits import PersonalLimit
from scheduler.domain.office import Settings
from scheduler.domain.registrants import Registrant, UseChange
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.columns import Column, Sheet, columns_of, lines_of
from scheduler.wording.translation import N_

LINE = Column(
    "line",
    N_("Line number"),
    FieldKind.INTEGER,
    N_(
        "By this number the other sheets find the name. Leave it as it is, and with "
        "its line when you sort; a line that you insert gets a number of its own."
    ),
    width=7,
    shown_only=True,
)
"""Ties a line of the staff list to lines elsewhere, whatever order it is brought in."""


def _staff() -> Iterator[Column]:
    name, *others = columns_of(
        StaffMember,
        {
            "name": 16,
            "contract.full_time": 9,
            "roles": 16,
            "qualifications": 26,
            "groups": 12,
            "shifts": 18,
            "on_call": 8,
            "contract.day_minutes": 8,
            "contract.minutes_min": 9,
            "contract.minutes_max": 9,
            "contract.days_off_min": 8,
            "contract.days_per_week_max": 8,
            "contract.weekdays": 12,
            "contract.public_holidays": 8,
            "contract.nights_min": 8,
            "contract.nights_max": 8,
            "no_night": 22,
            "no_flex": 10,
            "contract.short_time_30h": 10,
            "employed": 22,
            "other_office": 8,
            "other_job": 24,
            "other_minutes": 9,
            "home": 24,
            "number": 10,
            "telephone": 16,
        },
        later=["other_job", "other_minutes", "home", "number", "telephone"],
    )
    yield from (name, LINE, *others)


STAFF = Sheet(
    N_("Staff"),
    N_("One line a person. Empty limits set no limit."),
    tuple(_staff()),
    section=("staff",),
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
    "office.name",
    "office.number",
    "period.first",
    "period.last",
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
    "office.night_band",
    "office.contact_system",
    "forecast.overnight_before",
    "office.monthly_revenue",
    *FROM_RECORD,
    *KINDS_OF_OFFICE,
)
"""Lines of the sheet of the office, by their paths in the problem."""

DECISIONS = {
    IN_SETTINGS + path: sentence
    for path, sentence in {
        "standby.permission": N_(
            "Do you hold the labour office's permit for nights on call?"
        ),
        "standby.from_home": N_("Does whoever is on call stay at home?"),
        "full_time_day": N_("How long is a full-timer's day of work?"),
        "full_time_month": N_("How many hours must a full-timer work in this period?"),
        "house_ratio": N_(
            "Is one for three users, and for visits, to be there at every moment?"
        ),
        "days_in_a_row_wished": N_("How many days in a row may people work?"),
        "long_nights_apart": N_("Are nights of 12 hours or more kept one at a time?"),
        "day_off_after_long_night": N_("Is the day after such a night's 明 a day off?"),
        "on_call_on_days_off": N_("Are days off and 明 kept free of nights on call?"),
        "forward_rotation": N_("Do shifts follow each other as early, day, late?"),
        "days_off_together": N_("Does everybody have two days off in a row?"),
        "wishes_per_person": N_("How many days off may one person ask for?"),
    }.items()
}
"""What a manager decides, as the sentences of the sheet of settings, by path."""

SETTINGS = Sheet(
    N_("Settings"),
    N_("What you decide. Everything else stands on “Settings for experts”."),
    lines_of(tuple(DECISIONS), later=LATER, asked=DECISIONS),
)

EXPERT_SETTINGS = Sheet(
    N_("Settings for experts"),
    N_(
        "Readings of the law, limits, what is asked last. The defaults need no touch; "
        "an empty cell stands for the default."
    ),
    lines_of(
        tuple(
            path for path in input_paths(Settings, IN_SETTINGS) if path not in DECISIONS
        ),
        later=LATER,
    ),
    later=True,
)

ALL_SETTINGS = replace(SETTINGS, columns=SETTINGS.columns + EXPERT_SETTINGS.columns)
"""The one sheet of settings of earlier versions."""


KINDS = Sheet(
    N_("Kinds of day"),
    N_(
        "Work that is not on the floor, and leave of your own. Given only where you "
        "enter it: in the pins, or on the sheet “Training and leave”."
    ),
    tuple(
        columns_of(
            DayKind,
            {
                "symbol": 8,
                "name": 18,
                "hours": 10,
                "cover": 10,
                "day_off": 10,
                "extent": 14,
                "start": 10,
                "end": 10,
                "breaks": 40,
                "elsewhere": 26,
                "travel": 10,
            },
            later=["elsewhere", "travel"],
        )
    ),
    section=("kinds",),
    later=True,
)


EVENTS = Sheet(
    N_("Events"),
    N_(
        "Meetings, committees, drills, check-ups: on dates, or on weekdays as the "
        "third Wednesday. Whoever comes is off the floor and works; all are printed."
    ),
    tuple(
        columns_of(
            CalendarEvent,
            {
                "name": 22,
                "dates": 16,
                "weekdays": 9,
                "weeks": 10,
                "every_months": 9,
                "counted_from": 13,
                "span": 14,
                "circle": 14,
                "group": 12,
                "people": 24,
                "at_least": 8,
                "days_off": 10,
                "must": 8,
                "place": 14,
                "elsewhere": 26,
            },
            later=["elsewhere"],
        )
    ),
    section=("events",),
    later=True,
)


DESK_TASKS = Sheet(
    N_("Care manager's tasks"),
    N_(
        "What the care manager does every month, and between which days of it. Hours "
        "of planning between two days are to be enough for all tasks that lie there."
    ),
    tuple(
        columns_of(
            DeskTask,
            {
                "name": 26,
                "minutes": 12,
                "per_registrant": 14,
                "first_day": 10,
                "last_day": 10,
                "must": 8,
            },
        )
    ),
    section=("desk_tasks",),
    later=True,
)


PERSONAL_LIMITS = Sheet(
    N_("Personal limits"),
    N_(
        "How often one person has something, one line a limit: such as on call at most "
        "2 a month, planning on 2 whole days a week, early after late 0."
    ),
    tuple(
        columns_of(
            PersonalLimit,
            {
                "staff": 18,
                "counted": 22,
                "shift": 10,
                "per": 10,
                "at_least": 9,
                "at_most": 9,
                "must": 8,
            },
            offers={"staff": "Staff", "shift": "Shifts"},
        )
    ),
    section=("personal_limits",),
    later=True,
    lines=40,
)


PLAN = {"day_use": 34, "stays": 20, "visits": 34}
"""Columns of a user's services."""

USERS = Sheet(
    N_("Users"),
    N_(
        "One line a user, by initials or number: the week as planned. What you leave "
        "empty on the sheet of expected users is counted from here. May stay empty."
    ),
    tuple(
        columns_of(
            Registrant,
            {"name": 12, "care_level": 10, "short_use": 10, "registered": 22, **PLAN},
        )
    ),
    section=("registrants",),
    later=True,
    lines=40,
)

USE_CHANGES = Sheet(
    N_("Changes of use"),
    N_(
        "Dates on which a user's week is otherwise: absent, in hospital, or another "
        "use. The line says all that happens on these dates."
    ),
    tuple(
        columns_of(
            UseChange,
            {"user": 12, "first": 13, "last": 13, "reason": 14, **PLAN},
            offers={"user": USERS.title},
        )
    ),
    section=("use_changes",),
    later=True,
    lines=40,
)
