"""Entries of the input that would make a sum of the precheck add up, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.clock import HOUR, Interval
from scheduler.domain.office import HouseRatio
from scheduler.wording.names import name_of, people_text
from scheduler.wording.times import span_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scheduler.domain.precheck import Mend

TEXTS = {
    "night_band": N_("sheet “Office”, “Night band”: {span}"),
    "house_ratio": N_("sheet “Settings”, “Three to one at every moment”: {ratio}"),
    "shift_hours": N_("sheet “Shifts”, “{symbol}”: {span}"),
    "cover_most": N_("sheet “Cover rules”, “{name}”: at most {people}"),
    "minutes_min": N_("sheet “Staff”, {name}, “Hours, least”: {hours}"),
    "minutes_max": N_("sheet “Staff”, {name}, “Hours, most”: {hours}"),
    "days_off_min": N_("sheet “Staff”, {name}, “Days off owed”: {value}"),
    "days_per_week_max": N_("sheet “Staff”, {name}, “Days a week, most”: {value}"),
    "nights_min": N_("sheet “Staff”, {name}, “Nights, least”: {value}"),
    "nights_max": N_("sheet “Staff”, {name}, “Nights, most”: {value}"),
    "nights_most": N_("sheet “Settings”, “Nights of a person, most”: {value}"),
}
"""What each change is, by its code."""


def mends_text(mends: Sequence[Mend]) -> str:
    """Write what would mend a line, each by itself; nothing if nothing is known."""
    if not mends:
        return ""
    listed = _("; ").join(mend_text(mend) for mend in mends)
    if len(mends) == 1:
        return _(" This makes up for it: {listed}.").format(listed=listed)
    return _(" Any one of these makes up for it: {listed}.").format(listed=listed)


def mend_text(mend: Mend) -> str:
    """Write one change: sheet, entry, and what it would say."""
    return _(TEXTS[mend.code]).format_map(_Facts(mend))


class _Facts(dict[str, str]):
    """What the sentences are filled with, each worked out when asked for."""

    def __init__(self, mend: Mend) -> None:
        super().__init__()
        self._mend = mend

    def __missing__(self, name: str) -> str:
        if name in _OWN:
            return _OWN[name](self._mend)
        return str(self._mend.facts[name])


def _number(mend: Mend, name: str) -> int:
    return int(mend.facts[name])


def _entered(minutes: int) -> str:
    """Write a length of time as it is entered in a sheet: 42:00."""
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"


_OWN: dict[str, Callable[[Mend], str]] = {
    "span": lambda mend: span_text(
        Interval(_number(mend, "begin"), _number(mend, "end"))
    ),
    "ratio": lambda mend: name_of(HouseRatio.GUIDELINE),
    "hours": lambda mend: _entered(_number(mend, "value")),
    "people": lambda mend: people_text(_number(mend, "most")),
}
