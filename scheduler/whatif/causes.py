"""What has changed in a month, and whose days change because of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.scenario import Scenario


def without_changed_pins(usual: Problem, problem: Problem) -> Problem:
    """Return the month as it was, without the pins that say something else now."""
    kept = set(problem.pins.duties)
    pins = tuple(pin for pin in usual.pins.duties if pin in kept)
    return usual.model_copy(
        update={"pins": usual.pins.model_copy(update={"duties": pins})}
    )


def with_days_of(
    names: Collection[StaffId], roster: Roster, happened: Roster
) -> Roster:
    """Return the roster with some people's days as what has happened has them."""
    duties = [duty for duty in roster.duties if duty.staff not in names]
    duties += [duty for duty in happened.duties if duty.staff in names]
    nights = [night for night in roster.on_call if night.staff not in names]
    nights += [night for night in happened.on_call if night.staff in names]
    return roster.model_copy(update={"duties": tuple(duties), "on_call": tuple(nights)})


def dates_changed(
    problem: Problem, usual: Problem, roster: Roster, scenario: Scenario
) -> Iterator[dt.date]:
    """Yield the dates on which something is not as it was planned."""
    for date in problem.period.dates:
        if date < scenario.now:
            continue
        pins = (pin for pin in problem.pins.duties if pin.date == date)
        changed = problem.forecast_by_date[date] != usual.forecast_by_date[date]
        moved = any(
            (known := roster.by_cell.get((pin.staff, date))) is None
            or (known.shift, known.off) != (pin.shift, pin.off)
            for pin in pins
        )
        left = any(
            one.last < date
            and (d := roster.by_cell.get((one.staff, date))) is not None
            and d.shift is not None
            for one in scenario.leaving
        )
        if changed or moved or left:
            yield date
