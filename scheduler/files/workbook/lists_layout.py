"""Layouts of the sheets that are plain lists: kinds of day, events, users and such."""

from __future__ import annotations

from scheduler.domain.desk import DeskTask
from scheduler.domain.events import CalendarEvent
from scheduler.domain.kinds import DayKind
from scheduler.domain.limits import PersonalLimit
from scheduler.domain.registrants import Registrant, UseChange
from scheduler.files.workbook.columns import Sheet, columns_of
from scheduler.wording.translation import N_

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
