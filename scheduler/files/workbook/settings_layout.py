"""Layout of the sheet of settings."""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain.fields import input_paths
from scheduler.domain.office import Settings
from scheduler.files.workbook.columns import Sheet, lines_of
from scheduler.wording.translation import N_

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
