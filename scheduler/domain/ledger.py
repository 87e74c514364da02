"""Burdens, and what the months before have left behind of them and of wishes."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field

from scheduler.domain.base import Frozen, ShiftId, StaffId


class BurdenKind(StrEnum):
    """What is to lie evenly."""

    NIGHT = "night"
    ON_CALL = "on_call"
    REST_DAY = "rest_day"
    """A shift that begins on a Saturday, a Sunday or a public holiday."""
    EARLY = "early"
    LATE = "late"
    SHIFT = "shift"
    """A shift that the office names."""


class Burden(Frozen):
    """One burden; ``shift`` is set for a named shift."""

    kind: BurdenKind
    shift: ShiftId | None = None


class Carried(Frozen):
    """How often a person bore a burden, against the fair share of it."""

    times: int = Field(default=0, ge=0)
    share: int = Field(default=0, ge=0)
    """Thousandths of a time."""

    @property
    def balance(self) -> int:
        """Thousandths borne beyond the share; negative for less."""
        return 1000 * self.times - self.share


class CarriedShift(Carried):
    """The same for a shift that the office names."""

    shift: ShiftId


class LedgerEntry(Frozen):
    """One person's account over the months before the period (累計)."""

    staff: StaffId
    night: Carried = Carried()
    on_call: Carried = Carried()
    rest_day: Carried = Carried()
    early: Carried = Carried()
    late: Carried = Carried()
    shifts: tuple[CarriedShift, ...] = ()
    wishes_asked: int = Field(default=0, ge=0)
    wishes_granted: int = Field(default=0, ge=0)
    paid_leave: int = Field(default=0, ge=0)
    """Half days of paid leave taken."""
    days_off_owed: int = 0
    """Days off agreed minus days off given; negative if more were given."""

    def carried(self, burden: Burden) -> Carried:
        """Return the account of a burden."""
        if burden.kind is BurdenKind.SHIFT:
            own = (one for one in self.shifts if one.shift == burden.shift)
            return next(own, Carried())
        found: Carried = getattr(self, burden.kind.value)
        return found

    def with_account(self, burden: Burden, account: Carried) -> Self:
        """Return the entry with another account of a burden."""
        if burden.shift is None:
            return self.model_copy(update={burden.kind.value: account})
        accounts: dict[ShiftId, Carried] = {one.shift: one for one in self.shifts}
        accounts[burden.shift] = account
        shifts = tuple(
            CarriedShift(shift=shift, times=one.times, share=one.share)
            for shift, one in accounts.items()
        )
        return self.model_copy(update={"shifts": shifts})

    @property
    def wishes_refused(self) -> int:
        """Wishes that were not granted."""
        return max(0, self.wishes_asked - self.wishes_granted)
