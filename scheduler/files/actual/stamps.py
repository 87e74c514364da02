"""Reading a file of stamps (CSV): Shift_JIS or UTF-8, by the office's columns."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from scheduler.audit.timeline import Timeline
from scheduler.domain.actual import StampedDay, StampPair
from scheduler.domain.clock import DAY, HOUR, LATEST
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.likeness import look_of
from scheduler.files.actual.punches import Punch, PunchKind, kind_of, stamped_days
from scheduler.files.validation import decoded, file_bytes, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.files.actual.columns import ClockColumns

LARGEST = 20_000_000
"""Largest file, in bytes; a month of thirty people takes some 50,000."""

MOST_TITLES = 20
"""Most lines above the headings."""

DATE = (
    r"(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"(?:\s*\(.\))?"
)
TIME = (
    r"(?P<next>翌)?\s*(?P<hour>\d{1,2})[:時](?P<minute>\d{2})分?"
    r"(?::\d{2}(?:\.\d+)?)?(?:\+09:?00)?"
)
LENGTH = r"(?:(?P<hours>\d{1,2})(?::|時間))?(?P<minutes>\d{1,3})分?"


class Stamps(NamedTuple):
    """What a file of stamps has for a month, and what it has besides.

    Attributes
    ----------
    strangers
        People who are not on the staff list; their lines are left out.
    outside
        Number of lines on dates outside the period, which are left out too.
    """

    days: tuple[StampedDay, ...]
    strangers: tuple[str, ...]
    outside: int


class ClockTable:
    """A file of stamps as a table of texts, with the headings that it has.

    Raises
    ------
    InputError
        If the file cannot be read as a table.
    """

    def __init__(self, path: Path) -> None:
        self.source = path.name
        self._lines = _text(path).splitlines()

    def headings(self, line: int) -> tuple[str, ...]:
        """Return the headings, if they stand on a line, counted from 0."""
        return tuple(map(str, self._read(line, nrows=0).columns))

    def lines(self) -> range:
        """Return the lines on which the headings may stand."""
        return range(min(MOST_TITLES, len(self._lines)))

    def frame(self, columns: ClockColumns) -> pd.DataFrame:
        """Return the table, with the numbers of its lines, blanks around left out.

        Raises
        ------
        InputError
            If the headings of the columns stand on no line.
        """
        wanted = set(columns.headings)
        for line in self.lines():
            if wanted <= set(self.headings(line)):
                texts = self._body(line)
                return texts.apply(lambda own: own.str.normalize("NFKC").str.strip())
        known = self.headings(0) if self._lines else ()
        facts: dict[str, int | str] = {
            "missing": "、".join(sorted(wanted - set(known))),
            "headings": "、".join(known),
        }
        raise InputError(
            [Mistake(code="columns_missing", sheet=self.source, facts=facts)]
        )

    def _body(self, line: int) -> pd.DataFrame:
        """Return the lines below the headings, all of their cells.

        Raises
        ------
        InputError
            If cells stand beyond the last heading; every such line.
        """
        heads = self.headings(line)
        widest = max(text.count(self._sign(line)) for text in self._lines) + 1
        spare = [f"\0{number}" for number in range(widest - len(heads))]
        found = self._read(line + 1, header=None, names=[*heads, *spare]).fillna("")
        # The line as an editor counts it: from 1, the headings too.
        found.index = pd.RangeIndex(line + 2, line + 2 + len(found))
        beyond = found[spare][(found[spare] != "").any(axis=1)]
        mistakes = [
            Mistake(
                code="clock_cells",
                sheet=self.source,
                facts={"line": int(number), "value": "、".join(filter(None, cells))},
            )
            for number, *cells in beyond.itertuples(name=None)
        ]
        if mistakes:
            raise InputError(mistakes)
        return found[list(heads)]

    def _sign(self, line: int) -> str:
        """Return the sign between the columns, by the line of the headings."""
        text = self._lines[line] if line < len(self._lines) else ""
        return "\t" if text.count("\t") > text.count(",") else ","

    def _read(self, line: int, **options: Any) -> pd.DataFrame:
        """Read the lines from one on, the first of them with headings if not told."""
        try:
            return pd.read_csv(
                io.StringIO("\n".join(self._lines[line:])),
                sep=self._sign(max(0, line - ("names" in options))),
                dtype=str,
                keep_default_na=False,
                skip_blank_lines=False,
                index_col=False,
                **options,
            )
        except pd.errors.EmptyDataError:
            return pd.DataFrame(columns=options.get("names", []), dtype=str)
        except pd.errors.ParserError as error:
            raise InputError([Mistake(code="no_table", sheet=self.source)]) from error


def read_stamps(
    table: ClockTable, columns: ClockColumns, problem: Problem, roster: Roster
) -> Stamps:
    """Return the stamps of a table for a month.

    In a log of one line a stamp, the roster says to which date a stamp belongs.

    A night whose coming stands on one date and whose going on the next is one pair, as
    is a going earlier than the coming of its line.

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
    mistakes += _wrong("clock_date", table, shown_date, dates.isna())
    people, clash = _people(texts, columns, problem)
    shown_as = texts[columns.name or columns.number]
    mistakes += _wrong("clock_person", table, shown_as, clash)
    if columns.stamp:
        log, faults = _log(table, texts, columns, dates, problem)
        if mistakes or faults:
            raise _all_of([*mistakes, *faults])
        return _of_log(log.assign(staff=people, shown=shown_as), problem, roster)
    pairs, faults = _pairs(table, texts, columns, dates, problem)
    mistakes += faults
    rest, faults = _rests(table, texts, columns, dates, problem)
    mistakes += faults
    if mistakes:
        raise _all_of(mistakes)
    period, stranger = problem.period, people.isna()
    first, last = pd.Timestamp(period.first), pd.Timestamp(period.last)
    # The morning after the last night stands on the date after the period.
    near = dates.between(first, last + pd.Timedelta(days=1))
    kept = pairs[pairs["line"].map(near & ~stranger).astype(bool)]
    joined = _joined(
        kept.assign(staff=kept["line"].map(people), rest=kept["line"].map(rest))
    )
    inside = joined[joined["date"] <= last]
    beyond = joined.loc[joined["date"] > last, "line"]
    return Stamps(
        days=tuple(_days(inside)),
        strangers=tuple(dict.fromkeys(shown_as[stranger & dates.between(first, last)])),
        outside=int((~near & ~stranger).sum()) + beyond.nunique(),
    )


