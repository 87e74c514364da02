"""Invented sample offices; each is a function from a period to a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from scheduler.files.samples.building import SAMPLE_MONTH
from scheduler.files.samples.kantaki import kantaki
from scheduler.files.samples.komorebi import komorebi, tsubomi
from scheduler.files.samples.sakura import sakura
from scheduler.files.samples.small import small
from scheduler.files.samples.tight import short, tight

if TYPE_CHECKING:
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem


class Sample(Protocol):
    """Function from a period, by default January 2027, to an office's problem."""

    def __call__(self, period: Period = ...) -> Problem:
        """Return the problem for a period."""


SAMPLES: dict[str, Sample] = {
    "sakura": sakura,
    "small": small,
    "tight": tight,
    "short": short,
    "kantaki": kantaki,
    "komorebi": komorebi,
    "tsubomi": tsubomi,
}
"""Sample offices by name."""

__all__ = [
    "SAMPLES",
    "SAMPLE_MONTH",
    "Sample",
    "kantaki",
    "komorebi",
    "sakura",
    "short",
    "small",
    "tight",
    "tsubomi",
]
