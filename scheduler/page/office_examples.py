"""Lines to start from: kinds of contracts, and rules that many houses have.

Values of the model by the path of their column; the workbook's writer says how they
read in a cell.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any, NamedTuple

from scheduler.domain.clock import HOUR, Interval
from scheduler.domain.events import GIVEN
from scheduler.domain.qualifications import (
    CARE_MANAGER_LICENCE,
    MANAGER_TRAINING,
    PLANNER_TRAINING,
)
from scheduler.domain.requests import MetBy
from scheduler.domain.shifts import Role, ShiftKind
from scheduler.domain.staff import DateSpan
from scheduler.files.workbook.columns import Sheet
from scheduler.files.workbook.layout import COVER_RULES, EVENTS, STAFF
from scheduler.files.workbook.writing.draft import rows_of
from scheduler.wording.translation import N_

SHIFTS_OF = "shifts"
"""Path of the shifts that a person does; they are those of the office's own table."""


class Example(NamedTuple):
    """A line to start from.

    Attributes
    ----------
    kinds
        Of a person: which of the office's shifts are ticked.
    """

    name: str
    title: str
    layout: Sheet
    values: dict[str, Any]
    kinds: frozenset[ShiftKind] = frozenset()


def _staff(
    name: str, title: str, kinds: Set[ShiftKind], *values: dict[str, Any]
) -> Example:
    """Return a person to start from, with all of some values."""
    given = {path: value for some in values for path, value in some.items()}
    return Example(name, title, STAFF, given, frozenset(kinds))


HALF = HOUR // 2
BY_DAY = frozenset({ShiftKind.EARLY, ShiftKind.DAY, ShiftKind.LATE})
ANY = frozenset(ShiftKind)
_TUESDAY, _FRIDAY = 1, 4


CARE = {"roles": (Role.CARE,)}
FULL_TIME, PART_TIME = {"contract.full_time": True}, {"contract.full_time": False}
SIX_HOURS = {"contract.day_minutes": 6 * HOUR}
NO_NIGHTS = {"no_night": DateSpan(), "no_flex": True}
DRIVING = {"group": "運転", "at_least": 2, "must": True}
MANAGING = {
    "roles": (Role.MANAGER, Role.CARE),
    "qualifications": (MANAGER_TRAINING,),
}
PLANNING = {
    "roles": (Role.PLANNER, Role.CARE),
    "qualifications": (CARE_MANAGER_LICENCE, PLANNER_TRAINING),
}
BATHS = {
    "name": "入浴",
    "weekdays": (_TUESDAY, _FRIDAY),
    "band": Interval(10 * HOUR, 11 * HOUR + HALF),
    "at_least": 2,
    "must": True,
    "met_by": MetBy.ON_TOP,
}
FETCHING = {"name": "朝の送迎", "band": Interval(9 * HOUR, 9 * HOUR + HALF)}
BRINGING = {"name": "夕方の送迎", "band": Interval(16 * HOUR, 16 * HOUR + HALF)}

EVENT_TITLES = (
    N_("Staff meeting"),
    N_("Service meeting"),
    N_("Community management meeting"),
    N_("Committee on restraints"),
    N_("Committee on abuse"),
    N_("Committee on infections"),
    N_("Training on restraints and abuse"),
    N_("Training on infections"),
    N_("Evacuation drill"),
    N_("Health check"),
    N_("Baths"),
)
"""What the events of `GIVEN` are, in its order; on the sheet they keep their names."""

EXAMPLES = (
    _staff("full-time", N_("Full-time"), ANY, CARE, FULL_TIME, {"on_call": True}),
    _staff(
        *("part-time", N_("Part-time"), BY_DAY),
        *(CARE, PART_TIME, SIX_HOURS, {"contract.days_per_week_max": 4}),
    ),
    _staff("nights", N_("Nights only"), {ShiftKind.NIGHT}, CARE, PART_TIME),
    _staff(
        *("childcare", N_("Short hours for childcare"), BY_DAY, CARE, FULL_TIME),
        *({"contract.short_time_30h": True}, SIX_HOURS, NO_NIGHTS),
    ),
    _staff("manager", N_("Manager"), {ShiftKind.DAY}, FULL_TIME, MANAGING),
    _staff("care-manager", N_("Care manager"), {ShiftKind.DAY}, FULL_TIME, PLANNING),
    Example(
        "baths",
        N_("Baths on Tuesdays and Fridays, two more people"),
        COVER_RULES,
        BATHS,
    ),
    Example(
        "fetching",
        N_("Two drivers fetch users in the morning"),
        COVER_RULES,
        FETCHING | DRIVING,
    ),
    Example(
        "bringing",
        N_("Two drivers bring users home in the afternoon"),
        COVER_RULES,
        BRINGING | DRIVING,
    ),
    *(
        Example(f"event-{number}", title, EVENTS, values)
        for number, (title, values) in enumerate(
            zip(EVENT_TITLES, rows_of(EVENTS, GIVEN), strict=True)
        )
    ),
)
"""Everything that a button of the set-up adds."""
