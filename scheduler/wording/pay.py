"""What is said around the figures for the pay office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.office import HolidayReading
from scheduler.wording.actual import standing_text
from scheduler.wording.names import duration_text
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.audit.figures.pay import PayMonth
    from scheduler.domain.actual import AsWorked


def pay_alarms(month: AsWorked, months: Sequence[PayMonth]) -> Iterator[str]:
    """Yield what is not settled: undecided differences, too much overtime (F-08)."""
    if month.undecided:
        text = _("Undecided, and so counted as planned: {count}; see “shotaki actual”")
        yield text.format(count=len(month.undecided))
    until = month.actual.stamped_until
    if until is not None and until < month.problem.period.last:
        text = _("There are stamps until {date}; from then on the roster counts.")
        yield text.format(date=date_text(until))
    most = month.problem.office.settings.overtime_most
    beyond = [m.staff for m in months if most is not None and m.overtime.total > most]
    if most is not None and beyond:
        text = _("More overtime than the 36協定 allows ({most}): {names}")
        yield text.format(most=duration_text(most), names="、".join(beyond))
    missing = [one.staff for one in months if not one.number]
    if missing:
        text = _("Without a number in the pay system (sheet of the staff): {names}")
        yield text.format(names="、".join(missing))


def pay_notes(month: AsWorked, *, as_planned: bool) -> Iterator[str]:
    """Yield what the figures mean, and what is to be confirmed."""
    settings = month.problem.office.settings
    if month.is_actual and not as_planned:
        text = _("Differences to the stamps: {standing}")
        yield text.format(standing=standing_text(month))
    yield _(
        "Hours of work are those of all other pages: without breaks, leave and "
        "absence, of the duties that begin in the period. Night, holidays and overtime "
        "are parts of them, and one hour may stand in several."
    )
    yield _("Night hours go by the clock, breaks left out (22:00-5:00).")
    if settings.standby.is_work:
        yield _(
            "Nights on call are work here; their break is taken to be the end of the "
            "night."
        )
    if settings.holiday_reading is HolidayReading.FOUR_WEEKS:
        holiday = _("four weeks with fewer than four free days")
    else:
        holiday = _("a week without a free day")
    text = _(
        "Statutory holiday: in {window}, 0:00 to 24:00 of the last day off of the plan "
        "on which there was work (without one, of the last date). Other holiday: "
        "duties that begin on another day off of the plan. To be confirmed (要確認) by "
        "the rules of employment."
    )
    yield text.format(window=holiday)
    yield _(
        "Overtime, each minute once: beyond 8 hours or the plan's longer day; then "
        "beyond 40 hours or the plan's longer week; then beyond the flexible scheme's "
        "hours of the period (small offices 44). A part of a week at either end of the "
        "period has its part of them. Whoever is outside the scheme: beyond 8 and 40 "
        "hours, by whole weeks that end in the period. The plan is the roster when the "
        "period began; cells changed by hand since it was written are changes of it. "
        "To be confirmed (要確認) with the Labour Standards Inspection Office."
    )
    yield _(
        "Absence is absence alone; special leave and leave of absence stand under "
        "other leave."
    )
