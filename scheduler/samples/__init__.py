"""Sample offices, made by code and plainly invented; each is a function of a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.samples.building import DECEMBER_2026
from scheduler.samples.sakura import sakura
from scheduler.samples.short import short
from scheduler.samples.small import small
from scheduler.samples.tight import tight

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem

SAMPLES: dict[str, Callable[[Period], Problem]] = {
    "sakura": sakura,
    "small": small,
    "tight": tight,
    "short": short,
}
"""Sample offices by name; call one with a period, or without for December 2026."""

__all__ = ["DECEMBER_2026", "SAMPLES", "sakura", "short", "small", "tight"]
