"""Layout of the sheet of limits of single people; its drop-downs offer other sheets."""

from __future__ import annotations

from scheduler.domain.limits import PersonalLimit
from scheduler.files.workbook.columns import Sheet, columns_of
from scheduler.wording.translation import N_

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
