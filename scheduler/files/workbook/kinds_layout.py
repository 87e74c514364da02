"""Layout of the sheet of the office's own kinds of day."""

from __future__ import annotations

from scheduler.domain.kinds import DayKind
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
