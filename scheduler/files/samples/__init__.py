"""Invented sample offices, one a file beside this module, each for any period.

``[users]`` of a file are those expected by weekday; in ``[staff]``, ``week`` is what
somebody worked in the weeks before the period and ``wishes`` are read by
`building.wishes`.  Who has no week of their own worked the cycle of ``[last_month]``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import partial
from importlib import resources
from typing import Any

from scheduler.domain.office import HolidayReading
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule, Pair
from scheduler.domain.staff import Contract, StaffMember
from scheduler.files.samples.building import (
    SAMPLE_MONTH,
    Expected,
    SampleTail,
    assemble,
    day_profile,
    full_time,
    house,
    part_time,
    shift_table,
)

NIGHTS_MISSING = 2
MINUTES_MISSING = NIGHTS_MISSING * 9 * 60
"""Least statutory shortage of any roster of `short`, in person-minutes."""


Sample = Callable[..., Problem]
"""Function from a period, by default January 2027, to an office's problem."""


def komorebi(period: Period = SAMPLE_MONTH) -> Problem:
    """Make the main office こもれび, whose person on call serves the satellite too."""
    alone = _office("komorebi", period)
    days = (
        day.model_copy(update={"satellite_overnight": other.overnight})
        for day, other in zip(
            alone.forecast.days, tsubomi(period).forecast.days, strict=True
        )
    )
    return alone.model_copy(update={"forecast": alone.forecast.with_days(days)})


def short(period: Period = SAMPLE_MONTH) -> Problem:
    """Make the office こがらし for a period: もみじ after it lost two nights a month.

    Two of the six who work nights may do one night less each, so on two nights nobody
    is on night duty, and no other shift reaches into the night band of 21:00 to 30:00::

        2 nights x 9 hours x 60 minutes x 1 person = 1,080 person-minutes short (A-06)

    The two work those hours by day instead, so nothing else is short.
    """
    whole = tight(period)
    names = {"name": "小規模多機能ホーム こがらし（見本）", "number": "0000000004"}
    last = [one.name for one in whole.staff if one.contract.nights_max][
        -NIGHTS_MISSING:
    ]
    return whole.model_copy(
        update={
            "office": whole.office.model_copy(update=names),
            "staff": tuple(
                _one_night_less(one) if one.name in last else one for one in whole.staff
            ),
        }
    )


def _one_night_less(member: StaffMember) -> StaffMember:
    less = {"nights_max": (member.contract.nights_max or 0) - 1}
    contract = member.contract.model_copy(update=less)
    return member.model_copy(update={"contract": contract})


def _office(name: str, period: Period = SAMPLE_MONTH) -> Problem:
    text = (resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    settings = data["office"]["settings"]
    if settings.get("holiday_reading") == HolidayReading.FOUR_WEEKS:
        settings["four_weeks_from"] = period.first
    profiles = [
        day_profile(*(one[key] for key in PROFILE), *one["visits"])
        for one in data["profiles"]
    ]
    rows = data["staff"]
    weeks = {name: row.pop("week", "") for name, row in rows.items()}
    asked = {name: row.pop("wishes") for name, row in rows.items() if "wishes" in row}
    tail = SampleTail(
        rotation=tuple(name for name, week in weeks.items() if not week),
        weekly=weeks,
        **data["last_month"],
    )
    return assemble(
        period,
        house(**data["office"], profiles=profiles),
        shift_table(data["shifts"]),
        _staff(rows, period),
        Expected(**{service: tuple(days) for service, days in data["users"].items()}),
        tail,
        asked,
        [CoverRule.model_validate(rule) for rule in data["cover"]],
        [Pair.model_validate(pair) for pair in data.get("pairs", ())],
    )


sakura, small, tight, kantaki, tsubomi = (
    partial(_office, name)
    for name in ("sakura", "small", "tight", "kantaki", "tsubomi")
)

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

PROFILE = ("name", "arrivals", "departures", "away")


def _staff(rows: Mapping[str, dict[str, Any]], period: Period) -> list[StaffMember]:
    contracts = {name: row.pop("contract", {}) for name, row in rows.items()}
    sharers = [name for name, given in contracts.items() if "shares_nights" in given]
    for name, nights in zip(sharers, _shared(period.days, len(sharers)), strict=True):
        contracts[name] = {"nights_max": nights}
    return [
        StaffMember.model_validate(
            {
                "name": name,
                "contract": _contract(contracts[name], period),
                "roles": ["care"],
                "qualifications": [],
                **row,
                "shifts": list(row["shifts"]),
            }
        )
        for name, row in rows.items()
    ]


def _shared(nights: int, people: int) -> list[int]:
    """Divide nights among people, differing by at most one."""
    return [nights // people + (place < nights % people) for place in range(people)]


def _contract(given: Mapping[str, Any], period: Period) -> Contract:
    if "weekdays" in given:
        return part_time(period, **given)
    if "elsewhere" in given:
        # What it agrees on stands in the other house.
        unknown = {"minutes_min": None, "minutes_max": None, "days_off_min": None}
        return full_time(period).model_copy(update=unknown)
    return full_time(period, **given)
