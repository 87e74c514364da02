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
    lines = _Lines(table, columns, problem)
    people, clash = people_of(lines.texts, columns, problem)
    shown_as = lines.texts[columns.name or columns.number]
    lines.report("clock_person", shown_as, clash)
    if columns.stamp:
        log = lines.log_rows()
        lines.check()
        return _days_of_log(log.assign(staff=people, shown=shown_as), problem, roster)
    pairs, rest = lines.pairs(), lines.rests()
    lines.check()
    period, stranger, dates = problem.period, people.isna(), lines.dates
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


class _Lines:
    """The lines of a table, their dates, and the mistakes found in them."""

    def __init__(
        self, table: ClockTable, columns: ClockColumns, problem: Problem
    ) -> None:
        self._table, self._columns, self._problem = table, columns, problem
        self._mistakes: list[Mistake] = []
        texts = table.frame(columns)
        used = texts[list(dict.fromkeys(columns.headings))]
        self.texts = texts[(used != "").any(axis=1)]
        if columns.date:
            self.dates = dates_of(self.texts[columns.date], problem)
        else:
            parts = self.texts[columns.stamp].str.extract(rf"^{DATE}[T ]")
            self.dates = calendar(parts, problem)
        shown = self.texts[columns.date or columns.stamp]
        self.report("clock_date", shown, self.dates.isna())

    def report(self, code: str, texts: pd.Series, where: pd.Series) -> None:
        """Note a mistake of a column on each line where something is wrong."""
        self._mistakes += wrong_lines(code, self._table, texts, where)

    def check(self) -> None:
        """Raise `InputError` with all mistakes, if there are any."""
        if self._mistakes:
            raise all_of(self._mistakes)

    def _clocks(self, heading: str) -> pd.Series:
        """Return the clock times of a column; report what is none."""
        texts = self.texts[heading]
        clocks = clocks_of(texts, self.dates, self._problem)
        self.report("clock_time", texts, (texts != "") & clocks.isna())
        return clocks

    def pairs(self) -> pd.DataFrame:
        """Return a row for each pair of stamps: line, date, start, end in minutes."""
        found: list[pd.DataFrame] = []
        for came, went in zip(self._columns.came, self._columns.went, strict=True):
            start, end = self._clocks(came), self._clocks(went)
            end = end.where(~(end <= start), end + DAY)
            reversed_ = (end <= start) | (end > LATEST)
            self.report("clock_time", self.texts[went], reversed_)
            by_line = {"line": self.texts.index, "date": self.dates}
            rows = pd.DataFrame({**by_line, "start": start, "end": end})
            found.append(rows[start.notna() | end.notna()])
        return pd.concat(found, ignore_index=True)

    def rests(self) -> pd.Series:
        """Return the minutes of break of each line, by clock times or by number."""
        columns, texts = self._columns, self.texts
        minutes = pd.Series(float("nan"), index=texts.index)
        for begin, end in zip(columns.rest_from, columns.rest_to, strict=True):
            begun, ended = self._clocks(begin), self._clocks(end)
            # A break may pass midnight.
            length = (ended - begun) % DAY
            minutes = minutes.add(length, fill_value=0).where(
                minutes.notna() | length.notna()
            )
        if columns.rest:
            parts = texts[columns.rest].str.extract(rf"^{LENGTH}$").apply(pd.to_numeric)
            told = parts["hours"].fillna(0) * HOUR + parts["minutes"]
            wrong = (texts[columns.rest] != "") & told.isna()
            self.report("clock_length", texts[columns.rest], wrong)
            minutes = told.where(told.notna(), minutes)
        return minutes

    def log_rows(self) -> pd.DataFrame:
        """Return a row for each stamp of a log: its minute in the period, its kind."""
        columns, texts = self._columns, self.texts
        stamps = texts[columns.stamp]
        clocks = clocks_of(stamps, self.dates, self._problem)
        self.report("clock_time", stamps, clocks.isna() & self.dates.notna())
        days = (self.dates - pd.Timestamp(self._problem.period.first)).dt.days
        kinds = pd.Series(None, index=texts.index, dtype=object)
        if columns.kind:
            said = {kind: getattr(columns, f"{kind.value}_words") for kind in PunchKind}
            known = texts[columns.kind].map(lambda text: kind_of(text, said))
            kinds = known.astype(object)
            unknown = kinds.isna() & (texts[columns.kind] != "")
            self.report("clock_kind", texts[columns.kind], unknown)
        return pd.DataFrame({"at": days * DAY + clocks, "kind": kinds})


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
