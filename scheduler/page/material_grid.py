"""The material of a month as a grid: each cell, and what is said of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.errors import Mistake
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Want
from scheduler.domain.shifts import OffKind
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.layout import EVENTS, PINS
from scheduler.files.workbook.month_cells import COLUMNS, MaterialCell, MaterialPart
from scheduler.page.grid_values import GridDate, RosterCell, Said, day_look
from scheduler.page.material import NIGHTS, NUMBERS, Texts, doubts
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.names import short_names
from scheduler.wording.notation import NOT, OFF_SYMBOLS, OFFS, ON_CALL_MARK
from scheduler.wording.times import date_text, weekday_text
from scheduler.wording.translation import _, ngettext

if TYPE_CHECKING:
    from scheduler.page.open_input import OpenInput

ROWS = {
    MaterialPart.DAY_USE: "u",
    MaterialPart.OVERNIGHT: "g",
    MaterialPart.VISIT: "v",
    MaterialPart.ON_CALL: "n",
    MaterialPart.REMARK: "r",
}
"""Rows below the people, as they are named in ids and requests."""

ROWS_BEFORE = {MaterialPart.NIGHT_BEFORE: ROWS[MaterialPart.ON_CALL]}
"""Rows below the people on the dates before the month."""

SHORT = 2
"""Most characters that a cell has room for in the usual size."""

TAIL_SHORT = "tail_short"
"""Code of the warning that the dates before the month are not known."""

SETTLED_OFFS = (OffKind.DAY_OFF, OffKind.PAID_LEAVE, OffKind.AFTER_NIGHT)


class PersonLine(NamedTuple):
    """One person's line; ``sums`` are wishes for days off, and paid leave."""

    number: int
    name: str
    cells: tuple[RosterCell, ...]
    sums: tuple[str, str]
    wishes: tuple[str, ...]
    fixed: tuple[str, ...]


class PartLine(NamedTuple):
    """A line below the people."""

    row: str
    heading: str
    cells: tuple[RosterCell, ...]


class MaterialGrid(NamedTuple):
    """The whole grid.

    Attributes
    ----------
    counted
        How many wishes there are, and the date with most: 41 wishes, 3 on the 18th.
    unknown
        Why the dates before the month are asked for, if not enough of them is known.
    mistakes, warnings
        What makes the month unusable, and what looks unintended.
    """

    dates: tuple[GridDate, ...]
    people: tuple[PersonLine, ...]
    parts: tuple[PartLine, ...]
    events: str
    counted: str
    unknown: str
    mistakes: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def all_cells(self) -> Iterator[RosterCell]:
        """Every cell that can be typed into."""
        for person in self.people:
            yield from person.cells
        for line in self.parts:
            yield from line.cells


def material_grid(opened: OpenInput) -> MaterialGrid:
    """Return the grid of an input as it is now, with what was typed."""
    return _MaterialGrid(opened, opened.problem.period.dates, ROWS).build()


def before_grid(opened: OpenInput) -> MaterialGrid:
    """Return the grid of the dates before the month, as it is now."""
    return _BeforeGrid(opened, opened.before, ROWS_BEFORE).build()


