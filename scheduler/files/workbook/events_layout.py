"""Layout of the sheet of events."""

from __future__ import annotations

from scheduler.domain.events import CalendarEvent
from scheduler.files.workbook.columns import Sheet, columns_of
from scheduler.wording.translation import N_

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
            },
        )
    ),
    section=("events",),
    later=True,
)
