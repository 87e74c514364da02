"""Burdens, and each person's account of them and of wishes in the months before."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field

from scheduler.domain import N_
from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.fields import (
    DaysOwed,
    Entry,
    FieldKind,
    FieldPart,
    HalfDays,
    Parts,
    Thousandths,
    Times,
)


class BurdenKind(StrEnum):
    """The kinds of burden that are shared fairly."""

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

    times: Times = Field(default=0, ge=0, title=N_("Times"))
    """How often it was borne in the months before."""
    share: Thousandths = Field(default=0, ge=0, title=N_("Fair share"))
    """How often would have been fair; with decimals."""

    @property
    def balance(self) -> int:
        """Times borne less fair share, in thousandths of a time."""
        return 1000 * self.times - self.share


class CarriedShift(Carried):
    """The same for a shift that the office names."""

    shift: ShiftId


def _parts(times: str, share: str) -> Parts:
    """Return the headings of the two fields of a burden's account."""
    return Parts({"times": FieldPart(times), "share": FieldPart(share)})


class LedgerEntry(Frozen):
    """One person's account over the months before the period (累計)."""

    staff: StaffId = Field(title=N_("Name of the person"))
    """From the staff list."""
    night: Annotated[Carried, _parts(N_("Nights: times"), N_("Nights: fair share"))] = (
        Carried()
    )
    on_call: Annotated[
        Carried, _parts(N_("On call: times"), N_("On call: fair share"))
    ] = Carried()
    rest_day: Annotated[
        Carried,
        _parts(N_("Weekends, holidays: times"), N_("Weekends, holidays: fair share")),
    ] = Carried()
    early: Annotated[Carried, _parts(N_("Early: times"), N_("Early: fair share"))] = (
        Carried()
    )
    late: Annotated[Carried, _parts(N_("Late: times"), N_("Late: fair share"))] = (
        Carried()
    )
    shifts: Annotated[tuple[CarriedShift, ...], Entry(FieldKind.TALLIES)] = Field(
        default=(), title=N_("Named shifts")
    )
    """Shifts named in the settings, times/fair share: 計 3/2.5、半 1/0.8."""
    wishes_asked: Times = Field(default=0, ge=0, title=N_("Wishes asked"))
    """Wishes of the months before."""
    wishes_granted: Times = Field(default=0, ge=0, title=N_("Of these granted"))
    """Whoever was refused before comes first among equals."""
    paid_leave: HalfDays = Field(default=0, ge=0, title=N_("Paid leave taken"))
    """Days; half a day is 0.5."""
    days_off_owed: DaysOwed = Field(default=0, title=N_("Days off still owed"))
    """Days off agreed minus those given; negative if more were given."""

    def carried(self, burden: Burden) -> Carried:
        """Return the account of a burden; zero if there is none."""
        if burden.kind is BurdenKind.SHIFT:
            own = (one for one in self.shifts if one.shift == burden.shift)
            return next(own, Carried())
        found: Carried = getattr(self, burden.kind.value)
        return found

    def with_account(self, burden: Burden, account: Carried) -> Self:
        """Return a copy of the entry with a burden's account replaced."""
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
        """Number of wishes that were not granted."""
        return max(0, self.wishes_asked - self.wishes_granted)