class _MaterialGrid:
    def __init__(
        self,
        opened: OpenInput,
        dates: Sequence[dt.date],
        rows: Mapping[MaterialPart, str],
    ) -> None:
        self._problem = problem = opened.current()
        self._texts: Texts = opened.texts
        self._edits: Texts = opened.month_edits
        self._lost = tuple(
            _(
                "“{text}” for {name} on {date} is not saved: nobody has this name."
            ).format(text=text, name=cell.who, date=date_text(cell.date))
            for cell, text in opened.lost.items()
        )
        self._dates = dates
        self._rows = rows
        self._short = short_names(member.name for member in problem.staff)
        wrong, odd = doubts(problem)
        self._wrong, self._odd = _by_cell(wrong), _by_cell(odd)
        self._all = wrong, odd
        self._asked: dict[dt.date, set[str]] = defaultdict(set)
        for one in problem.requests:
            self._asked[one.date].add(one.staff)

    def build(self) -> MaterialGrid:
        """Return the grid."""
        wrong, odd = self._all
        told = [one for one in odd if one.code != TAIL_SHORT]
        return MaterialGrid(
            dates=tuple(map(self._head, self._dates)),
            people=tuple(self._people()),
            parts=tuple(self._parts()),
            events=_(EVENTS.title),
            counted=wishes_counted(self._problem),
            unknown="".join(mistake_text(one) for one in odd if one.code == TAIL_SHORT),
            mistakes=tuple(dict.fromkeys(map(mistake_text, wrong))),
            warnings=(*self._lost, *dict.fromkeys(map(mistake_text, told))),
        )

    def _look(self, date: dt.date) -> str:
        look = day_look(self._problem.period, date)
        return f"{look} wk" if date.weekday() == 5 else look

    def _head(self, date: dt.date) -> GridDate:
        held = [one.name for one in self._problem.events if one.is_held_on(date)]
        holiday = self._problem.period.holiday_names.get(date)
        named = "・".join([*([holiday] if holiday else []), *held])
        number = len(self._asked[date])
        label = "。".join(filter(None, (date_text(date), named)))
        return GridDate(
            f"d{self._dates.index(date)}",
            date,
            weekday_text(date.weekday()),
            self._look(date),
            named,
            label,
            wishes=number,
        )

    def _people(self) -> Iterator[PersonLine]:
        asked: Counter[tuple[str, Want]] = Counter(
            (one.staff, one.want) for one in self._problem.requests
        )
        for number, member in enumerate(self._problem.staff):
            cells = tuple(
                self._cell(number, member, day) for day in range(len(self._dates))
            )
            sums = (Want.DAY_OFF, Want.PAID_LEAVE)
            yield PersonLine(
                number,
                member.name,
                cells,
                (*(str(asked[member.name, want] or "·") for want in sums),),  # type: ignore[arg-type]
                wish_choices(self._problem, member),
                fixed_choices(self._problem, member),
            )

    def _cell(self, number: int, member: StaffMember, day: int) -> RosterCell:
        date = self._dates[day]
        wish, settled = (
            MaterialCell(part, member.name, date)
            for part in (MaterialPart.WISH, MaterialPart.SETTLED)
        )
        given = self._problem.pin_by_cell.get((member.name, date))
        text = self._texts.get(settled, "")
        if not text and given is not None:
            text = given.kind or given.shift or OFF_SYMBOLS.get(given.off or "", "")  # type: ignore[arg-type]
        asked = self._texts.get(wish, "")
        words = (
            _("wish: {text}").format(text=asked) if asked else "",
            _("fixed: {text}").format(text=text) if text else "",
        )
        looks = ["wish" if asked else "", "pin" if text else ""]
        looks += ["chg"] if wish in self._edits or settled in self._edits else []
        cell = self._drawn(number, member, day, text or asked, looks, words)
        return cell._replace(roles=asked if text else "")

    def _drawn(
        self,
        number: int,
        member: StaffMember,
        day: int,
        text: str,
        marks: Iterable[str],
        words: Iterable[str],
    ) -> RosterCell:
        """Return a person's cell with the marks that every grid has."""
        date = self._dates[day]
        key = (member.name, date)
        says = tuple(self._says(key))
        looks = [self._look(date), *marks]
        looks += ["bad"] if key in self._wrong else ["odd"] if says else []
        looks += ["long"] if len(text) > SHORT else []
        looks += ["gone"] if date not in member.employed else []
        return RosterCell(
            id=f"c{number}-{day}",
            symbol=text,
            roles="",
            look=" ".join(filter(None, looks)),
            label="。".join(filter(None, (member.name, date_text(date), *words))),
            says=says,
        )

    def _says(self, key: tuple[str, dt.date]) -> Iterator[Said]:
        for found in (self._wrong, self._odd):
            for one in found.get(key, ()):
                bare = one.model_copy(update={"sheet": "", "more": ()})
                yield Said(mistake_text(bare), (), "")

    def _parts(self) -> Iterator[PartLine]:
        headings = {part: _(column.heading) for part, column in COLUMNS.items()}
        headings |= dict.fromkeys(NIGHTS, _(PINS.labels[-1]))
        for part, row in self._rows.items():
            cells = tuple(
                self._part_cell(part, row, day, headings[part])
                for day in range(len(self._dates))
            )
            yield PartLine(row, headings[part], cells)

    def _part_cell(
        self, part: MaterialPart, row: str, day: int, heading: str
    ) -> RosterCell:
        date = self._dates[day]
        cell = MaterialCell(part, "", date)
        text = self._texts.get(cell, "")
        if not text and part in NUMBERS:
            text = str(getattr(self._problem.forecast_by_date[date], part.value))
        shown = self._short.get(text, text) if part in NIGHTS else text  # type: ignore[call-overload]
        says = tuple(self._says((text, date)) if part in NIGHTS else ())
        looks = [self._look(date), "chg" if cell in self._edits else ""]
        looks += ["bad"] if says and (text, date) in self._wrong else []
        return RosterCell(
            id=f"c{row}-{day}",
            symbol=shown[:4],
            roles="",
            look=" ".join(filter(None, looks)),
            label=f"{heading}。{date_text(date)}。{text}",
            says=says,
        )


