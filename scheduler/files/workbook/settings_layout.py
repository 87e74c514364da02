"""Layout of the sheet of settings."""

from __future__ import annotations

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
    )
}
"""Settings that older workbooks do not have."""

FORMER = {
    f"{IN_SETTINGS}prices.{name}": [f"解決策の負担点：{heading}"]
    for name, heading in {
        "wish": "必須の希望",
        "pin": "固定セル",
        "extra_night": "夜勤1回増",
        "extra_day": "出勤1日増",
        "longer_run": "連続1日増",
        "hour_more": "契約超過",
        "overtime_hour": "時間外労働",
        "hour_fewer": "契約不足",
        "day_off_fewer": "公休1日減",
        "night_fewer": "夜勤1回減",
        "must_hour": "必須ルール",
        "help_hour": "応援・派遣",
        "stay_moved": "泊まりの移動",
        "user_fewer": "通い1人減",
    }.items()
}
"""Headings of prices in older workbooks, which are still read."""

FROM_RECORD = (
    "office.users_record.source",
    "office.last_year.certified_percent",
    "office.last_year.full_time_percent",
)
"""Lines of the sheet of the office that come from the record of the year."""

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
)
"""Lines of the sheet of the office, by their paths in the problem."""

SETTINGS = Sheet(
    N_("Settings"),
    N_("What law and guidelines leave to you. Empty: the default."),
    lines_of(tuple(input_paths(Settings, IN_SETTINGS)), later=LATER, former=FORMER),
)
