"""What is computed from a finished roster and shown: pure functions, no solver.

Every function takes the problem and the roster and returns frozen values in whole
minutes and counts.  Words and colours are the workbook's and the command line's.
"""

from scheduler.reports.addons import AddOn, addons
from scheduler.reports.compliance import (
    ComplianceLine,
    Strictest,
    Verdict,
    compliance,
)
from scheduler.reports.day_curve import (
    HeatRow,
    Moment,
    Worker,
    day_curve,
    heat_map,
    heat_row,
)
from scheduler.reports.day_hours import DayHours, MonthHours, day_hours, month_hours
from scheduler.reports.deductions import Deduction, Outlook, deductions
from scheduler.reports.denominator import Denominators, denominators
from scheduler.reports.fairness import Sharing, Standing, fairness
from scheduler.reports.fte import (
    FullTimeEquivalents,
    Job,
    WorkType,
    full_time_equivalents,
    work_type,
)
from scheduler.reports.hours import (
    PersonMonth,
    RoleMinutes,
    WishVerdict,
    people,
    wish_granted,
)
from scheduler.reports.ledger import closing_ledger
from scheduler.reports.nights import Night, nights
from scheduler.reports.services import Services, services
from scheduler.reports.users import AverageUsers, average_users

__all__ = [
    "AddOn",
    "AverageUsers",
    "ComplianceLine",
    "DayHours",
    "Deduction",
    "Denominators",
    "FullTimeEquivalents",
    "HeatRow",
    "Job",
    "Moment",
    "MonthHours",
    "Night",
    "Outlook",
    "PersonMonth",
    "RoleMinutes",
    "Services",
    "Sharing",
    "Standing",
    "Strictest",
    "Verdict",
    "WishVerdict",
    "WorkType",
    "Worker",
    "addons",
    "average_users",
    "closing_ledger",
    "compliance",
    "day_curve",
    "day_hours",
    "deductions",
    "denominators",
    "fairness",
    "full_time_equivalents",
    "heat_map",
    "heat_row",
    "month_hours",
    "nights",
    "people",
    "services",
    "wish_granted",
    "work_type",
]
