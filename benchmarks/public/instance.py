"""Read a shift-scheduling file of Curtois and Qu.

The format: sections of comma-separated lines, ``#`` comments, days counted from 0, and
day 0 a Monday.  All mistakes of a file are told at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

DAYS_PER_WEEK = 7

SECTIONS = {
    "SECTION_HORIZON": 1,
    "SECTION_SHIFTS": 3,
    "SECTION_STAFF": 8,
    "SECTION_DAYS_OFF": None,
    "SECTION_SHIFT_ON_REQUESTS": 4,
    "SECTION_SHIFT_OFF_REQUESTS": 4,
    "SECTION_COVER": 5,
}
"""The sections with the number of fields of their lines; ``None`` if it varies."""

OPTIONAL = {
    "SECTION_DAYS_OFF",
    "SECTION_SHIFT_ON_REQUESTS",
    "SECTION_SHIFT_OFF_REQUESTS",
}
"""The sections that a file may leave out."""


class BadFile(Exception):
    """A file that cannot be read, with all its mistakes."""

    def __init__(self, path: Path, mistakes: list[str]) -> None:
        super().__init__("\n".join(f"{path}: {one}" for one in mistakes))
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True)
class Shift:
    """A shift: its length in minutes, and the shifts forbidden on the next day."""

    name: str
    minutes: int
    not_before: frozenset[str]


@dataclass(frozen=True)
class Person:
    """A person with the limits of the horizon.

    ``most_of`` is the most shifts by kind, ``run`` the fewest and most days of work in
    a row, ``fewest_off`` the fewest days off in a row, ``weekends`` the most weekends
    with work and ``off`` the days off that are given.
    """

    name: str
    most_of: Mapping[str, int]
    minutes: tuple[int, int]
    run: tuple[int, int]
    fewest_off: int
    weekends: int
    off: frozenset[int]


class Request(NamedTuple):
    """A request for a shift on a day, or against it, with its weight."""

    person: str
    day: int
    shift: str
    weight: int


class Cover(NamedTuple):
    """How many people a shift needs on a day; weights of each too few or too many."""

    day: int
    shift: str
    required: int
    under: int
    over: int


@dataclass(frozen=True)
class Instance:
    """A file's contents."""

    name: str
    days: int
    shifts: Mapping[str, Shift]
    people: Mapping[str, Person]
    on: tuple[Request, ...]
    against: tuple[Request, ...]
    cover: tuple[Cover, ...]

    @property
    def weekends(self) -> tuple[tuple[int, ...], ...]:
        """The days of each weekend within the horizon."""
        pairs = ((day, day + 1) for day in range(5, self.days, DAYS_PER_WEEK))
        return tuple(tuple(d for d in pair if d < self.days) for pair in pairs)


def read_instance(path: Path) -> Instance:
    """Read a file.

    Raises
    ------
    BadFile
        If the file cannot be read as one of this format.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(path, [str(error)]) from error
    return _Reader(path, text).read()


class _Line(NamedTuple):
    """A line's number and its fields, cut to the number that its section has."""

    number: int
    fields: list[str]


