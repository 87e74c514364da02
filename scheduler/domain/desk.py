"""Tasks of the care manager in a month: how many hours, and between which days."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from scheduler.domain import N_
from scheduler.domain.base import Frozen
from scheduler.domain.clock import HOUR
from scheduler.domain.fields import DayOfMonth, Minutes


class DeskTask(Frozen):
    """Planning work of every month, to be done between two of its days (G)."""

    name: str = Field(min_length=1, max_length=20, title=N_("Task"))
    """Such as モニタリング訪問."""
    minutes: Minutes = Field(ge=0, le=200 * HOUR, title=N_("Hours of planning"))
    """Time that it takes in the month: 12:00."""
    per_registrant: bool = Field(default=False, title=N_("For each registered user"))
    """Yes: so long for each of the registered users of the sheet of the office; no: in
    all. Empty: no."""
    first_day: DayOfMonth = Field(default=1, ge=1, le=28, title=N_("From day"))
    """Day of the month from which it can be done. Empty: the 1st."""
    last_day: DayOfMonth = Field(default=31, ge=1, le=31, title=N_("To day"))
    """Day of the month by which it is done: 10 for the billing. Empty: the end of the
    month."""
    must: bool = Field(default=False, title=N_("A must"))
    """Yes: a must of the office; no: a guideline. Empty: no."""

    def is_on(self, date: dt.date) -> bool:
        """Tell whether it can be done on a date."""
        return self.first_day <= date.day <= self.last_day


def stretch_name(first_day: int, last_day: int) -> str:
    """Return the name of a stretch of days of the month, as its spots have it."""
    return f"{first_day}日〜{last_day}日"


GIVEN = (
    DeskTask(name="給付管理・請求", minutes=20, per_registrant=True, last_day=10),
    DeskTask(name="モニタリング訪問", minutes=30, per_registrant=True),
    DeskTask(name="サービス担当者会議", minutes=4 * HOUR),
    DeskTask(name="来月の計画", minutes=30, per_registrant=True, first_day=15),
)
"""Tasks that a new office starts with, to change or strike out."""
