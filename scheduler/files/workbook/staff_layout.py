"""The sheet of the staff list, and the number that ties its lines to other sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.fields import FieldKind
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.columns import Column, Sheet, columns_of
from scheduler.wording.translation import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

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
