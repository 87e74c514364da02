"""Layout of the sheet of the care manager's tasks."""

from __future__ import annotations

from scheduler.domain.desk import DeskTask
from scheduler.files.workbook.columns import Sheet, columns_of
from scheduler.wording.translation import N_

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
