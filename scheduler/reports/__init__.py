"""What is computed from a finished roster and shown: pure functions, no solver.

Every function takes the problem and the roster and returns frozen values in whole
minutes and counts.  Words and colours are the workbook's and the command line's.
"""

from scheduler.reports.day_curve import (
    HeatRow,
    Moment,
    Worker,
    day_curve,
    heat_map,
    heat_row,
)
from scheduler.reports.day_hours import DayHours, MonthHours, day_hours, month_hours
from scheduler.reports.denominator import Denominators, denominators
from scheduler.reports.hours import (
    PersonMonth,
    RoleMinutes,
    WishVerdict,
    people,
    wish_granted,
)
from scheduler.reports.users import AverageUsers, average_users

__all__ = [
    "AverageUsers",
    "DayHours",
    "Denominators",
    "HeatRow",
    "Moment",
    "MonthHours",
    "PersonMonth",
    "RoleMinutes",
    "WishVerdict",
    "Worker",
    "average_users",
    "day_curve",
    "day_hours",
    "denominators",
    "heat_map",
    "heat_row",
    "month_hours",
    "people",
    "wish_granted",
]
