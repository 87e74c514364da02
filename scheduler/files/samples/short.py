"""こがらし: the office もみじ after it lost two nights a month; no month is legal.

Two of the six who do nights may do one night less each, so two nights have nobody
awake, and nothing else reaches into the night band of 21:00 to 30:00::

    2 nights x 9 hours x 60 minutes x 1 person = 1,080 person-minutes short (A-06)

The hours the two no longer spend at night they work by day, so nothing else is short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.files.samples.building import SAMPLE_MONTH
from scheduler.files.samples.tight import ON_NIGHTS, tight

if TYPE_CHECKING:
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember

NIGHTS_MISSING = 2
MINUTES_MISSING = NIGHTS_MISSING * 9 * 60
"""Least statutory shortage of any roster of this office, in person-minutes."""


def short(period: Period = SAMPLE_MONTH) -> Problem:
    """Make the office こがらし for a period."""
    whole = tight(period)
    return whole.model_copy(
        update={
            "office": whole.office.model_copy(
                update={
                    "name": "小規模多機能ホーム こがらし（見本）",
                    "number": "0000000004",
                }
            ),
            "staff": tuple(_one_night_less(member) for member in whole.staff),
        }
    )


def _one_night_less(member: StaffMember) -> StaffMember:
    if member.name not in ON_NIGHTS[-NIGHTS_MISSING:]:
        return member
    nights = member.contract.nights_max or 0
    contract = member.contract.model_copy(update={"nights_max": nights - 1})
    return member.model_copy(update={"contract": contract})
