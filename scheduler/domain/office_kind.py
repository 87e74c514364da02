"""The kinds of office that the law knows, their capacities, and help between houses.

Which numbers hold for a kind is data: `scheduler.rulebook` reads it from the records.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from scheduler.domain import N_
from scheduler.domain.base import Frozen
from scheduler.domain.fields import FieldPart, Parts, People


class OfficeKind(StrEnum):
    """Kind of a designated office (事業所の種別)."""

    MAIN = "main"
    """小規模多機能型居宅介護, a main office or one without satellites."""
    SATELLITE = "satellite"
    """サテライト型小規模多機能型居宅介護."""
    KANTAKI = "kantaki"
    """看護小規模多機能型居宅介護 (複合型サービス)."""
    KANTAKI_SATELLITE = "kantaki_satellite"
    """サテライト型看護小規模多機能型居宅介護."""

    @property
    def is_satellite(self) -> bool:
        """Whether the office hangs on a main office."""
        return self in (OfficeKind.SATELLITE, OfficeKind.KANTAKI_SATELLITE)


KANTAKI = (OfficeKind.KANTAKI, OfficeKind.KANTAKI_SATELLITE)


class Support(StrEnum):
    """What a main office does for a satellite, which then needs less of its own."""

    VISITS = "visits"
    """The main's staff support the satellite's visits (art. 63(7), 171(8))."""
    ON_CALL = "on_call"
    """The main's person on call serves the satellite's users (art. 63(8), 171(9))."""
    NURSE = "nurse"
    """The main's nurse looks after the satellite's users (art. 63(9))."""
    PLANNING = "planning"
    """The main's care manager writes the home-service plans (art. 63(12), 171(13))."""
    MANAGER = "manager"
    """The main's manager manages the satellite too (art. 64(2), 172(2))."""


class AttachedService(StrEnum):
    """What an attached service does for an office (A-16)."""

    GROUP_HOME_NIGHT = "group_home_night"
    """The night worker of an attached group home of one unit is awake for both
    (art. 63(6), notice; to be confirmed: U-09)."""


Arrangement = Support | AttachedService
"""What another house does, so that an office needs less of its own."""


class Capacity(Frozen):
    """Registered, day-use and overnight capacity (登録・通い・宿泊定員)."""

    registered: People = Field(ge=1, le=99, title=N_("Registration capacity"))
    """At most 29, for a satellite 18."""
    day_use: People = Field(ge=1, le=99, title=N_("Day-use capacity"))
    """At most 15 to 18, by the registration capacity; for a satellite 12."""
    overnight: People = Field(ge=1, le=99, title=N_("Overnight capacity"))
    """At most 9, for a satellite 6."""


ALL_OR_NONE = N_("Fill in all three limits or none.")
LIMITS = Parts(
    {
        "registered": FieldPart(
            N_("Ordinance: registration limit"),
            N_("Only if your municipality's ordinance differs from the standard."),
        ),
        "day_use": FieldPart(N_("Ordinance: day-use limit"), ALL_OR_NONE),
        "overnight": FieldPart(N_("Ordinance: overnight limit"), ALL_OR_NONE),
    }
)
"""What the parts of a capacity are called where they are an ordinance's ceilings."""
