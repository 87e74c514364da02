"""Lines to start from: kinds of contracts, and rules that many houses have.

Values of the model by the path of their column; the workbook's writer says how they
read in a cell.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from scheduler.domain.clock import HOUR, Interval
from scheduler.domain.requests import MetBy
from scheduler.domain.shifts import Role, ShiftKind
from scheduler.domain.staff import (
    CARE_MANAGER_LICENCE,
    MANAGER_TRAINING,
    PLANNER_TRAINING,
    DateSpan,
)
from scheduler.files.workbook.columns import Sheet
from scheduler.files.workbook.layout import COVER_RULES, STAFF
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


BY_DAY = frozenset({ShiftKind.EARLY, ShiftKind.DAY, ShiftKind.LATE})
ANY = frozenset(ShiftKind)
_TUESDAY, _FRIDAY = 1, 4


CARE = {"roles": (Role.CARE,)}

EXAMPLES = (
    Example(
        "full-time",
        N_("Full-time"),
        STAFF,
        {**CARE, "contract.full_time": True, "on_call": True},
        ANY,
    ),
    Example(
        "part-time",
        N_("Part-time"),
        STAFF,
        {
            **CARE,
            "contract.full_time": False,
            "contract.day_minutes": 6 * HOUR,
            "contract.days_per_week_max": 4,
        },
        BY_DAY,
    ),
    Example(
        "nights",
        N_("Nights only"),
        STAFF,
        {**CARE, "contract.full_time": False},
        frozenset({ShiftKind.NIGHT}),
    ),
    Example(
        "childcare",
        N_("Short hours for childcare"),
        STAFF,
        {
            **CARE,
            "contract.full_time": True,
            "contract.short_time_30h": True,
            "contract.day_minutes": 6 * HOUR,
            "no_night": DateSpan(),
            "no_flex": True,
        },
        BY_DAY,
    ),
    Example(
        "manager",
        N_("Manager"),
        STAFF,
        {
            "contract.full_time": True,
            "roles": (Role.MANAGER, Role.CARE),
            "qualifications": (MANAGER_TRAINING,),
        },
        frozenset({ShiftKind.DAY}),
    ),
    Example(
        "care-manager",
        N_("Care manager"),
        STAFF,
        {
            "contract.full_time": True,
            "roles": (Role.PLANNER, Role.CARE),
            "qualifications": (CARE_MANAGER_LICENCE, PLANNER_TRAINING),
        },
        frozenset({ShiftKind.DAY}),
    ),
    Example(
        "baths",
        N_("Baths on Tuesdays and Fridays, two more people"),
        COVER_RULES,
        {
            "name": "入浴",
            "weekdays": (_TUESDAY, _FRIDAY),
            "band": Interval(10 * HOUR, 11 * HOUR + HOUR // 2),
            "at_least": 2,
            "must": True,
            "met_by": MetBy.ON_TOP,
        },
    ),
    Example(
        "fetching",
        N_("Two drivers fetch users in the morning"),
        COVER_RULES,
        {
            "name": "朝の送迎",
            "group": "運転",
            "band": Interval(9 * HOUR, 9 * HOUR + HOUR // 2),
            "at_least": 2,
            "must": True,
        },
    ),
    Example(
        "bringing",
        N_("Two drivers bring users home in the afternoon"),
        COVER_RULES,
        {
            "name": "夕方の送迎",
            "group": "運転",
            "band": Interval(16 * HOUR, 16 * HOUR + HOUR // 2),
            "at_least": 2,
            "must": True,
        },
    ),
)
"""Everything that a button of the set-up adds."""
