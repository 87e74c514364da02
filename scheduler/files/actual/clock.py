"""Reading a file of stamps, with the columns that are known, told or guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from scheduler.audit.timeline import timeline_of
from scheduler.domain.actual import StampedDay, StampPair
from scheduler.domain.clock import DAY, HOUR, LATEST
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.files.actual.clock_table import (
    DATE,
    NAMELESS,
    ClockTable,
    Stamps,
    all_of,
    calendar,
    clocks_of,
    dates_of,
    people_of,
    wrong_lines,
)
from scheduler.files.actual.columns import (
    ClockColumns,
    columns_path,
    guessed,
    read_columns,
    told_columns,
    write_columns,
)
from scheduler.files.actual.punches import (
    Punch,
    PunchKind,
    kind_of,
    single,
    stamped_days,
)
from scheduler.files.validation import refused


class Clocked(NamedTuple):
    """What was read of a file of stamps.

    Attributes
    ----------
    path
        The file that says what the columns mean.
    is_new
        Whether it was written now.
    """

    stamps: Stamps
    columns: ClockColumns
    path: Path
    is_new: bool


def read_clock(
    source: Path,
    folder: Path,
    problem: Problem,
    roster: Roster,
    told: Sequence[str] = (),
    chosen: ClockColumns | None = None,
) -> Clocked:
    """Read the stamps of a month; keep what the columns mean, if it is new.

    Parameters
    ----------
    folder
        Where the office's file of columns is kept.
    roster
        The roster, by which stamps of a log find their dates.
    told
        What was said of columns: ``in=出勤時刻``; it takes the place of what is kept.
    chosen
        The meaning of every column, if somebody chose them all; it likewise does.

    Raises
    ------
    InputError
        If the file cannot be read, or it is not clear what its columns mean.
    """
    table = ClockTable(source)
    path = columns_path(folder, problem.office.name)
    known = None if told or chosen else read_columns(path)
    columns = chosen or known or _columns(table, told)
    stamps = _read_stamps(table, columns, problem, roster)
    if known is None:
        write_columns(columns, path)
    return Clocked(stamps, columns, path, known is None)


def _columns(table: ClockTable, told: Sequence[str]) -> ClockColumns:
    """Return what columns mean by the first line that can be their headings."""
    for line in table.lines():
        headings = table.headings(line)
        with suppress(InputError):
            found = guessed(headings, told_columns(told, headings, table.source))
            if found is not None:
                return found
    headings = table.headings(0)
    told_columns(told, headings, table.source)
    raise refused("columns_unclear", table.source, headings="、".join(headings))


EXAMPLES = 3
"""Cells that are shown of a column."""
MOST_WORDS = 12
"""Most words of a log that are asked for; a column with more has no kinds."""


class ClockQuestions(NamedTuple):
    """The columns of a file, and what they seem to mean.

    Attributes
    ----------
    examples
        The first different cells of each column, by its heading.
    guess
        What the columns mean by their headings; ``None`` if that is not clear.
    words
        Words in each column that are not known as coming, going or a break.
    """

    examples: dict[str, tuple[str, ...]]
    guess: ClockColumns | None
    words: dict[str, tuple[str, ...]]

    @property
    def all_words(self) -> tuple[str, ...]:
        """All of these words, in an order that stays."""
        return tuple(sorted({one for own in self.words.values() for one in own}))


def questions_of(source: Path) -> ClockQuestions:
    """Return what is to be asked about a file of stamps.

    Raises
    ------
    InputError
        If the file cannot be read as a table.
    """
    table = ClockTable(source)
    found = {line: table.headings(line) for line in table.lines()}
    guesses = {line: guess for line in found if (guess := guessed(found[line]))}
    if not found:
        raise refused("no_table", table.source)
    # Else the first line that has the most cells: above it stand titles.
    line = min(guesses, default=max(found, key=lambda one: _named(found[one])))
    columns = {
        heading: tuple(dict.fromkeys(cells))
        for heading, cells in table.columns(line).items()
    }
    return ClockQuestions(
        {heading: cells[:EXAMPLES] for heading, cells in columns.items()},
        guesses.get(line),
        {
            heading: tuple(one for one in cells if kind_of(one, {}) is None)
            for heading, cells in columns.items()
            if len(cells) <= MOST_WORDS
        },
    )


def _named(headings: Iterable[str]) -> int:
    return sum(not NAMELESS.match(one) for one in headings)


SAME = ["staff", "date", "start", "end"]
"""In what two pairs are one that stands there twice."""

LENGTH = r"(?:(?P<hours>\d{1,2})(?::|時間))?(?P<minutes>\d{1,3})分?"


def _read_stamps(
    table: ClockTable, columns: ClockColumns, problem: Problem, roster: Roster
) -> Stamps:
    """Return the stamps of a table for a month.

    In a log of one line a stamp, the roster says to which date a stamp belongs.  In
    other files, a night whose coming stands on one date and whose going on the next
    is one pair, as is a going earlier than the coming of its line.

    Raises
    ------
    InputError
        With every line that cannot be read.
    """
    texts = table.frame(columns)
    used = texts[list(dict.fromkeys(columns.headings))]
    texts = texts[(used != "").any(axis=1)]
    mistakes: list[Mistake] = []
    dates = _line_dates(texts, columns, problem)
    shown_date = texts[columns.date or columns.stamp]
    mistakes += wrong_lines("clock_date", table, shown_date, dates.isna())
    people, clash = people_of(texts, columns, problem)
    shown_as = texts[columns.name or columns.number]
    mistakes += wrong_lines("clock_person", table, shown_as, clash)
    if columns.stamp:
        log, faults = _log_rows(table, texts, columns, dates, problem)
        if mistakes or faults:
            raise all_of([*mistakes, *faults])
        return _days_of_log(log.assign(staff=people, shown=shown_as), problem, roster)
    pairs, faults = _pairs(table, texts, columns, dates, problem)
    mistakes += faults
    rest, faults = _rests(table, texts, columns, dates, problem)
    mistakes += faults
    if mistakes:
        raise all_of(mistakes)
    period, stranger = problem.period, people.isna()
    first, last = pd.Timestamp(period.first), pd.Timestamp(period.last)
    # The morning after the last night stands on the date after the period.
    near = dates.between(first, last + pd.Timedelta(days=1))
    kept = pairs[pairs["line"].map(near & ~stranger).astype(bool)]
    joined = _joined(
        kept.assign(staff=kept["line"].map(people), rest=kept["line"].map(rest))
    )
    same = kept.assign(staff=kept["line"].map(people)).duplicated(SAME)
    inside = joined[joined["date"] <= last]
    beyond = joined.loc[joined["date"] > last, "line"]
    return Stamps(
        days=tuple(_days(inside)),
        strangers=tuple(dict.fromkeys(shown_as[stranger & dates.between(first, last)])),
        outside=int((~near & ~stranger).sum()) + beyond.nunique(),
        twice=int(same.sum()),
    )


def _pairs(
    table: ClockTable,
    texts: pd.DataFrame,
    columns: ClockColumns,
    dates: pd.Series,
    problem: Problem,
) -> tuple[pd.DataFrame, list[Mistake]]:
    """Return a row for each pair of stamps: line, date, start and end in minutes."""
    found: list[pd.DataFrame] = []
    mistakes: list[Mistake] = []
    for came, went in zip(columns.came, columns.went, strict=True):
        sides = {}
        for side, heading in (("start", came), ("end", went)):
            sides[side] = clocks_of(texts[heading], dates, problem)
            wrong = (texts[heading] != "") & sides[side].isna()
            mistakes += wrong_lines("clock_time", table, texts[heading], wrong)
        start, end = sides["start"], sides["end"]
        end = end.where(~(end <= start), end + DAY)
        reversed_ = (end <= start) | (end > LATEST)
        mistakes += wrong_lines("clock_time", table, texts[went], reversed_)
        rows = pd.DataFrame(
            {"line": texts.index, "date": dates, "start": start, "end": end}
        )
        found.append(rows[start.notna() | end.notna()])
    return pd.concat(found, ignore_index=True), mistakes


def _rests(
    table: ClockTable,
    texts: pd.DataFrame,
    columns: ClockColumns,
    dates: pd.Series,
    problem: Problem,
) -> tuple[pd.Series, list[Mistake]]:
    """Return the minutes of break of each line, by clock times or by their number."""
    minutes = pd.Series(float("nan"), index=texts.index)
    mistakes: list[Mistake] = []
    for begin, end in zip(columns.rest_from, columns.rest_to, strict=True):
        sides = [clocks_of(texts[one], dates, problem) for one in (begin, end)]
        for heading, side in zip((begin, end), sides, strict=True):
            wrong = (texts[heading] != "") & side.isna()
            mistakes += wrong_lines("clock_time", table, texts[heading], wrong)
        # A break may pass midnight.
        length = (sides[1] - sides[0]) % DAY
        minutes = minutes.add(length, fill_value=0).where(
            minutes.notna() | length.notna()
        )
    if columns.rest:
        parts = texts[columns.rest].str.extract(rf"^{LENGTH}$").apply(pd.to_numeric)
        told = parts["hours"].fillna(0) * HOUR + parts["minutes"]
        wrong = (texts[columns.rest] != "") & told.isna()
        mistakes += wrong_lines("clock_length", table, texts[columns.rest], wrong)
        minutes = told.where(told.notna(), minutes)
    return minutes, mistakes


def _joined(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs with those joined whose halves stand on two lines.

    A coming without a going takes the going without a coming that follows it: on the
    same date, or on the next.
    """
    order = rows["start"].fillna(rows["end"])
    rows = rows.assign(order=order).sort_values(["staff", "date", "order"])
    rows = rows.drop_duplicates(SAME)
    following = rows.groupby("staff", sort=False)
    days = (following["date"].shift(-1) - rows["date"]).dt.days
    going = following["end"].shift(-1) + DAY * days
    is_open = rows["start"].notna() & rows["end"].isna()
    next_is_going = following["start"].shift(-1).isna() & going.notna()
    takes = is_open & next_is_going & days.isin([0, 1])
    takes &= (going > rows["start"]) & (going - rows["start"] <= DAY)
    taken = takes.groupby(rows["staff"], sort=False).shift(1, fill_value=False)
    return rows.assign(end=rows["end"].where(~takes, going))[~taken]


def _days(rows: pd.DataFrame) -> Iterator[StampedDay]:
    for (staff, date), own in rows.groupby(["staff", "date"], sort=True):
        pairs: Sequence[tuple[float, float]] = list(
            own[["start", "end"]].itertuples(index=False, name=None)
        )
        rest = own.drop_duplicates("line")["rest"].sum(min_count=1)
        yield StampedDay(
            staff=staff,
            date=date.date(),
            pairs=tuple(
                StampPair(start=_minute(start), end=_minute(end))
                for start, end in pairs
            ),
            rest=_minute(rest),
        )


def _minute(number: float) -> int | None:
    return None if pd.isna(number) else int(number)


def _line_dates(
    texts: pd.DataFrame, columns: ClockColumns, problem: Problem
) -> pd.Series:
    if columns.date:
        return dates_of(texts[columns.date], problem)
    parts = texts[columns.stamp].str.extract(rf"^{DATE}[T ]")
    return calendar(parts, problem)


def _log_rows(
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


def _days_of_log(log: pd.DataFrame, problem: Problem, roster: Roster) -> Stamps:
    period = problem.period
    stints = timeline_of(problem, roster).stints
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