class _BeforeGrid(_MaterialGrid):
    def _people(self) -> Iterator[PersonLine]:
        for number, member in enumerate(self._problem.staff):
            days = range(len(self._dates))
            cells = tuple(self._cell(number, member, day) for day in days)
            choices = before_choices(self._problem, member)
            yield PersonLine(number, member.name, cells, ("", ""), (), choices)

    def _cell(self, number: int, member: StaffMember, day: int) -> RosterCell:
        cell = MaterialCell(MaterialPart.BEFORE, member.name, self._dates[day])
        text = self._texts.get(cell, "")
        duty = self._problem.history.by_cell.get((member.name, cell.date))
        shift = self._problem.shift_of(duty)
        marks = ["night" if shift is not None and shift.is_night else ""]
        marks += ["chg"] if cell in self._edits else []
        return self._drawn(number, member, day, text, marks, (text,))


def wish_choices(problem: Problem, member: StaffMember) -> tuple[str, ...]:
    """Return the wishes that a person may have."""
    mine = [shift.symbol for shift in problem.shifts if shift.symbol in member.shifts]
    refused = [f"{NOT[0]}{one}" for one in mine]
    refused += [f"{NOT[0]}{ON_CALL_MARK}"] if member.on_call else []
    return (*OFFS.values(), *mine, *refused)


def fixed_choices(problem: Problem, member: StaffMember) -> tuple[str, ...]:
    """Return what may be settled beforehand for a person."""
    mine = [shift.symbol for shift in problem.shifts if shift.symbol in member.shifts]
    work = [one.symbol for one in problem.kinds if one.hours and one.interval]
    leave = [one.symbol for one in problem.kinds if one.off]
    offs = [OFF_SYMBOLS[kind] for kind in SETTLED_OFFS]
    return (*offs, *work, *leave, *mine)


def before_choices(problem: Problem, member: StaffMember) -> tuple[str, ...]:
    """Return what a person may have done on a date before the month."""
    kinds = (*SETTLED_OFFS, OffKind.ABSENT, OffKind.AWAY)
    offs = (OFF_SYMBOLS[kind] for kind in kinds)
    return tuple(dict.fromkeys((*offs, *fixed_choices(problem, member))))


class Brushes(NamedTuple):
    """What can be drawn over dates.

    Attributes
    ----------
    wishes, refused
        What somebody may ask for, and what they may ask not to have.
    fixed
        What is settled beforehand.
    """

    wishes: tuple[str, ...]
    refused: tuple[str, ...]
    fixed: tuple[str, ...]


def brushes(problem: Problem) -> Brushes:
    """Return what can be drawn over the dates of anybody."""
    wishes = (one for member in problem.staff for one in wish_choices(problem, member))
    fixed = (one for member in problem.staff for one in fixed_choices(problem, member))
    in_order = (*OFFS.values(), *(shift.symbol for shift in problem.shifts))
    asked = dict.fromkeys(wishes)
    known = tuple(one for one in in_order if one in asked)
    return Brushes(
        known,
        tuple(one for one in asked if one not in known),
        tuple(dict.fromkeys(fixed)),
    )


def wishes_counted(problem: Problem) -> str:
    """Write how many wishes there are, and the date with most of them."""
    number = len(problem.requests)
    text = ngettext("{number} wish", "{number} wishes", number).format(number=number)
    people: dict[dt.date, set[str]] = defaultdict(set)
    for one in problem.requests:
        people[one.date].add(one.staff)
    if not people:
        return text
    date = max(sorted(people), key=lambda one: len(people[one]))
    most = _("{number} of them on {date}")
    return f"{text}、{most.format(number=len(people[date]), date=date_text(date))}"


def _by_cell(found: tuple[Mistake, ...]) -> dict[tuple[str, dt.date], list[Mistake]]:
    cells: dict[tuple[str, dt.date], list[Mistake]] = defaultdict(list)
    for one in found:
        if one.name and one.date:
            cells[one.name, one.date].append(one)
    return dict(cells)
