"""Layout of the sheets on which users are entered one by one."""

from __future__ import annotations

from scheduler.domain.registrants import Registrant, UseChange
from scheduler.files.workbook.columns import Sheet, columns_of
from scheduler.wording.translation import N_

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