def _all_of(mistakes: Iterable[Mistake]) -> InputError:
    return InputError(sorted(mistakes, key=lambda one: int(one.facts["line"])))


def _line_dates(
    texts: pd.DataFrame, columns: ClockColumns, problem: Problem
) -> pd.Series:
    """Return the date of each line; in a log without them, that of its stamp."""
    if columns.date:
        return _dates(texts[columns.date], problem)
    parts = texts[columns.stamp].str.extract(rf"^{DATE}[T ]")
    return _calendar(parts, problem)


def _log(
    table: ClockTable,
    texts: pd.DataFrame,
    columns: ClockColumns,
    dates: pd.Series,
    problem: Problem,
) -> tuple[pd.DataFrame, list[Mistake]]:
    """Return a row for each stamp of a log: its minute in the period, and its kind."""
    stamps = texts[columns.stamp]
    clocks = _clocks(stamps, dates, problem)
    mistakes = list(_wrong("clock_time", table, stamps, clocks.isna() & dates.notna()))
    days = (dates - pd.Timestamp(problem.period.first)).dt.days
    kinds = pd.Series(None, index=texts.index, dtype=object)
    if columns.kind:
        said = {kind: getattr(columns, f"{kind.value}_words") for kind in PunchKind}
        kinds = texts[columns.kind].map(lambda text: kind_of(text, said)).astype(object)
        unknown = kinds.isna() & (texts[columns.kind] != "")
        mistakes += _wrong("clock_kind", table, texts[columns.kind], unknown)
    return pd.DataFrame({"at": days * DAY + clocks, "kind": kinds}), mistakes


def _of_log(log: pd.DataFrame, problem: Problem, roster: Roster) -> Stamps:
    """Return the stamps of a log by person and date."""
    period = problem.period
    stints = Timeline(problem, roster).stints
    inside = log["at"].between(0, period.days * DAY - 1)
    days: list[StampedDay] = []
    outside = 0
    for staff, own in log[log["staff"].notna()].groupby("staff", sort=True):
        punches = [
            Punch(int(at), kind if isinstance(kind, PunchKind) else None)
            for at, kind in own[["at", "kind"]].itertuples(index=False, name=None)
        ]
        shifts = [(one.date, one.whole) for one in stints[staff]]
        found = list(stamped_days(staff, punches, shifts, period.first))
        days += (day for day in found if day.date in period)
        outside += sum(day.date not in period for day in found)
    strangers = log.loc[log["staff"].isna() & inside, "shown"]
    return Stamps(
        days=tuple(sorted(days, key=lambda day: (day.staff, day.date))),
        strangers=tuple(dict.fromkeys(strangers)),
        outside=outside,
    )


def _text(path: Path) -> str:
    data = file_bytes(path, LARGEST)
    if len(data) > LARGEST:
        raise InputError([Mistake(code="clock_too_large", sheet=path.name)])
    text = decoded(data)
    if text is None:
        raise InputError([Mistake(code="clock_encoding", sheet=path.name)])
    return text


def _wrong(
    code: str, table: ClockTable, texts: pd.Series, where: pd.Series
) -> Iterator[Mistake]:
    """Yield a mistake for each line of a column where something is wrong."""
    for line, text in texts[where].items():
        facts: dict[str, int | str] = {
            "line": int(line),
            "value": shown(text),
            "column": str(texts.name),
        }
        yield Mistake(code=code, sheet=table.source, facts=facts)