class _Reader:
    """Reads the sections one after another and collects what is wrong."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._mistakes: list[str] = []
        self._sections = self._split(text)

    def read(self) -> Instance:
        """Return the instance, or raise all mistakes."""
        horizon = self._sections.get("SECTION_HORIZON", [])
        if len(horizon) != 1 and "SECTION_HORIZON" in self._sections:
            self._mistakes.append("SECTION_HORIZON: one line with the days expected")
        self._days = self._number(horizon[0], 0, "days", least=1) if horizon else 0
        shifts = self._shifts()
        people = self._people(shifts)
        on = self._requests("SECTION_SHIFT_ON_REQUESTS", shifts, people)
        against = self._requests("SECTION_SHIFT_OFF_REQUESTS", shifts, people)
        cover = self._cover(shifts)
        if self._mistakes:
            raise BadFile(self._path, self._mistakes)
        name = self._path.stem
        return Instance(name, self._days, shifts, people, on, against, cover)

    def _split(self, text: str) -> dict[str, list[_Line]]:
        """Return the lines of each section, without comments and blank lines."""
        sections: dict[str, list[_Line]] = {}
        current = ""
        for number, raw in enumerate(text.splitlines(), start=1):
            line = raw.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("SECTION_"):
                current = line
                if line not in SECTIONS:
                    self._say(number, f"unknown section {line}")
                elif line in sections:
                    self._say(number, f"{line} stands twice")
                sections.setdefault(line, [])
            elif not current:
                self._say(number, "a section must come first")
            elif current in SECTIONS:
                fields = [field.strip() for field in line.split(",")]
                if self._has_fields(number, current, fields):
                    sections[current].append(_Line(number, fields))
        missing = SECTIONS.keys() - sections.keys() - OPTIONAL
        self._mistakes += [f"{name} is missing" for name in sorted(missing)]
        return sections

    def _has_fields(self, number: int, section: str, fields: list[str]) -> bool:
        wanted = SECTIONS[section]
        if wanted is None or len(fields) == wanted:
            return True
        self._say(number, f"{section} has {wanted} fields, found {len(fields)}")
        return False

    def _lines(self, section: str) -> Iterator[_Line]:
        yield from self._sections.get(section, [])

    def _shifts(self) -> dict[str, Shift]:
        lines = list(self._lines("SECTION_SHIFTS"))
        names = [line.fields[0] for line in lines]
        shifts: dict[str, Shift] = {}
        for line in lines:
            name, _, after = line.fields
            self._is_new(line, name, shifts)
            forbidden = frozenset(one.strip() for one in after.split("|") if one)
            for other in sorted(forbidden):
                self._is_known(line, other, names, "shift")
            minutes = self._number(line, 1, "length", least=1)
            shifts[name] = Shift(name, minutes, forbidden)
        return shifts

    def _people(self, shifts: Mapping[str, Shift]) -> dict[str, Person]:
        people: dict[str, Person] = {}
        for line in self._lines("SECTION_STAFF"):
            name = line.fields[0]
            self._is_new(line, name, people)
            most, least, longest, shortest, fewest_off, weekends = (
                self._number(line, index, "a limit") for index in range(2, 8)
            )
            people[name] = Person(
                name=name,
                most_of=self._most_of(line, shifts),
                minutes=(least, most),
                run=(shortest, longest),
                fewest_off=fewest_off,
                weekends=weekends,
                off=frozenset(),
            )
        for line in self._lines("SECTION_DAYS_OFF"):
            name = line.fields[0]
            days = frozenset(self._day(line, i) for i in range(1, len(line.fields)))
            if self._is_known(line, name, people, "person"):
                known = people[name]
                people[name] = Person(**{**vars(known), "off": known.off | days})
        return people

    def _most_of(self, line: _Line, shifts: Mapping[str, Shift]) -> dict[str, int]:
        """Return the most shifts by kind; a kind not named is not limited."""
        most = dict.fromkeys(shifts, self._days)
        for part in filter(None, line.fields[1].split("|")):
            name, _, number = (one.strip() for one in part.partition("="))
            if self._is_known(line, name, shifts, "shift"):
                most[name] = self._whole(line, number, "most shifts")
        return most

    def _requests(
        self, section: str, shifts: Mapping[str, Shift], people: Mapping[str, Person]
    ) -> tuple[Request, ...]:
        requests = []
        for line in self._lines(section):
            name, _, shift, _ = line.fields
            self._is_known(line, name, people, "person")
            self._is_known(line, shift, shifts, "shift")
            weight = self._number(line, 3, "weight")
            requests.append(Request(name, self._day(line, 1), shift, weight))
        return tuple(requests)

    def _cover(self, shifts: Mapping[str, Shift]) -> tuple[Cover, ...]:
        cover = []
        for line in self._lines("SECTION_COVER"):
            shift = line.fields[1]
            self._is_known(line, shift, shifts, "shift")
            numbers = (self._number(line, i, "a number") for i in (2, 3, 4))
            cover.append(Cover(self._day(line, 0), shift, *numbers))
        return tuple(cover)

    def _day(self, line: _Line, index: int) -> int:
        day = self._number(line, index, "day")
        if day >= self._days > 0:
            self._say(line.number, f"day {day} is after the horizon, {self._days} days")
        return day

    def _number(self, line: _Line, index: int, what: str, least: int = 0) -> int:
        return self._whole(line, line.fields[index], what, least)

    def _whole(self, line: _Line, text: str, what: str, least: int = 0) -> int:
        if text.isascii() and text.isdigit() and int(text) >= least:
            return int(text)
        self._say(line.number, f"{what}: a number from {least} expected, not {text!r}")
        return least

    def _is_new(self, line: _Line, name: str, known: Mapping[str, object]) -> None:
        if name in known:
            self._say(line.number, f"{name} stands twice")

    def _is_known(
        self, line: _Line, name: str, known: list[str] | Mapping[str, object], what: str
    ) -> bool:
        if name not in known:
            self._say(line.number, f"no {what} is called {name!r}")
        return name in known

    def _say(self, number: int, mistake: str) -> None:
        self._mistakes.append(f"line {number}: {mistake}")
