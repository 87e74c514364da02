"""How many minutes one person could bring to a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.clock import DAY, Interval, total_minutes

if TYPE_CHECKING:
    from collections.abc import Collection

    from scheduler.domain.shifts import BreakOption


class Stint(NamedTuple):
    """A shift, what of it counts, and the breaks to choose from; clock minutes."""

    whole: Interval
    pieces: tuple[Interval, ...]
    breaks: tuple[BreakOption, ...]

    def minutes(self, band: Interval) -> int:
        """Return the minutes in a band, by the breaks that cost least of it."""
        inside = [piece.intersection(band) for piece in self.pieces]
        lost = min(
            total_minutes(p.intersection(pause) for p in inside for pause in option)
            for option in self.breaks
        )
        return total_minutes(inside) - lost


def most_minutes(
    before: Collection[Stint | None],
    today: Collection[Stint | None],
    band: Interval,
    rest: int,
) -> int:
    """Return the most minutes of a band that a person could be at work.

    From yesterday's shift, one that begins today, or both where the rest fits between.

    Parameters
    ----------
    before, today
        What could be begun yesterday and today; ``None`` for nothing.
    band
        Clock minutes of today.
    rest
        Least minutes between two shifts.
    """
    yesterday = [
        (one.minutes(band.shifted(DAY)), one.whole.end - DAY) if one else (0, None)
        for one in before
    ]
    now = [(one.minutes(band), one.whole.start) if one else (0, None) for one in today]
    return max(
        (
            first + second
            for first, ends in yesterday
            for second, begins in now
            if ends is None or begins is None or begins - ends >= rest
        ),
        default=0,
    )