def _dates(texts: pd.Series, problem: Problem) -> pd.Series:
    """Return the dates of a column; ``NaT`` where there is none.

    Without a year they are those of the period, or next to it.
    """
    digits = texts.str.replace(r"^(\d{4})(\d{2})(\d{2})$", r"\1/\2/\3", regex=True)
    parts = digits.str.extract(rf"^{DATE}(?:[T ]0?0:00(?::00)?)?$")
    return _calendar(parts, problem)


def _calendar(parts: pd.DataFrame, problem: Problem) -> pd.Series:
    """Return year, month and day as dates."""
    first, last = problem.period.first, problem.period.last
    numbers = parts[["year", "month", "day"]].apply(pd.to_numeric)
    # A period that passes New Year has two years, by the month.
    early = numbers["month"] < first.month
    usual = pd.Series(first.year, index=parts.index).mask(early, last.year)
    numbers["year"] = numbers["year"].fillna(usual)
    found: pd.Series = pd.to_datetime(numbers, errors="coerce")
    return found


def _people(
    texts: pd.DataFrame, columns: ClockColumns, problem: Problem
) -> tuple[pd.Series, pd.Series]:
    """Return the person of each line, and where number and name are two people's."""
    numbers: dict[str, StaffId] = {}
    for member in problem.staff:
        if member.number:
            numbers[look_of(member.number).lstrip("0")] = member.name
    names = {look_of(member.name): member.name for member in problem.staff}
    nobody = pd.Series(None, index=texts.index, dtype=object)
    by_number, by_name = nobody, nobody
    if columns.number:
        looks = texts[columns.number].map(look_of).str.lstrip("0")
        by_number = looks.map(numbers).astype(object)
    if columns.name:
        by_name = texts[columns.name].map(look_of).map(names).astype(object)
    clash = by_number.notna() & by_name.notna() & (by_number != by_name)
    return by_number.where(by_number.notna(), by_name), clash


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
            sides[side] = _clocks(texts[heading], dates, problem)
            wrong = (texts[heading] != "") & sides[side].isna()
            mistakes += _wrong("clock_time", table, texts[heading], wrong)
        start, end = sides["start"], sides["end"]
        end = end.where(~(end <= start), end + DAY)
        reversed_ = (end <= start) | (end > LATEST)
        mistakes += _wrong("clock_time", table, texts[went], reversed_)
        rows = pd.DataFrame(
            {"line": texts.index, "date": dates, "start": start, "end": end}
        )
        found.append(rows[start.notna() | end.notna()])
    return pd.concat(found, ignore_index=True), mistakes


def _clocks(texts: pd.Series, dates: pd.Series, problem: Problem) -> pd.Series:
    """Return the clock times of a column in minutes of the line's date."""
    digits = texts.str.replace(r"^(\d{1,2})(\d{2})$", r"\1:\2", regex=True)
    parts = digits.str.extract(rf"^(?:{DATE}[T ]\s*)?{TIME}$")
    numbers = parts[["hour", "minute"]].apply(pd.to_numeric)
    # The date of the stamp itself, where it has one.
    days = (_calendar(parts, problem) - dates).dt.days.where(parts["day"].notna(), 0)
    minutes = numbers["hour"] * HOUR + numbers["minute"]
    minutes += DAY * (parts["next"].notna() + days)
    return minutes.where((numbers["minute"] < HOUR) & minutes.between(0, LATEST))


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
        sides = [_clocks(texts[one], dates, problem) for one in (begin, end)]
        for heading, side in zip((begin, end), sides, strict=True):
            wrong = (texts[heading] != "") & side.isna()
            mistakes += _wrong("clock_time", table, texts[heading], wrong)
        # A break may pass midnight.
        length = (sides[1] - sides[0]) % DAY
        minutes = minutes.add(length, fill_value=0).where(
            minutes.notna() | length.notna()
        )
    if columns.rest:
        parts = texts[columns.rest].str.extract(rf"^{LENGTH}$").apply(pd.to_numeric)
        told = parts["hours"].fillna(0) * HOUR + parts["minutes"]
        wrong = (texts[columns.rest] != "") & told.isna()
        mistakes += _wrong("clock_length", table, texts[columns.rest], wrong)
        minutes = told.where(told.notna(), minutes)
    return minutes, mistakes


def _joined(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs with those joined whose halves stand on two lines.

    A coming without a going takes the going without a coming that follows it: on the
    same date, or on the next.
    """
    order = rows["start"].fillna(rows["end"])
    rows = rows.assign(order=order).sort_values(["staff", "date", "order"])
    rows = rows.drop_duplicates(["staff", "date", "start", "end"])
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
    """Yield the stamps of each person and date."""
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
