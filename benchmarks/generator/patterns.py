"""Ways of dividing the day into shifts, as offices have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.files.samples.building import shift_table

if TYPE_CHECKING:
    from scheduler.domain.shifts import Shift


class Pattern(NamedTuple):
    """A shift table, with the night bands that fit to it."""

    shifts: tuple[Shift, ...]
    around: str
    """Symbols of the shifts of those who work around the clock."""
    bands: tuple[tuple[str, int], ...]
    """Night bands, each with the guests that its edges carry at three to one."""
    night_staff: bool = False
    """Whether some people work nights and nothing else."""

    @property
    def by_day(self) -> str:
        """Symbols of the shifts around the clock without the night."""
        return self.around.replace(NIGHT, "")

    def minutes(self, symbol: str) -> int:
        """Return the minutes of work of a shift."""
        return next(s.work_minutes for s in self.shifts if s.symbol == symbol)


NIGHT = "夜"
MORNING, SHORT, LONG, EVENING = "パ", "短", "半", "夕"
"""Symbols of the shifts of part-timers, which are the same in all patterns."""

PART_TIMES = """
    パ 午前 day 9:00-13:00
    短 パート day 9:30-15:30 12:00-13:00 13:00-14:00
    半 短時間 day 9:00-16:00 12:00-13:00 13:00-14:00
    夕 夕方 late 16:00-20:00
    """

LONG_NIGHTS = shift_table(
    """
    早 早番 early 7:00-16:00 11:30-12:30 12:30-13:30
    日 日勤 day 8:30-17:30 12:00-13:00 13:00-14:00 /13:00
    遅 遅番 late 10:30-19:30 13:30-14:30 14:30-15:30
    夜 夜勤 night 16:30-33:30 23:00-24:00 24:00-25:00 25:00-26:00
    """
    + PART_TIMES.strip()
)
"""Two shifts a day (2交代), nights of 16 hours of work."""

VARIANTS = shift_table(
    """
    早 早番A early 6:00-15:00 10:30-11:30 11:30-12:30
    朝 早番B early 7:00-16:00 11:30-12:30 12:30-13:30
    日 日勤 day 8:30-17:30 12:00-13:00 13:00-14:00 /13:00
    遅 遅番A late 10:00-19:00 13:00-14:00 14:00-15:00
    晩 遅番B late 12:00-21:00 15:00-16:00 16:00-17:00 17:00-18:00
    夜 夜勤 night 17:00-33:00 24:00-26:00 26:00-28:00
    """
    + PART_TIMES.strip()
)
"""The same with two kinds of early and late shifts."""

THREE_SHIFTS = shift_table(
    """
    早 早番 early 6:30-15:30 10:30-11:30 11:30-12:30
    日 日勤 day 8:30-17:30 12:00-13:00 13:00-14:00 /13:00
    遅 準夜 late 13:15-22:15 16:30-17:30 17:30-18:30 18:30-19:30
    夜 深夜 night 22:00-31:00 25:00-26:00 26:00-27:00
    """
    + PART_TIMES.strip()
)
"""Three shifts a day (3交代) of eight hours of work."""

SHORT_NIGHTS = shift_table(
    """
    早 早番 early 6:30-15:30 10:30-11:30 11:30-12:30
    日 日勤 day 8:30-17:30 12:00-13:00 13:00-14:00 /13:00
    遅 遅番 late 12:00-21:00 15:00-16:00 16:00-17:00
    夜 夜勤 night 20:30-32:30 24:00-26:00 26:00-28:00
    """
    + PART_TIMES.strip()
)
"""Nights of ten hours of work, mostly by people who do nothing else."""

EDGE, WIDE = ("21:00-30:00", 3), ("19:30-31:00", 5)

PATTERNS = (
    Pattern(LONG_NIGHTS, "早日遅夜", (EDGE, WIDE)),
    Pattern(LONG_NIGHTS, "早日遅夜", (EDGE, WIDE), night_staff=True),
    Pattern(VARIANTS, "早朝日遅晩夜", (("21:00-30:00", 5), ("20:00-31:00", 5))),
    Pattern(THREE_SHIFTS, "早日遅夜", (EDGE, ("22:00-30:30", 3))),
    Pattern(SHORT_NIGHTS, "早日遅夜", (EDGE,), night_staff=True),
)
