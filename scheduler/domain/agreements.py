"""Spots of limits, agreements on exceptions, and the prices of concessions."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from scheduler.domain import N_
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.fields import Entry, FieldKind, unset

ON_CALL = "on_call"
"""The name in a spot for nights on call (L-01)."""


class Spot(Frozen):
    """The place at which one limit of a rule holds.

    A limit speaks of a person, of a date, of one of the office's own cover rules, or
    of the whole period; what it does not speak of is empty.
    """

    rule: str
    facet: Annotated[str, Entry(FieldKind.EXCEPTION)] = Field(title=N_("Exception"))
    """From the list on the right, which says what else must be filled in."""
    staff: StaffId = Field(default=StaffId(""), title=N_("Name of the person"))
    """From the staff list; only where the list on the right asks for it."""
    date: dt.date | None = Field(default=None, title=N_("Date"))
    """A date of the period; for a week any date of it. Only where the list on the right
    asks for it."""
    name: str = Field(default="", title=N_("Cover rule or shift"))
    """Name of the cover rule; or the symbol of the shift, 宿直 for a night on call.
    Only where the list on the right asks for it."""
    house: str = Field(default="", exclude_if=unset)
    """Name of the office, where several are planned together."""


class Agreement(Frozen):
    """An exception that was agreed on (個別の合意): so much more, or less, at a spot.

    What is agreed breaks nothing: neither model nor audit counts it.
    """

    spot: Spot
    amount: Annotated[int, Entry(FieldKind.AMOUNT)] = Field(ge=1, title=N_("How much"))
    """By how much the limit gives way, as the list on the right counts it."""
    until: dt.date | None = Field(default=None, title=N_("Valid until"))
    """Kept in the months up to this date, each with the whole amount; only for an
    exception without a date. Empty: this period only."""


class Concession(StrEnum):
    """A kind of exception that is proposed where nothing else helps; see `Prices`."""

    WISH = "wish"
    """A must-have leave or wish is given up (W-01)."""
    PIN = "pin"
    """A pinned cell is changed (W-02)."""
    EXTRA_NIGHT = "extra_night"
    """One more night for a person (L-05, F-13)."""
    EXTRA_DAY = "extra_day"
    """Work on a date, or in a week, that the contract keeps free (L-01, L-04)."""
    LONGER_RUN = "longer_run"
    """One more night, or date of work, in a row (F-13)."""
    HOUR_MORE = "hour_more"
    """An hour more than the contract says (L-03)."""
    OVERTIME_HOUR = "overtime_hour"
    """An hour beyond the month's legal cap, under a 36協定 (F-02, F-08)."""
    HOUR_FEWER = "hour_fewer"
    """An hour less than the contract says (L-03)."""
    DAY_OFF_FEWER = "day_off_fewer"
    """A day off less than owed (L-02)."""
    NIGHT_FEWER = "night_fewer"
    """A night less than the contract says (L-05)."""
    MUST_HOUR = "must_hour"
    """An hour, or what the record weighs as one, of a must of the office's own."""
    HELP_HOUR = "help_hour"
    """An hour of a temporary worker (応援・派遣)."""
    STAY_MOVED = "stay_moved"
    """A guest's night moved to another date."""
    USER_FEWER = "user_fewer"
    """A day user less on a date."""


Points = Annotated[int, Field(ge=1, le=1000)]


class Prices(Frozen):
    """What each concession costs, in points that the office may choose.

    Only their proportions matter.  A field is named after its `Concession`.
    """

    wish: Points = Field(default=40, title=N_("Price: a must-have wish given up"))
    """A “by all means” is given up. The larger: the later proposed."""
    pin: Points = Field(default=20, title=N_("Price: a pinned cell changed"))
    """A cell that was fixed beforehand is changed."""
    extra_night: Points = Field(default=30, title=N_("Price: one more night"))
    """One night more than the person's limit."""
    extra_day: Points = Field(default=15, title=N_("Price: an extra day of work"))
    """Work on a date that the contract leaves free."""
    longer_run: Points = Field(default=25, title=N_("Price: one more in a row"))
    """One night, or day of work, in a row beyond the limit."""
    hour_more: Points = Field(default=5, title=N_("Price: an hour above the contract"))
    """Within the law's cap of the month."""
    overtime_hour: Points = Field(default=10, title=N_("Price: an hour of overtime"))
    """Beyond the law's cap of the month, under the 36協定."""
    hour_fewer: Points = Field(default=4, title=N_("Price: an hour below the contract"))
    """The person works an hour less than agreed."""
    day_off_fewer: Points = Field(default=30, title=N_("Price: a day off less"))
    """A day off less than owed in the period."""
    night_fewer: Points = Field(default=10, title=N_("Price: a night less"))
    """A night less than the contract says."""
    must_hour: Points = Field(default=20, title=N_("Price: an hour of an office must"))
    """Your own musts: cover rules, desk hours, three to one."""
    help_hour: Points = Field(
        default=12, title=N_("Price: an hour of a temporary worker")
    )
    """Help from outside (応援・派遣)."""
    stay_moved: Points = Field(default=25, title=N_("Price: a guest's night moved"))
    """An overnight stay is moved to another date."""
    user_fewer: Points = Field(default=20, title=N_("Price: a day user less"))
    """A date takes one day user less."""

    def of(self, concession: Concession) -> int:
        """Return the price of one concession."""
        price: int = getattr(self, concession.value)
        return price
