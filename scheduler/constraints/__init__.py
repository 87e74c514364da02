"""What each rule asks of the model: one module a rule.

``RULES`` are posted on the model in this order; ``EXCLUSIONS`` say beforehand which
single duties and nights on call can never be, so that they get no variable.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from scheduler.constraints import (
    a03_day_hours,
    a04_presence,
    a06_night,
    a07_contact,
    a10_nurse,
    a11_planner,
    a13_manager,
    a15_counted_once,
    c03_short_nights,
    f01_day_and_week,
    f02_month_cap,
    f05_breaks,
    f06_statutory_holiday,
    f07_after_night,
    f09_night_work,
    f10_standby,
    f11_rest,
    f13_nights_and_runs,
    g_care_manager_month,
    k01_house_ratio,
    k02_cover_rules,
    l01_availability,
    l02_days_off,
    l03_hours,
    l04_days_per_week,
    l05_nights,
    m01_evenness,
    n01_surplus,
    p01_pairs,
    p02_newcomers,
    p03_days_off_together,
    p04_lone_work_day,
    p05_forward_rotation,
    p06_weekend_off,
    p07_on_call_days_off,
    w01_requests,
    w02_pinned_cells,
)
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.staff import StaffMember
    from scheduler.model import RosterModel
    from scheduler.modelling.options import Option

Build = Callable[["RosterModel", Problem, Rule], None]


def _never(model: RosterModel, rule: Rule, member: StaffMember, date: dt.date) -> bool:
    return False


class Exclusion(NamedTuple):
    """Tests of one duty, or one night on call, that need no other cell."""

    shift: Callable[[RosterModel, Rule, StaffMember, dt.date, Option], bool]
    on_call: Callable[[RosterModel, Rule, StaffMember, dt.date], bool] = _never


EXCLUSIONS: tuple[tuple[str, Exclusion], ...] = (
    (
        "L-01",
        Exclusion(l01_availability.excludes_shift, l01_availability.excludes_on_call),
    ),
    ("A-15", Exclusion(a15_counted_once.excludes_shift)),
    ("F-05", Exclusion(f05_breaks.excludes_shift, f05_breaks.excludes_on_call)),
    ("F-09", Exclusion(f09_night_work.excludes_shift, f09_night_work.excludes_on_call)),
)

RULES: tuple[tuple[str, Build], ...] = (
    ("W-02", w02_pinned_cells.build),
    ("A-15", a15_counted_once.build),
    ("F-01", f01_day_and_week.build),
    ("F-02", f02_month_cap.build),
    ("F-06", f06_statutory_holiday.build),
    ("F-07", f07_after_night.build),
    ("F-09", f09_night_work.build),
    ("F-10", f10_standby.build),
    ("F-11", f11_rest.build),
    ("F-13", f13_nights_and_runs.build),
    ("L-01", l01_availability.build),
    ("L-04", l04_days_per_week.build),
    ("L-05", l05_nights.build),
    ("A-03", a03_day_hours.build),
    ("A-04", a04_presence.build),
    ("A-06", a06_night.build),
    ("A-07", a07_contact.build),
    ("A-10", a10_nurse.build),
    ("A-11", a11_planner.build),
    ("A-13", a13_manager.build),
    ("C-03", c03_short_nights.build),
    ("G", g_care_manager_month.build),
    ("K-01", k01_house_ratio.build),
    ("K-02", k02_cover_rules.build),
    ("L-02", l02_days_off.build),
    ("L-03", l03_hours.build),
    ("W-01", w01_requests.build),
    ("M-01", m01_evenness.build),
    ("N-01", n01_surplus.build),
    ("P-01", p01_pairs.build),
    ("P-02", p02_newcomers.build),
    ("P-03", p03_days_off_together.build),
    ("P-04", p04_lone_work_day.build),
    ("P-05", p05_forward_rotation.build),
    ("P-06", p06_weekend_off.build),
    ("P-07", p07_on_call_days_off.build),
)
