"""What is drawn of an office first: period, shift table, and how strained it is."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from benchmarks.generator.patterns import NIGHT, PATTERNS
from scheduler.domain.clock import Interval, parse_span
from scheduler.files.holidays_jp import make_period
from scheduler.files.samples.building import DAY_MINUTES

if TYPE_CHECKING:
    from benchmarks.generator.patterns import Pattern
    from scheduler.domain.period import Period
    from scheduler.domain.shifts import Shift


class Strain(StrEnum):
    """How much a month asks of its staff."""

    LOOSE = "loose"
    USUAL = "usual"
    TIGHT = "tight"
    CONTRACTS = "contracts"
    """More hours of care than the contracts have."""
    LAW = "law"
    """Two nights more than those who work nights may do."""

    @property
    def load(self) -> float:
        """Hours by day that the law requires (A-03), as part of those there are."""
        return LOADS.get(self, USUAL_LOAD)


USUAL_LOAD = 0.76
LOADS = {Strain.LOOSE: 0.66, Strain.TIGHT: 0.86, Strain.CONTRACTS: 1.05}

STRAINS = (
    *(Strain.LOOSE, Strain.USUAL, Strain.TIGHT, Strain.USUAL, Strain.CONTRACTS),
    *(Strain.LOOSE, Strain.USUAL, Strain.TIGHT, Strain.LOOSE, Strain.LAW),
)
"""The strain of an office, by the last digit of its seed."""

FEWEST, FEW, MOST = 12, 16, 25
"""People of an office, unless a number is given: most, and where hours are short."""

PEOPLE_A_NIGHT = 25
"""An office has one person at night for each of so many people, and at least one."""


@dataclass(frozen=True)
class Frame:
    """What all parts of an office are drawn from."""

    rnd: random.Random
    people: int
    strain: Strain
    period: Period
    pattern: Pattern
    band: str
    guests_most: int
    """Guests of a night that the edges of the night band carry (K-01)."""

    @property
    def at_night(self) -> int:
        """People on duty every night."""
        return max(1, self.people // PEOPLE_A_NIGHT)

    @property
    def nights(self) -> int:
        """Nights of the period, times the people on duty in each."""
        return self.period.days * self.at_night

    @cached_property
    def night(self) -> Shift:
        """The night shift."""
        return next(one for one in self.pattern.shifts if one.symbol == NIGHT)

    @property
    def lost_by_night(self) -> int:
        """Minutes that a night and the 明 after it are short of two days' work."""
        return max(0, 2 * DAY_MINUTES - self.night.work_minutes)

    @property
    def night_band(self) -> Interval:
        """The night band in clock minutes."""
        return parse_span(self.band)

    def chance(self, percent: int) -> bool:
        """Draw whether something happens."""
        return self.rnd.randrange(100) < percent


def draw_frame(
    seed: int, people: int | None, strain: Strain | None, period: Period | None
) -> Frame:
    """Draw what is not given."""
    rnd = random.Random(f"office {seed}")
    strain = strain or STRAINS[seed % len(STRAINS)]
    # The capacities of the law leave hours over where there are many people.
    most = FEW if strain is Strain.CONTRACTS else MOST
    own = rnd.randint(FEWEST, most), a_period(rnd)
    pattern = rnd.choice(PATTERNS)
    return Frame(
        rnd,
        people or own[0],
        strain,
        period or own[1],
        pattern,
        *rnd.choice(pattern.bands),
    )


def a_period(rnd: random.Random) -> Period:
    """Draw a calendar month, or the 21st to the 20th, of 28 to 31 dates."""
    month = rnd.randint(0, 15)
    first = dt.date(2026 + (month + 11) // 12, (month + 11) % 12 + 1, 1)
    if rnd.randrange(100) < 30:
        first = first.replace(day=21)
    following = (first + dt.timedelta(days=31)).replace(day=first.day)
    return make_period(first, following - dt.timedelta(days=1))
