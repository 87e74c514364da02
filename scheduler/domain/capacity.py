"""Registered, day-use and overnight capacity, and what an ordinance may limit (D)."""

from __future__ import annotations

from pydantic import Field

from scheduler.domain import N_
from scheduler.domain.base import Frozen
from scheduler.domain.fields import FieldPart, Parts, People


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
