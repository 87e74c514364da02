"""Reading a log of one line a stamp; whose and what each is, `punches` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from scheduler.audit.timeline import Timeline
from scheduler.domain.clock import DAY
from scheduler.files.actual.clock_table import (
    DATE,
    ClockTable,
    Stamps,
    calendar,
    clocks_of,
    dates_of,
    wrong_lines,
)
from scheduler.files.actual.punches import (
    Punch,
    PunchKind,
    kind_of,
    single,
    stamped_days,
)

if TYPE_CHECKING:
    from scheduler.domain.actual import StampedDay
    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.files.actual.columns import ClockColumns


def line_dates(
    texts: pd.DataFrame, columns: ClockColumns, problem: Problem
) -> pd.Series:
    """Return the date of each line; in a log without them, that of its stamp."""
    if columns.date:
        return dates_of(texts[columns.date], problem)
    parts = texts[columns.stamp].str.extract(rf"^{DATE}[T ]")
    return calendar(parts, problem)


def log_rows(
    table: ClockTable,
    texts: pd.DataFrame,
    columns: ClockColumns,
    dates: pd.Series,
    problem: Problem,
) -> tuple[pd.DataFrame, list[Mistake]]:
    """Return a row for each stamp of a log: its minute in the period, and its kind."""
    stamps = texts[columns.stamp]
    clocks = clocks_of(stamps, dates, problem)
    mistakes = list(
        wrong_lines("clock_time", table, stamps, clocks.isna() & dates.notna())
    )
    days = (dates - pd.Timestamp(problem.period.first)).dt.days
    kinds = pd.Series(None, index=texts.index, dtype=object)
    if columns.kind:
        said = {kind: getattr(columns, f"{kind.value}_words") for kind in PunchKind}
        kinds = texts[columns.kind].map(lambda text: kind_of(text, said)).astype(object)
        unknown = kinds.isna() & (texts[columns.kind] != "")
        mistakes += wrong_lines("clock_kind", table, texts[columns.kind], unknown)
    return pd.DataFrame({"at": days * DAY + clocks, "kind": kinds}), mistakes


def days_of_log(log: pd.DataFrame, problem: Problem, roster: Roster) -> Stamps:
    """Return the stamps of a log by person and date."""
    period = problem.period
    stints = Timeline(problem, roster).stints
    inside = log["at"].between(0, period.days * DAY - 1)
    days: list[StampedDay] = []
    outside = twice = 0
    for staff, own in log[log["staff"].notna()].groupby("staff", sort=True):
        punches = [
            Punch(int(at), kind if isinstance(kind, PunchKind) else None)
            for at, kind in own[["at", "kind"]].itertuples(index=False, name=None)
        ]
        twice += len(punches) - len(single(punches))
        shifts = [(one.date, one.whole) for one in stints[staff]]
        found = list(stamped_days(staff, punches, shifts, period.first))
        days += (day for day in found if day.date in period)
        outside += sum(day.date not in period for day in found)
    strangers = log.loc[log["staff"].isna() & inside, "shown"]
    return Stamps(
        days=tuple(sorted(days, key=lambda day: (day.staff, day.date))),
        strangers=tuple(dict.fromkeys(strangers)),
        outside=outside,
        twice=twice,
    )
